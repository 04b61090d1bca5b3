namespace Attractor.Runs;

/// <summary>The covariance of the Gaussian of each component.</summary>
public enum CovarianceKind
{
    /// <summary>I / tau, which is known.</summary>
    Known,

    /// <summary>I / tau, one tau for all components.</summary>
    Shared,

    /// <summary>I / tau of each component.</summary>
    Spherical,

    /// <summary>A variance for each column of each component.</summary>
    Diagonal,

    /// <summary>Any, of each component.</summary>
    Full,
}
