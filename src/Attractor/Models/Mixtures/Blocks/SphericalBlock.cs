namespace Attractor.Models;

/// <summary>A Gaussian with the same precision in all D directions: what its kinds have in common.</summary>
/// <remarks>The statistics are x_1 .. x_D, whether each is there, and the sum of their squares.</remarks>
public abstract class SphericalBlock : ConjugateBlock
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private protected SphericalBlock(IReadOnlyList<string> columns, IReadOnlyList<double>? priorMean)
        : base(columns)
        => PriorMean = PerColumn(priorMean ?? new double[columns.Count], nameof(priorMean));

    /// <summary>nu, the prior mean of the component's mean: D values.</summary>
    public IReadOnlyList<double> PriorMean { get; }

    /// <inheritdoc/>
    public override int Statistics => (2 * Columns.Count) + 1;

    /// <inheritdoc/>
    public override bool IsLocation => true;

    /// <inheritdoc/>
    public override bool IsOne(int statistic, ReadOnlySpan<bool> complete)
        => statistic >= Columns.Count && statistic < 2 * Columns.Count && complete[statistic - Columns.Count];

    /// <inheritdoc/>
    public override void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics)
    {
        double square = 0;
        for (int d = 0; d < x.Length; d++)
        {
            bool missing = double.IsNaN(x[d]);
            double value = missing ? 0 : x[d] - origin[d];
            (statistics[d], statistics[x.Length + d]) = (value, missing ? 0 : 1);
            square += value * value;
        }
        statistics[2 * x.Length] = square;
    }

    /// <inheritdoc/>
    public override double LogBase(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
            sum -= double.IsNaN(value) ? 0 : HalfLogTwoPi;
        return sum;
    }

    /// <inheritdoc/>
    public override string Family => "Gaussian";

    /// <inheritdoc/>
    public override void Place(ReadOnlySpan<double> x, ReadOnlySpan<double> deviation, int components, Span<double> coordinates)
    {
        double known = KnownPrecision is { } tau ? Math.Sqrt(tau) : double.NaN;
        for (int d = 0; d < x.Length; d++)
            coordinates[d] = x[d] * (double.IsNaN(known) ? GaussianPlace.Scale(deviation[d], components, x.Length) : known);
    }

    private protected virtual double? KnownPrecision => null;
}
