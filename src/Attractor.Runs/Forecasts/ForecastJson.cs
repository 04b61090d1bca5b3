using System.Text.Json.Nodes;
using Attractor.Forecasting;

namespace Attractor.Runs;

/// <summary>A forecast with stable keys.</summary>
internal static class ForecastJson
{
    public static JsonObject Of(ForecastRun run, Func<string, string> name)
    {
        Forecast forecast = run.Forecast;
        return new()
        {
            ["rows"] = run.Context.Length,
            ["columns"] = run.Context.Dimension,
            ["steps"] = forecast.Orbit.Length,
            ["dt"] = run.HasTime ? Json.Number(run.Context.Dt) : null,
            ["chosen"] = forecast.Chosen,
            ["setting"] = forecast.Setting,
            ["why"] = forecast.Why,
            ["expected_valid_steps"] = Json.Number(forecast.ExpectedValidSteps),
            ["expected_valid_time"] = run.HasTime ? Json.Number(forecast.ExpectedValidSteps * run.Context.Dt) : null,
            ["expected_valid_is_least"] = forecast.ValidStepsAreLeast,
            ["verdict"] = forecast.Verdict.Name,
            ["verdict_sentence"] = forecast.Verdict.Sentence,
            ["d_stsp_floor"] = Json.Number(forecast.Floors.Divergence),
            ["d_stsp_surrogate"] = Json.Number(forecast.Floors.Surrogate),
            ["d_hellinger_floor"] = Json.Number(forecast.Floors.Spectrum),
            ["candidates"] = new JsonArray([.. forecast.Candidates.Select(Of)]),
            ["equations"] = new JsonArray([.. (forecast.Equations?.Lines(6) ?? []).Select(line => (JsonNode?)line)]),
            ["coverage"] = forecast.Interval.Coverage,
            ["calibrated_steps"] = forecast.Interval.CalibratedSteps,
            ["file"] = run.Request.File,
            ["equations_file"] = run.Request.Equations,
            ["intervals"] = run.Request.Intervals,
            ["report"] = run.Request.Report,
            ["data"] = run.Recording.ToJson(name),
            ["seconds"] = Json.Number(forecast.Seconds),
        };
    }

    private static JsonObject Of(ForecastCandidateScore candidate) => new()
    {
        ["name"] = candidate.Name,
        ["setting"] = candidate.Setting,
        ["settings"] = candidate.Settings,
        ["score"] = Json.Number(candidate.Score),
        ["error"] = Json.Number(candidate.Error),
        ["valid_steps"] = Json.Number(candidate.ValidSteps),
        ["d_stsp"] = Json.Number(candidate.Divergence),
        ["d_hellinger"] = Json.Number(candidate.Spectrum),
        ["stays"] = candidate.Stays,
        ["failure"] = candidate.Failure,
        ["seconds"] = Json.Number(candidate.Seconds),
    };
}
