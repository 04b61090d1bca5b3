namespace Attractor.Runs;

/// <summary>What a network begins with.</summary>
public enum StartingParameters
{
    /// <summary>The published random draws.</summary>
    Random,

    /// <summary>Hidden units drawn from the data, and the rest fitted to them by least squares.</summary>
    Data,
}
