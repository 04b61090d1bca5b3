using System.Text.Json.Nodes;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Estimates with stable keys.</summary>
internal static class LaplaceJson
{
    /// <summary>Everything about one.</summary>
    public static JsonObject Of(LaplaceEstimate estimate)
    {
        int d = estimate.Mode.Count;
        JsonObject json = new()
        {
            ["log_integral"] = Json.Number(estimate.LogIntegral),
            [ReferenceKey(estimate)] = Json.Number(estimate.Reference),
            [ReferenceKey(estimate) + "_error"] = Json.Number(estimate.ReferenceError),
            ["relative_error"] = Json.Number(estimate.RelativeError),
            ["mode"] = Named(estimate, estimate.Mode),
            ["log_density_at_mode"] = Json.Number(estimate.LogDensityAtMode),
            ["hessian"] = Matrix(estimate.Hessian, d),
            ["covariance"] = Matrix(estimate.Covariance, d),
            ["standard_deviations"] = Named(estimate, estimate.StandardDeviations),
        };
        if (estimate.Integral is { } integral)
        {
            json["kind"] = SettingName.Key(integral.Kind.ToString());
            json["maxima"] = new JsonArray([.. integral.Maxima.Select(m => new JsonObject
            {
                ["location"] = Json.Number(m.Location),
                ["value"] = Json.Number(m.Value),
                ["slope"] = Json.Number(m.Slope),
                ["curvature"] = Json.Number(m.Curvature),
                ["kind"] = SettingName.Key(m.Kind.ToString()),
                ["log_contribution"] = Json.Number(m.LogContribution),
            })]);
        }
        else
        {
            LaplaceFit fit = estimate.Fit!;
            json["ending"] = SettingName.Key(fit.Ending.ToString());
            json["steps"] = fit.Steps;
            json["pareto_shape"] = Json.Number(fit.ParetoShape);
            json["direction"] = new JsonObject([.. fit.Direction.Select(p => KeyValuePair.Create(p.Name, Json.Number(p.Weight)))]);
        }
        json["summary"] = estimate.Summary;
        return json;
    }

    /// <summary>A row of the table over a parameter.</summary>
    public static JsonObject Row(LaplaceEstimate estimate, string parameter) => new()
    {
        [parameter] = Json.Number(estimate.Parameter),
        ["mode"] = Named(estimate, estimate.Mode),
        ["standard_deviations"] = Named(estimate, estimate.StandardDeviations),
        ["log_integral"] = Json.Number(estimate.LogIntegral),
        [ReferenceKey(estimate)] = Json.Number(estimate.Reference),
        [ReferenceKey(estimate) + "_error"] = Json.Number(estimate.ReferenceError),
        ["relative_error"] = Json.Number(estimate.RelativeError),
    };

    private static string ReferenceKey(LaplaceEstimate estimate)
        => estimate.Quadrature is null ? "log_importance_sampling" : "log_quadrature";

    private static JsonObject? Named(LaplaceEstimate estimate, IReadOnlyList<double> values)
        => values.Count == 0 ? null : new([.. values.Select((v, i) => KeyValuePair.Create(estimate.Density.Variables[i], Json.Number(v)))]);

    private static JsonArray? Matrix(IReadOnlyList<double> values, int d)
        => values.Count == 0
            ? null
            : new([.. Enumerable.Range(0, d).Select(i => new JsonArray([.. Enumerable.Range(0, d).Select(
                j => Json.Number(values[(i * d) + j]))]))]);
}
