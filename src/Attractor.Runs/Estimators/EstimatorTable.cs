using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>All estimators of one gradient for one q, beside the gradient itself.</summary>
/// <param name="Request">Whose gradient.</param>
/// <param name="Way">How far q is on its way: 0 as it was given, 1 at the posterior.</param>
/// <param name="Q">q.</param>
/// <param name="Objective">E_q[f] or the bound, by quadrature.</param>
/// <param name="Gradient">Its derivatives by the mean and by the logarithm of the deviation, by quadrature.</param>
/// <param name="Rows">The estimators.</param>
internal sealed record EstimatorTable(
    EstimatorRequest Request, double Way, DiagonalGaussian Q, double Objective, double[] Gradient, IReadOnlyList<MeasuredEstimator> Rows)
{
    /// <summary>What the gradient is by, as JSON calls it.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["mean", "log_deviation"];

    /// <summary>Measures.</summary>
    /// <exception cref="ArithmeticException">What is estimated, or an estimate, is not finite.</exception>
    public static EstimatorTable Of(EstimatorRequest request, double way, DiagonalGaussian q, CancellationToken token)
    {
        double mean = q.Mean[0], deviation = q.StandardDeviation[0];
        (double value, double[] gradient) = GaussianExpectation.Of(request.Function.At, mean, deviation);
        if (request.Objective == Learning.Objective.EvidenceLowerBound)
        {
            // The entropy grows with the logarithm of the deviation, one to one.
            value += q.Entropy;
            gradient[1] += 1;
        }
        if (!double.IsFinite(value) || !gradient.All(double.IsFinite))
            throw new ArithmeticException("the expectation is not finite: the expression grows too fast for a Gaussian of this width");
        List<MeasuredEstimator> rows = [];
        foreach (GradientEstimator estimator in request.Estimators)
        {
            int samples = estimator.FewestSamples == 1 ? 1 : request.Samples;
            rows.Add(MeasuredEstimator.Of(
                estimator,
                q,
                request.Function.ToTarget(),
                request.Objective,
                samples,
                request.Estimates,
                [1, deviation],
                request.Seed + ((ulong)rows.Count * MeasuredEstimator.SeedStride),
                token));
        }
        return rows.FirstOrDefault(r => !r.Variance.All(double.IsFinite)) is { } broken
            ? throw new ArithmeticException(
                $"the estimates by {broken.Name} are not finite: the expression or its derivative is not, where q has samples")
            : new(request, way, q, value, gradient, rows);
    }

    /// <summary>With stable keys.</summary>
    public JsonObject ToJson() => new()
    {
        ["objective"] = Request.Objective == Learning.Objective.Expectation ? "expectation" : "bound",
        ["towards"] = Json.Number(Way),
        ["q_mean"] = Json.Number(Q.Mean[0]),
        ["q_deviation"] = Json.Number(Q.StandardDeviation[0]),
        ["value"] = Json.Number(Objective),
        ["gradient"] = new JsonObject([.. Parameters.Select((p, j) => KeyValuePair.Create(p, Json.Number(Gradient[j])))]),
        ["estimators"] = new JsonArray([.. Rows.Select(row =>
        {
            JsonObject json = new() { ["estimator"] = row.Name, ["samples"] = row.Samples, ["estimates"] = row.Estimates };
            for (int j = 0; j < Parameters.Count; j++)
            {
                JsonObject moments = row.ToJson(j, Gradient[j], null);
                moments.Remove("variance_exact");
                json[Parameters[j]] = moments;
            }
            return json;
        })]),
    };
}
