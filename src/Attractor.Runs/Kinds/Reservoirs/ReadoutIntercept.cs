namespace Attractor.Runs;

/// <summary>The intercept of a readout.</summary>
public enum ReadoutIntercept
{
    /// <summary>None.</summary>
    None,

    /// <summary>One that the ridge does not draw towards 0.</summary>
    Free,

    /// <summary>One that it does, like a weight.</summary>
    Penalized,
}
