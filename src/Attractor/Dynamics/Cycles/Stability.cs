namespace Attractor.Dynamics;

/// <summary>What becomes of orbits near a cycle.</summary>
public enum Stability
{
    /// <summary>They come closer: all eigenvalues lie within the unit circle.</summary>
    Stable,

    /// <summary>They come closer in some directions and leave in others.</summary>
    Saddle,

    /// <summary>They leave: all eigenvalues lie outside the unit circle.</summary>
    Unstable,

    /// <summary>An eigenvalue lies on the unit circle, and the linear part does not tell.</summary>
    Marginal,
}
