namespace Attractor.Reports;

/// <summary>A component of a mixture after learning.</summary>
public sealed record MixtureComponent
{
    /// <summary>Its posterior mean weight, in [0, 1].</summary>
    public required double Weight { get; init; }

    /// <summary>The sum of its responsibilities over the rows: how many rows are expected to be from it.</summary>
    public required double ExpectedRows { get; init; }

    /// <summary>The posterior mean of its centre, D values; none if it has no position.</summary>
    public IReadOnlyList<double> Centre { get; init; } = [];

    /// <summary>Posterior standard deviations of the centre, D values; none if they are not known.</summary>
    public IReadOnlyList<double> CentreDeviations { get; init; } = [];

    /// <summary>The covariance of its Gaussian, D x D, row by row.</summary>
    public IReadOnlyList<double> Covariance { get; init; } = [];

    /// <summary>Whether at least one row is expected to be from it. One that is not is as its prior makes it.</summary>
    public bool IsInUse => ExpectedRows >= 1;

    /// <summary>Its standard deviation along a column.</summary>
    internal double Spread(int column)
    {
        int dimension = Centre.Count;
        return Math.Sqrt(Covariance[(column * dimension) + column]);
    }
}
