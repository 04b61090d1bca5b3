namespace Attractor.Runs;

/// <summary>What becomes of the grey values of pixels.</summary>
public enum PixelValues
{
    /// <summary>They stay.</summary>
    Real,

    /// <summary>They are rounded to 0 or 1.</summary>
    Round,

    /// <summary>They are the probabilities of 0 and 1, drawn anew at every epoch.</summary>
    Sample,
}
