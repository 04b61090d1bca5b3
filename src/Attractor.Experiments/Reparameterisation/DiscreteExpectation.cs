using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// The gradient of E_q[f] with respect to the logits of a categorical q, f(z) = (w . z)^2: unbiased and noisy, or biased and quiet.
/// </summary>
internal static class DiscreteExpectation
{
    private const int GroupSize = 10;

    public static IReadOnlyList<double> Temperatures { get; } = [0.1, 0.25, 0.5, 1, 2];

    private static readonly double[] s_weights = [-1, 0.5, 1.5, 2];

    /// <summary>p_k (f_k - E[f]), by enumeration of the classes.</summary>
    public static double[] Gradient { get; } = Enumerate();

    private static readonly TargetFunction s_target = TargetFunction.Of(s_weights.Length, (z, gradient) =>
    {
        double sum = 0;
        for (int k = 0; k < z.Length; k++)
            sum += s_weights[k] * z[k];
        for (int k = 0; k < gradient.Length; k++)
            gradient[k] = 2 * sum * s_weights[k];
        return sum * sum;
    });

    public static IReadOnlyList<Line> Measure(int estimates, ulong seed, CancellationToken token)
    {
        OneHotCategorical q = new([.. CategoricalComparison.Probabilities.Select(p => Math.Log(p))], s_weights.Length);
        return
        [
            Of(GradientEstimator.ScoreFunction, null, 1),
            Of(GradientEstimator.ScoreFunctionLeaveOneOut, null, GroupSize),
            .. Temperatures.Select(t => Of(GradientEstimator.GumbelSoftmax(t), t, 1)),
            .. Temperatures.Select(t => Of(GradientEstimator.StraightThrough(t), t, 1)),
        ];

        Line Of(GradientEstimator estimator, double? temperature, int samples) => new(
            temperature, estimator.IsUnbiased,
            MeasuredEstimator.Of(estimator, q, s_target, Objective.Expectation, samples, estimates / samples, [1, 1, 1, 1], seed, token));
    }

    /// <summary>
    /// The number of samples up to which a biased estimator has less error than an unbiased one, in the mean square over all logits;
    /// infinite if its bias is 0, 0 if it never has.
    /// </summary>
    public static double BreakEven(Line biased, Line unbiased)
        => Math.Max(0, (unbiased.TotalVariance - biased.TotalVariance) / (biased.Bias * biased.Bias));

    /// <param name="Temperature">Of a relaxation.</param>
    /// <param name="IsUnbiased">What the estimator says of itself.</param>
    /// <param name="Measured">The moments.</param>
    public sealed record Line(double? Temperature, bool IsUnbiased, MeasuredEstimator Measured)
    {
        /// <summary>The length of mean less gradient.</summary>
        public double Bias => Math.Sqrt(Measured.Mean.Zip(Gradient, (m, g) => (m - g) * (m - g)).Sum());

        /// <summary>The length that sampling alone would give it, root mean square.</summary>
        public double BiasError => Math.Sqrt(Measured.MeanError.Sum(e => e * e));

        /// <summary>Summed over the logits, for each sample.</summary>
        public double TotalVariance => Measured.Variance.Sum();

        public JsonObject ToJson(Line unbiased) => new()
        {
            ["name"] = Measured.Name,
            ["temperature"] = Temperature,
            ["unbiased"] = IsUnbiased,
            ["samples"] = Measured.Samples,
            ["estimates"] = Measured.Estimates,
            ["mean"] = new JsonArray([.. Measured.Mean.Select(Json.Number)]),
            ["mean_standard_error"] = new JsonArray([.. Measured.MeanError.Select(Json.Number)]),
            ["bias"] = Json.Number(Bias),
            ["bias_standard_error"] = Json.Number(BiasError),
            ["variance"] = Json.Number(TotalVariance),
            ["fewer_samples_than"] = IsUnbiased ? null : Json.Number(BreakEven(this, unbiased)),
        };
    }

    private static double[] Enumerate()
    {
        IReadOnlyList<double> p = CategoricalComparison.Probabilities;
        double mean = p.Select((x, k) => x * s_weights[k] * s_weights[k]).Sum();
        return [.. p.Select((x, k) => x * ((s_weights[k] * s_weights[k]) - mean))];
    }
}
