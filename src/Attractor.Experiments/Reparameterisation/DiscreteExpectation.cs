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

    /// <param name="probabilities">a, of the classes.</param>
    /// <param name="weights">w, as many.</param>
    /// <param name="estimates">Samples of each estimator.</param>
    /// <param name="seed">Of all of them.</param>
    /// <param name="token">Ends the measurement.</param>
    public static IReadOnlyList<Line> Measure(
        IReadOnlyList<double> probabilities, IReadOnlyList<double> weights, int estimates, ulong seed, CancellationToken token)
    {
        double[] exact = Gradient(probabilities, weights);
        TargetFunction target = TargetFunction.Of(weights.Count, (z, gradient) =>
        {
            double sum = 0;
            for (int k = 0; k < z.Length; k++)
                sum += weights[k] * z[k];
            for (int k = 0; k < gradient.Length; k++)
                gradient[k] = 2 * sum * weights[k];
            return sum * sum;
        });
        OneHotCategorical q = new([.. probabilities.Select(p => Math.Log(p))], weights.Count);
        double[] everyLogit = [.. weights.Select(_ => 1.0)];
        return
        [
            Of(GradientEstimator.ScoreFunction, null, 1),
            Of(GradientEstimator.ScoreFunctionLeaveOneOut, null, GroupSize),
            .. Temperatures.Select(t => Of(GradientEstimator.GumbelSoftmax(t), t, 1)),
            .. Temperatures.Select(t => Of(GradientEstimator.StraightThrough(t), t, 1)),
        ];

        Line Of(GradientEstimator estimator, double? temperature, int samples) => new(
            temperature, estimator.IsUnbiased, exact,
            MeasuredEstimator.Of(estimator, q, target, Objective.Expectation, samples, estimates / samples, everyLogit, seed, token));
    }

    /// <summary>
    /// The number of samples up to which a biased estimator has less error than an unbiased one, in the mean square over all logits;
    /// infinite if its bias is 0, 0 if it never has.
    /// </summary>
    public static double BreakEven(Line biased, Line unbiased)
        => Math.Max(0, (unbiased.TotalVariance - biased.TotalVariance) / (biased.Bias * biased.Bias));

    /// <param name="Temperature">Of a relaxation.</param>
    /// <param name="IsUnbiased">What the estimator says of itself.</param>
    /// <param name="Exact">The gradient, by enumeration.</param>
    /// <param name="Measured">The moments.</param>
    public sealed record Line(double? Temperature, bool IsUnbiased, double[] Exact, MeasuredEstimator Measured)
    {
        /// <summary>The length of mean less gradient.</summary>
        public double Bias => Math.Sqrt(Measured.Mean.Zip(Exact, (m, g) => (m - g) * (m - g)).Sum());

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

    // p_k (f_k - E[f])
    private static double[] Gradient(IReadOnlyList<double> p, IReadOnlyList<double> w)
    {
        double mean = p.Select((x, k) => x * w[k] * w[k]).Sum();
        return [.. p.Select((x, k) => x * ((w[k] * w[k]) - mean))];
    }
}
