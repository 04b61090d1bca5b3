namespace Attractor.Runs;

/// <summary>Where random weights come from.</summary>
public enum WeightStream
{
    /// <summary>A stream for each purpose.</summary>
    Attractor,

    /// <summary>NumPy's legacy stream, in the order of published programs.</summary>
    Numpy,
}
