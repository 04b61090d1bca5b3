using System.Text.Json.Nodes;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Forecasting;
using Attractor.Runs;

namespace Attractor.Native;

/// <summary>What is asked of recordings.</summary>
internal static class RecordingFunctions
{
    /// <summary>D_stsp and D_H of an orbit beside the truth, with what a perfect model would score.</summary>
    public static JsonObject Compare(NativeCall call)
    {
        TimeSeries truth = call.Input(0, "the truth"), generated = call.Input(1, "the generated orbit");
        EvaluationOptions options = call.Whole("bins") is { } bins ? new() { Bins = bins } : new();
        Reconstruction found = Reconstruction.Compare(truth, generated, options: options, cancellationToken: call.Token);
        return new()
        {
            ["d_stsp"] = Json.Number(found.StateSpaceDivergence.Value),
            ["d_stsp_floor"] = Json.Number(found.StateSpaceDivergence.Floor),
            ["d_hellinger"] = Json.Number(found.HellingerDistance.Value),
            ["d_hellinger_floor"] = Json.Number(found.HellingerDistance.Floor),
        };
    }

    /// <summary>The correlation dimension of one or several recordings.</summary>
    public static JsonObject Dimension(NativeCall call)
    {
        _ = call.Input(0, "the recording");
        CorrelationDimension found = CorrelationDimension.OfTrials(
            call.Inputs, new() { TheilerWindow = call.Whole("theiler") }, call.Token);
        call.Output([.. found.Sum.Radii]);
        call.Output([.. found.Sum.Values]);
        return new()
        {
            ["correlation_dimension"] = Json.Number(found.Value),
            ["standard_error"] = Json.Number(found.StandardError),
            ["region"] = Json.Numbers([found.Sum.Radii[found.Region.From], found.Sum.Radii[found.Region.To]]),
            ["theiler"] = found.Sum.Window,
        };
    }

    /// <summary>The largest Lyapunov exponent of one or several recordings, per row.</summary>
    public static JsonObject Exponent(NativeCall call)
    {
        _ = call.Input(0, "the recording");
        DivergenceOfNeighbours found = (call.Word("method") ?? "rosenstein") switch
        {
            "rosenstein" => LyapunovFromData.RosensteinOfTrials(call.Inputs, cancellationToken: call.Token),
            "kantz" => LyapunovFromData.KantzOfTrials(call.Inputs, cancellationToken: call.Token),
            string other => throw new ArgumentException($"method must be rosenstein or kantz, not '{other}'"),
        };
        return new()
        {
            ["lyapunov_max_per_step"] = Json.Number(found.Exponent),
            ["standard_error_per_step"] = Json.Number(found.StandardError),
            ["dimension"] = found.Dimension,
            ["delay"] = found.Delay,
            ["theiler"] = found.Window,
        };
    }

    /// <summary>What follows a recording, without training: the orbit, and the ends of the intervals.</summary>
    public static JsonObject Forecast(NativeCall call)
    {
        ForecastOptions options = call.Number("coverage") is { } coverage ? new() { Coverage = coverage } : new();
        Forecast found = Attractor.Forecast.Of(call.Input(0, "the recording"), call.Positive("steps", 100), options, call.Token);
        call.Output(found.Orbit);
        call.Output(found.Interval.Low);
        call.Output(found.Interval.High);
        return new()
        {
            ["chosen"] = found.Chosen,
            ["setting"] = found.Setting,
            ["why"] = found.Why,
            ["expected_valid_steps"] = Json.Number(found.ExpectedValidSteps),
            ["expected_valid_is_least"] = found.ValidStepsAreLeast,
            ["verdict"] = found.Verdict.Name,
            ["verdict_sentence"] = found.Verdict.Sentence,
            ["coverage"] = found.Interval.Coverage,
            ["candidates"] = new JsonArray([.. found.Candidates.Select(candidate => (JsonNode)new JsonObject
            {
                ["name"] = candidate.Name,
                ["score"] = Json.Number(candidate.Score),
                ["failure"] = candidate.Failure,
            })]),
            ["equations"] = new JsonArray([.. (found.Equations?.Lines(6) ?? []).Select(line => (JsonNode?)line)]),
        };
    }
}
