namespace Attractor.Models;

/// <summary>How a context of fewer variables than a model takes gets the others.</summary>
public enum ContextEmbeddingKind
{
    /// <summary>The last variable at earlier times, the first lag at which autocorrelations have fallen below 1/e apart.</summary>
    Delay,

    /// <summary>Sines of the time, with the period of the highest peak of the autocorrelation.</summary>
    Positional,

    /// <summary>Zeros.</summary>
    Zero,
}
