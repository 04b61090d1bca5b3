namespace Attractor.Learning;

/// <summary>A linear map fitted by ridge regression: y = W phi + c.</summary>
public sealed record RidgeFit
{
    /// <summary>W: K x F, row-major.</summary>
    public required double[] Weights { get; init; }

    /// <summary>c: K values, all 0 without an intercept.</summary>
    public required double[] Constants { get; init; }

    /// <summary>lambda, on the sum of the squared errors (not on their mean).</summary>
    public required double Ridge { get; init; }

    /// <summary>|Y - W R|_F^2, the squared errors of all targets, weighted.</summary>
    public required double SquaredError { get; init; }

    /// <summary>|W|_F^2.</summary>
    public required double SquaredNorm { get; init; }

    /// <summary>What is minimal: squared error + lambda |W|_F^2.</summary>
    public double Loss => SquaredError + (Ridge * SquaredNorm);

    /// <summary>
    /// An estimate of 1 / condition of R'R + lambda I in the 1-norm: below 1e-15 the weights have no digit that the data determine.
    /// </summary>
    public required double ReciprocalCondition { get; init; }

    /// <summary>
    /// Whether <see cref="SquaredError"/> is large enough against the targets to have come out of their moments: below 1e-9 of them,
    /// rounding shows, and the residuals must be summed themselves.
    /// </summary>
    public required bool ErrorIsResolved { get; init; }
}
