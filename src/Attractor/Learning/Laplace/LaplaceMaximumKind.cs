namespace Attractor.Learning;

/// <summary>What the top of an exponent f looks like, which decides what e^(M f) contributes there.</summary>
public enum LaplaceMaximumKind
{
    /// <summary>Level and curved, inside the interval: sqrt(2 pi / (M |f''|)) e^(M f).</summary>
    Interior,

    /// <summary>An end of the interval from which f falls with a slope: e^(M f) / (M |f'|).</summary>
    Boundary,

    /// <summary>An end of the interval where f is level and curved: half of what it would be inside.</summary>
    LevelBoundary,

    /// <summary>
    /// The curvature vanishes, or a tenth of the width it predicts is already far beyond where it
    /// holds: Laplace's method has no value for it.
    /// </summary>
    Flat,

    /// <summary>There is no second derivative, as at the top of -|x|: Laplace's method has no value for it.</summary>
    NotSmooth,
}
