using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>The moments of a gradient estimator, with the errors of both.</summary>
/// <param name="Name">The estimator.</param>
/// <param name="Samples">n, the samples of each estimate.</param>
/// <param name="Estimates">How many estimates.</param>
/// <param name="Mean">Of the estimates, one value for each parameter.</param>
/// <param name="MeanError">Its standard error.</param>
/// <param name="Variance">Of one estimate, times n: for each sample that it costs.</param>
/// <param name="VarianceError">Its standard error, from the spread over the batches.</param>
internal sealed record MeasuredEstimator(
    string Name, int Samples, int Estimates, double[] Mean, double[] MeanError, double[] Variance, double[] VarianceError)
{
    private const int Batches = 20;

    /// <param name="estimator">What is measured.</param>
    /// <param name="q">The distribution.</param>
    /// <param name="target">f or log p(x, z).</param>
    /// <param name="objective">Whose gradient.</param>
    /// <param name="samples">n.</param>
    /// <param name="estimates">How many, a multiple of the batches.</param>
    /// <param name="scale">What each component of the gradient is multiplied by: 1, or s for the derivative with respect to log s.</param>
    /// <param name="seed">Seeds of the batches are this and the next ones.</param>
    /// <param name="token">Stops it.</param>
    public static MeasuredEstimator Of(
        GradientEstimator estimator, IMultivariateDistribution q, TargetFunction target, Objective objective, int samples, int estimates,
        IReadOnlyList<double> scale, ulong seed, CancellationToken token)
    {
        EstimatorStatistics[] batches = [.. Enumerable.Range(0, Batches).Select(b =>
            EstimatorStatistics.Measure(estimator, q, target, objective, estimates / Batches, samples, seed + (ulong)b, token))];
        int parameters = scale.Count;
        double[] mean = new double[parameters], meanError = new double[parameters],
            variance = new double[parameters], varianceError = new double[parameters];
        for (int j = 0; j < parameters; j++)
        {
            double square = samples * scale[j] * scale[j];
            double[] variances = [.. batches.Select(b => square * b.Variance[j])];
            mean[j] = scale[j] * batches.Average(b => b.Mean[j]);
            variance[j] = variances.Average();
            meanError[j] = Math.Sqrt(variance[j] / samples / estimates);
            double average = variance[j];
            varianceError[j] = Math.Sqrt(variances.Sum(v => (v - average) * (v - average)) / (Batches - 1) / Batches);
        }
        return new(estimator.Name, samples, estimates, mean, meanError, variance, varianceError);
    }

    /// <summary>Room for the seeds of all batches, so that measurements with seeds this far apart share none.</summary>
    public static ulong SeedStride => Batches;

    /// <summary>How far the mean lies from what it should be, in standard errors; 0 where only rounding is between them.</summary>
    public double Score(int parameter, double exact)
    {
        double error = Mean[parameter] - exact;
        return Math.Abs(error) <= 1e-12 * Math.Max(1, Math.Abs(exact)) ? 0 : error / MeanError[parameter];
    }

    /// <summary>The moments of one component, beside what they should be.</summary>
    /// <param name="parameter">Which component.</param>
    /// <param name="exactMean">The gradient.</param>
    /// <param name="exactVariance">The variance in closed form; null where there is none.</param>
    public JsonObject ToJson(int parameter, double exactMean, double? exactVariance) => new()
    {
        ["mean"] = Json.Number(Mean[parameter]),
        ["mean_standard_error"] = Json.Number(MeanError[parameter]),
        ["mean_z_score"] = Json.Number(Score(parameter, exactMean)),
        ["variance"] = Json.Number(Variance[parameter]),
        ["variance_standard_error"] = Json.Number(VarianceError[parameter]),
        ["variance_exact"] = exactVariance is { } exact ? Json.Number(exact) : null,
    };
}
