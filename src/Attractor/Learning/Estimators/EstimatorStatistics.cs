using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>Mean and variance of a gradient estimator, measured.</summary>
/// <param name="Estimates">How many estimates were made.</param>
/// <param name="Mean">The mean of the estimates, one for each parameter of q.</param>
/// <param name="Variance">The variance of a single estimate, one for each parameter.</param>
/// <param name="Objective">The mean of the estimates of the objective.</param>
/// <param name="ObjectiveVariance">The variance of a single estimate of the objective.</param>
public sealed record EstimatorStatistics(
    long Estimates, IReadOnlyList<double> Mean, IReadOnlyList<double> Variance, double Objective, double ObjectiveVariance)
{
    private const int ChunkSize = 4096;

    /// <summary>The standard error of <see cref="Mean"/>, one for each parameter.</summary>
    public IReadOnlyList<double> StandardError => [.. Variance.Select(v => Math.Sqrt(v / Estimates))];

    /// <summary>
    /// Makes many estimates, on all processors, and takes their moments. The same seed gives the same bits, whatever the number of threads.
    /// </summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="distribution">q.</param>
    /// <param name="target">f, or the log joint density.</param>
    /// <param name="objective">Whose gradient.</param>
    /// <param name="estimates">How many, at least 2.</param>
    /// <param name="samples">Samples of each estimate; null for the fewest that the estimator takes.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <exception cref="ArgumentException">What the estimator says of its arguments.</exception>
    public static EstimatorStatistics Measure(
        GradientEstimator estimator,
        IMultivariateDistribution distribution,
        TargetFunction target,
        Objective objective,
        int estimates,
        int? samples = null,
        ulong seed = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(estimates, 2);
        int perEstimate = samples ?? estimator.FewestSamples;
        estimator.Check(distribution, target, objective, perEstimate);
        int parameters = distribution.ParameterCount,
            chunk = Math.Max(1, ChunkSize / perEstimate), chunks = (estimates + chunk - 1) / chunk;
        Moments[] moments = new Moments[chunks];
        Concurrent.For(chunks, c =>
        {
            int count = Math.Min(chunk, estimates - (c * chunk));
            double[] gradients = new double[count * parameters], objectives = new double[count];
            estimator.Estimate(
                distribution, target, objective, perEstimate, new RandomStream(seed, "estimator", (ulong)c), gradients, objectives);
            moments[c] = Moments.Of(gradients, objectives, parameters);
        }, cancellationToken);
        Moments all = moments[0];
        for (int c = 1; c < chunks; c++)
            all.Add(moments[c]);
        return new(
            estimates,
            all.Mean[..parameters],
            [.. all.SumOfSquares[..parameters].Select(s => s / (estimates - 1))],
            all.Mean[parameters],
            all.SumOfSquares[parameters] / (estimates - 1));
    }

    // Means and sums of squared deviations, merged pairwise (Chan, Golub and LeVeque 1983); the objective is the last component.
    private sealed class Moments(int components)
    {
        private long _count;

        public double[] Mean { get; } = new double[components];

        public double[] SumOfSquares { get; } = new double[components];

        public static Moments Of(double[] gradients, double[] objectives, int parameters)
        {
            Moments moments = new(parameters + 1) { _count = objectives.Length };
            for (int j = 0; j <= parameters; j++)
            {
                double sum = 0, squares = 0;
                for (int i = 0; i < objectives.Length; i++)
                    sum += Value(i, j);
                double mean = sum / objectives.Length;
                for (int i = 0; i < objectives.Length; i++)
                    squares += (Value(i, j) - mean) * (Value(i, j) - mean);
                (moments.Mean[j], moments.SumOfSquares[j]) = (mean, squares);
            }
            return moments;

            double Value(int i, int j) => j == parameters ? objectives[i] : gradients[(i * parameters) + j];
        }

        public void Add(Moments other)
        {
            long count = _count + other._count;
            for (int j = 0; j < Mean.Length; j++)
            {
                double delta = other.Mean[j] - Mean[j];
                Mean[j] += delta * other._count / count;
                SumOfSquares[j] += other.SumOfSquares[j] + (delta * delta * _count * other._count / count);
            }
            _count = count;
        }
    }
}
