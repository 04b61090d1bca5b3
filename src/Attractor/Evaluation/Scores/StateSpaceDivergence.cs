using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>
/// D_stsp: the Kullback-Leibler divergence of where the generated orbit goes in state space from where the true one goes,
/// in nats. 0 for equal geometries.
/// </summary>
/// <remarks>
/// The definitions of Koppe et al. (PLoS Comput. Biol. 2019) and Brenner et al. (ICML 2022) in the form that Hess et al.
/// (ICML 2023) use. Published numbers depend on the variant: docs/metrics.md states ours. It depends on the lengths too,
/// so read it beside its noise floor.
/// </remarks>
public static class StateSpaceDivergence
{
    /// <summary>Bins per dimension.</summary>
    public const int DefaultBins = 30;

    /// <summary>The most dimensions that are binned by <see cref="Between"/>; above, the Gaussian mixture.</summary>
    public const int MostBinnedDimensions = 10;

    /// <summary>The most points of either series that make a mixture.</summary>
    public const int MostMixturePoints = 10_000;

    private const int MixtureSamples = 1000;

    /// <summary>Binned for up to 10 dimensions, the mixture above.</summary>
    /// <exception cref="ArgumentException">The dimensions differ, or a variable of the truth is constant.</exception>
    public static double Between(TimeSeries truth, TimeSeries generated, int bins = DefaultBins, double mixtureVariance = 1, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return truth.Dimension <= MostBinnedDimensions ? Binned(truth, generated, bins) : Mixture(truth, generated, mixtureVariance, seed);
    }

    /// <summary>
    /// sum over all k^N bins of p ln(p / q), p = (n + eps) / (sum n + eps k^N), eps = 1e-5. In every dimension k left-closed
    /// bins of equal width span min - 0.1 sd .. max + 0.1 sd of the truth (sd with T - 1); points outside are dropped.
    /// </summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length, N variables. Values that are not finite count as outside.</param>
    /// <param name="bins">k, bins per dimension; k^N must fit 64 bits.</param>
    /// <returns>NaN if no generated point falls inside.</returns>
    /// <exception cref="ArgumentException">The dimensions differ, a variable of the truth is
    /// constant, or there are too many bins.</exception>
    public static double Binned(TimeSeries truth, TimeSeries generated, int bins = DefaultBins)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        return new BinnedTruth(truth, bins).DivergenceOf(generated);
    }

    /// <summary>
    /// The Monte-Carlo estimate of Hershey and Olsen (ICASSP 2007) between two mixtures of equal Gaussians N(x_t, sigma^2 I),
    /// one on each of the first 10,000 points: the mean over 1000 draws z from the true mixture of ln p(z) - ln q(z).
    /// </summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length, N variables. Rows that are not finite are dropped.</param>
    /// <param name="variance">sigma^2.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <remarks>Densities are summed in logarithms, so none underflows to zero and none needs to be dropped.</remarks>
    /// <returns>NaN if no generated row is finite.</returns>
    /// <exception cref="ArgumentException">The dimensions differ, or the truth has no finite row.</exception>
    public static double Mixture(TimeSeries truth, TimeSeries generated, double variance = 1, ulong seed = 0)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        if (!(variance > 0) || !double.IsFinite(variance))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "The variance must be a positive number.");
        double[] p = FiniteRows(truth), q = FiniteRows(generated);
        if (p.Length == 0)
            throw new ArgumentException("The truth has no row without missing values.", nameof(truth));
        if (q.Length == 0)
            return double.NaN;

        int n = truth.Dimension;
        RandomStream random = new(seed, "mixture samples");
        double deviation = Math.Sqrt(variance), sum = 0;
        double[] z = new double[n], logs = new double[Math.Max(p.Length, q.Length) / n];
        for (int sample = 0; sample < MixtureSamples; sample++)
        {
            int centre = (int)random.NextInt64(p.Length / n);
            for (int i = 0; i < n; i++)
                z[i] = p[(centre * n) + i] + (deviation * random.NextNormal());
            sum += LogDensity(p, z, variance, logs) - LogDensity(q, z, variance, logs);
        }
        return sum / MixtureSamples;
    }

    /// <summary>ln of the mean over the points of exp(-|z - x|^2 / (2 sigma^2)): the density but for a constant that cancels.</summary>
    internal static double LogDensity(ReadOnlySpan<double> points, ReadOnlySpan<double> z, double variance, Span<double> logs)
    {
        int n = z.Length, count = points.Length / n;
        double largest = double.NegativeInfinity;
        for (int t = 0; t < count; t++)
        {
            logs[t] = SquaredDistance(points.Slice(t * n, n), z) / (-2 * variance);
            largest = Math.Max(largest, logs[t]);
        }
        double sum = 0;
        for (int t = 0; t < count; t++)
            if (logs[t] > largest - 40)
                sum += Math.Exp(logs[t] - largest);
        return largest + Math.Log(sum / count);
    }

    private static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
    {
        Vector<double> lanes = Vector<double>.Zero;
        while (x.Length >= Vector<double>.Count && z.Length >= Vector<double>.Count)
        {
            Vector<double> difference = new Vector<double>(x) - new Vector<double>(z);
            lanes += difference * difference;
            x = x[Vector<double>.Count..];
            z = z[Vector<double>.Count..];
        }
        double sum = Vector.Sum(lanes);
        for (int i = 0; i < x.Length && i < z.Length; i++)
            sum += (x[i] - z[i]) * (x[i] - z[i]);
        return sum;
    }

    private static double[] FiniteRows(TimeSeries series)
    {
        List<double> rows = [];
        for (int t = 0; t < series.Length && rows.Count < MostMixturePoints * series.Dimension; t++)
            if (ComparedRows.IsFinite(series.Row(t)))
                rows.AddRange(series.Row(t));
        return [.. rows];
    }
}
