namespace Attractor.Dynamics;

/// <summary>What happens to a fixed point of a piecewise-linear map as a parameter passes a value.</summary>
public enum BifurcationKind
{
    /// <summary>It crosses a boundary and goes on as that of the next region (border collision, persistence).</summary>
    BorderCollision,

    /// <summary>It meets the fixed point of the next region on the boundary, and both are there on one side of the value only.</summary>
    NonsmoothFold,

    /// <summary>An eigenvalue passes -1.</summary>
    Flip,

    /// <summary>A pair of complex eigenvalues passes the unit circle.</summary>
    NeimarkSacker,

    /// <summary>An eigenvalue passes 1: in a linear region the point goes off to infinity.</summary>
    DegenerateTransition,
}
