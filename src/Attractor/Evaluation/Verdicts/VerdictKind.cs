namespace Attractor.Evaluation;

/// <summary>What became of a model that ran on its own, the best first.</summary>
public enum VerdictKind
{
    /// <summary>It stays on the attractor of the data, and its geometry and spectra are about those of a perfect model.</summary>
    OnTheAttractor,

    /// <summary>It stays near the attractor, and is better than anything without dynamics.</summary>
    NearIt,

    /// <summary>The data cannot tell a perfect model from one without dynamics.</summary>
    NotEnoughData,

    /// <summary>It stays in the region of the attractor, and its geometry has little of it.</summary>
    FarFromIt,

    /// <summary>Its geometry is no better than that of a series with the same linear correlations, or of noise.</summary>
    NoBetterThanSurrogate,

    /// <summary>It leaves the attractor for another region.</summary>
    LeftIt,

    /// <summary>It leaves the attractor for a cycle.</summary>
    LeftItForCycle,

    /// <summary>It leaves the attractor for a fixed point.</summary>
    LeftItForFixedPoint,

    /// <summary>Its orbits become infinite.</summary>
    Diverged,
}
