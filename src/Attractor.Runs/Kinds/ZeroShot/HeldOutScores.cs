using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>Scores of a zero-shot model on recordings of systems, each beside those of another recording of the system itself.</summary>
/// <param name="Systems">A system after the other.</param>
internal sealed record HeldOutScores(IReadOnlyList<HeldOutScore> Systems)
{
    private const double Near = 1.5;

    // The floor is that of another recording.
    private const ulong OtherRecording = 1_000_000;

    /// <summary>Forecasts a recording of each system from its context.</summary>
    /// <exception cref="ArithmeticException">A system leaves the finite numbers.</exception>
    public static HeldOutScores Of(
        DynaMixModel model, IReadOnlyList<SystemDefinition> systems, HeldOutOptions options, Request request)
    {
        HeldOutScore[] scores = new HeldOutScore[systems.Count];
        int done = 0;
        Parallel.For(
            0,
            systems.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = request.Token },
            s =>
            {
                scores[s] = Of(model, systems[s], options, request.Token);
                int count = Interlocked.Increment(ref done);
                if (count % 8 == 0)
                    request.Messages?.Report(FormattableString.Invariant($"{count} of {systems.Count} systems are forecast"));
            });
        return new(scores);
    }

    /// <summary>The medians over the systems, then each.</summary>
    public JsonObject ToJson() => new()
    {
        ["d_stsp"] = Json.Number(Median(s => s.Divergence)),
        ["d_stsp_floor"] = Json.Number(Median(s => s.DivergenceFloor)),
        ["d_stsp_ratio"] = Json.Number(Median(s => s.Ratio)),
        ["d_hellinger"] = Json.Number(Median(s => s.Hellinger)),
        ["d_hellinger_floor"] = Json.Number(Median(s => s.HellingerFloor)),
        ["within_1_5_floors"] = Systems.Count(IsNear),
        ["diverged"] = Systems.Count(s => !s.IsFinite),
        ["systems"] = new JsonArray([.. Systems.Select(JsonNode (s) => new JsonObject
        {
            ["name"] = s.Name,
            ["d_stsp"] = Json.Number(s.Divergence),
            ["d_stsp_floor"] = Json.Number(s.DivergenceFloor),
            ["d_hellinger"] = Json.Number(s.Hellinger),
            ["d_hellinger_floor"] = Json.Number(s.HellingerFloor),
            ["finite"] = s.IsFinite,
        })]),
    };

    /// <summary>A table of the systems under their medians.</summary>
    public (string[] Header, IReadOnlyList<string[]> Rows) Table() => (
        ["system", "D_stsp", "floor", "ratio", "D_H", "floor of D_H"],
        [
            ["median", .. new[]
            {
                Median(s => s.Divergence), Median(s => s.DivergenceFloor), Median(s => s.Ratio), Median(s => s.Hellinger),
                Median(s => s.HellingerFloor),
            }.Select(Text)],
            .. Systems.Select(s => (string[])
                [s.Name, .. new[] { s.Divergence, s.DivergenceFloor, s.Ratio, s.Hellinger, s.HellingerFloor }.Select(Text)]),
        ]);

    /// <summary>How many are how close, in a sentence.</summary>
    public string Summary()
        => FormattableString.Invariant($"{Systems.Count(IsNear)} of {Systems.Count} systems within {Near} times the floor of D_stsp, ")
            + FormattableString.Invariant($"{Systems.Count(s => !s.IsFinite)} diverged");

    private static HeldOutScore Of(DynaMixModel model, SystemDefinition system, HeldOutOptions options, CancellationToken token)
    {
        int n = model.Observed;
        double? dt = system.Period / options.Period;
        TimeSeries recording = Observed(ZeroShotData.Simulate(system, options.Context + options.Steps, dt, (ulong)options.Seed), n);
        TimeSeries other = Observed(ZeroShotData.Simulate(system, options.Steps, dt, (ulong)options.Seed + OtherRecording), n);
        TimeSeries context = recording.Slice(0, options.Context), truth = recording.Slice(options.Context, options.Steps);
        if (options.Noise > 0)
            context = context.WithNoise(options.Noise, (ulong)options.Seed);
        TimeSeries forecast = model.Continue(
            context, options.Steps, options.QueryNoise, (ulong)options.Seed, cancellationToken: token);
        bool finite = forecast.FindNonFinite() is null;
        return new(
            system.Name,
            finite ? StateSpaceDivergence.Between(truth, forecast) : double.NaN,
            StateSpaceDivergence.Between(truth, other),
            finite ? HellingerDistance.Between(truth, forecast) : double.NaN,
            HellingerDistance.Between(truth, other),
            finite);
    }

    private static bool IsNear(HeldOutScore score) => score.Ratio <= Near;

    private static TimeSeries Observed(TimeSeries recording, int n) => recording.Columns([.. Enumerable.Range(0, n)]);

    private double Median(Func<HeldOutScore, double> of) => ScoreMedian.Of(Systems.Select(of));

    private static string Text(double value) => double.IsNaN(value) ? "diverged" : value.ToString("G4", CultureInfo.InvariantCulture);
}
