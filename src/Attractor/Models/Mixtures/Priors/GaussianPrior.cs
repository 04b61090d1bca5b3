using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// The hyperparameters of a Gaussian over D columns, whichever covariance its components are given;
/// taken from the data, or from what is known.
/// </summary>
/// <remarks>
/// From the data by <see cref="From"/>: centres anywhere among the rows, and components as narrow as K of them must be that tile the D
/// columns, K^(1/D) times narrower than the data. Replace with <c>with</c> what is known better, then ask for the block:
/// <c>GaussianPrior.From(rows, ["lon", "lat"], 5) with { Kappa = 1 }</c>, and <see cref="Spherical"/>.
/// </remarks>
public sealed record GaussianPrior
{
    /// <summary>The names of the D columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>nu, the prior mean of the centres: D values.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>rho, the prior precision of the centres in 1 / unit^2 where the precision of the points is known or shared.</summary>
    public required double PrecisionOfMean { get; init; }

    /// <summary>How many rows the prior mean counts for where each component has a precision of its own.</summary>
    public double Kappa { get; init; } = 0.01;

    /// <summary>The shape of the gamma prior of the precision of the points.</summary>
    public double Shape { get; init; } = 1;

    /// <summary>The rate of that prior, in unit^2.</summary>
    public required double Rate { get; init; }

    /// <summary>The degrees of freedom of the Wishart prior of a full precision matrix.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>The inverse scale matrix of that prior, D x D, row by row, in unit^2.</summary>
    public required IReadOnlyList<double> InverseScale { get; init; }

    /// <summary>The prior that what the columns hold suggests for K components.</summary>
    /// <param name="rows">Rows with the columns.</param>
    /// <param name="columns">The D columns, of real numbers.</param>
    /// <param name="components">K.</param>
    /// <returns>
    /// nu, the means; rho = 1 / the largest variance; kappa = 0.01; tau ~ Gamma(1, mean variance K^(-2/D));
    /// v = D; W^-1 = diag(D variance_d K^(-2/D)).
    /// </returns>
    /// <exception cref="ArgumentException">There is no column, or one of them tells no component from another (see
    /// <see cref="EmpiricalPrior.Informative(IRowSource, string)"/>).</exception>
    public static GaussianPrior From(IRowSource rows, IReadOnlyList<string> columns, int components)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        if (columns.Count == 0)
            throw new ArgumentException("A Gaussian is about at least one column.", nameof(columns));
        ColumnProfile[] profiles = [.. columns.Select(c => EmpiricalPrior.Informative(rows, c))];
        // K components that tile D dimensions are each K^(1/D) times narrower than the data.
        double narrower = Math.Pow(components, -2.0 / columns.Count), variance = profiles.Average(p => p.Variance);
        return new()
        {
            Columns = [.. columns],
            Mean = [.. profiles.Select(p => p.Mean)],
            PrecisionOfMean = 1 / Math.Max(profiles.Max(p => p.Variance), double.Epsilon),
            Rate = variance * narrower,
            DegreesOfFreedom = columns.Count,
            InverseScale = Diagonal(profiles.Select(p => columns.Count * p.Variance * narrower)),
        };
    }

    /// <summary>A matrix with these values on its diagonal and zeros beside it.</summary>
    /// <param name="values">D values.</param>
    /// <returns>D x D values, row by row.</returns>
    public static double[] Diagonal(IEnumerable<double> values)
    {
        double[] diagonal = [.. values], matrix = new double[diagonal.Length * diagonal.Length];
        for (int d = 0; d < diagonal.Length; d++)
            matrix[(d * diagonal.Length) + d] = diagonal[d];
        return matrix;
    }

    /// <summary>All components with one precision that is known.</summary>
    /// <param name="precision">tau, in 1 / unit^2.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public GaussianMeanBlock KnownPrecision(double precision) => new(Columns, precision, Mean, PrecisionOfMean);

    /// <summary>All components with one precision that is to be learnt.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public GaussianMeanBlock SharedPrecision() => new(Columns, Shape, Rate, Mean, PrecisionOfMean);

    /// <summary>Each component with a precision of its own, the same in all columns.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public NormalGammaBlock Spherical() => new(Columns, Mean, Kappa, Shape, Rate);

    /// <summary>Each component with a precision of its own in each column: a block for each.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or there is not one mean for each column.</exception>
    public IReadOnlyList<NormalGammaBlock> Diagonal() => Mean.Count == Columns.Count
        ? [.. Columns.Select((column, d) => new NormalGammaBlock([column], [Mean[d]], Kappa, Shape, Rate))]
        : throw new ArgumentException(
            $"There are {Mean.Count} prior means for {Columns.Count} columns: give one for each of {string.Join(", ", Columns)}.",
            nameof(Mean));

    /// <summary>Each component with a covariance matrix of its own.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or the inverse scale matrix is not symmetric and positive
    /// definite.</exception>
    public NormalWishartBlock Full() => new(Columns, InverseScale, Mean, Kappa, DegreesOfFreedom);
}
