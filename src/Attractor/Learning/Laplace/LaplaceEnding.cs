namespace Attractor.Learning;

/// <summary>How the search for the mode of a posterior ended.</summary>
public enum LaplaceEnding
{
    /// <summary>A mode was found, curved in all directions.</summary>
    Converged,

    /// <summary>The steps were used up first, or no higher point could be found though the gradient is not 0, as where the density is not smooth or rises into an ever narrower funnel.</summary>
    NotConverged,

    /// <summary>The curvature at the mode vanishes along a direction, to rounding: the data and the prior leave it open, or higher derivatives set its width.</summary>
    FlatDirection,

    /// <summary>The gradient vanishes where the density rises along a direction: begin elsewhere.</summary>
    Saddle,

    /// <summary>The density rises towards infinity, or towards the edge of where a latent variable lives.</summary>
    Unbounded,
}
