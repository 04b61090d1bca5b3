using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Evaluation;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor floor</c></summary>
internal static class FloorCommand
{
    public static Command Create()
    {
        Argument<string> source = CommonOptions.Recording("data");
        Option<int> steps = CommonOptions.Rows(20_000);
        Option<int> bins = new("--bins")
        {
            Description = "the most bins of a coordinate; fewer where the rows cannot fill them",
            DefaultValueFactory = _ => StateSpaceDivergence.DefaultBins,
            HelpName = "k"
        };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string[]> parameters = CommonOptions.Parameters();
        Option<bool> json = CommonOptions.Json();
        Command command = new("floor", "What a perfect model, a surrogate, persistence and context parroting would score on data.")
        {
            source, steps, bins, dt, parameters
        };
        DataOptions data = new(command);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(steps) < 1)
                throw new ArgumentException("--steps must be positive");
            if (parsed.GetValue(bins) is < 2 or > 1000)
                throw new ArgumentException($"--bins must be 2 to 1000, not {parsed.GetValue(bins)}");
            Recording recording = SeriesSource.Read(
                parsed.GetValue(source)!, parsed.GetValue(steps), parsed.GetValue(dt), parsed.GetValue(parameters), data.Given(parsed),
                isPooled: true);
            IReadOnlyList<TimeSeries> recordings = recording.Trials;
            DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
            EvaluationOptions options = new() { Bins = parsed.GetValue(bins) };
            DataFloor floor = recordings is [var single]
                ? DataFloor.Of(single, options, token)
                : DataFloor.OfTrials(recordings, options, token);
            IReadOnlyList<TrialFloor> trials = TrialFloor.Of(recording.Reading, options, token);
            if (parsed.GetValue(json))
            {
                JsonObject result = ToJson(floor, recordings, options.PredictionSteps);
                if (trials.Count > 0)
                    result["trials"] = new JsonArray([.. trials.Select(trial => trial.ToJson())]);
                JsonOutput.Print(result);
            }
            else
            {
                Console.WriteLine(string.Join('\n', Lines(floor, recordings, options.PredictionSteps)));
                if (trials.Count > 0)
                    Console.WriteLine(string.Join('\n', [
                        $"by trial, of {trials.Count}: a perfect model on half of the rows",
                        Row("", "rows", "D_stsp", "D_H"),
                        .. trials.Select(trial => trial.Floor is { } own
                            ? Row(trial.Name, [
                                trial.Rows.ToString(CultureInfo.InvariantCulture),
                                .. own.Scores.Take(2).Select(s => Number(s.Floor ?? double.NaN))
                            ])
                            : $"{trial.Name}: left out, {trial.LeftOut}"),
                    ]));
            }
            return 0;
        });
        return command;
    }

    private static JsonObject ToJson(DataFloor floor, IReadOnlyList<TimeSeries> recordings, int ahead)
    {
        string error = FormattableString.Invariant($"prediction_error_{ahead}");
        JsonObject json = new() { ["rows"] = Rows(recordings), ["columns"] = recordings[0].Dimension };
        ModelScores.AddForm(json, DivergenceScore.KeyName, floor.Form);
        json["lengths"] = new JsonArray([.. floor.Lengths.Select(length => new JsonObject
        {
            ["rows"] = length.Rows,
            ["d_stsp"] = Json.Number(length.Divergence),
            ["d_hellinger"] = Json.Number(length.Spectrum),
            [error] = Json.Number(length.PredictionError),
            ["d_stsp_by_bins"] = new JsonArray([.. length.DivergenceByBins.Select(b => new JsonObject
            {
                ["bins"] = b.Bins,
                ["d_stsp"] = Json.Number(b.Divergence),
            })]),
        })]);
        json["baselines"] = new JsonArray([.. floor.Baselines.Select(baseline => new JsonObject
        {
            ["name"] = baseline.Key,
            ["d_stsp"] = Json.Number(baseline.Divergence),
            ["d_hellinger"] = Json.Number(baseline.Spectrum),
            [error] = Json.Number(baseline.PredictionError),
        })]);
        foreach (ScoreEntry score in floor.Scores)
        {
            json[score.Key + "_floor"] = score.Floor is { } known ? Json.Number(known) : null;
            ModelScores.AddCeiling(json, score);
        }
        return json;
    }

    private static IEnumerable<string> Lines(DataFloor floor, IReadOnlyList<TimeSeries> recordings, int ahead)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows(recordings):N0} rows of {recordings[0].Dimension} variables"
            + $"{(recordings.Count > 1 ? $" in {recordings.Count:N0} trials" : "")}; "
            + $"D_stsp over {floor.Form.Description}");
        yield return Row("", "D_stsp", "D_H", FormattableString.Invariant($"PE({ahead})"));
        foreach (FloorOfLength length in floor.Lengths)
            yield return Row(
                string.Create(CultureInfo.InvariantCulture, $"perfect model, {length.Rows:N0} rows"),
                Number(length.Divergence),
                Number(length.Spectrum),
                Number(length.PredictionError));
        foreach (BaselineScores baseline in floor.Baselines)
            yield return Row(
                baseline.Name,
                Number(baseline.Divergence),
                Number(baseline.Spectrum),
                double.IsNaN(baseline.PredictionError) ? "" : Number(baseline.PredictionError));
        yield return "D_stsp of a perfect model by bins";
        int[] bins = [.. floor.Lengths[0].DivergenceByBins.Select(b => b.Bins)];
        yield return Row("", [.. bins.Select(b => b.ToString(CultureInfo.InvariantCulture))]);
        foreach (FloorOfLength length in floor.Lengths)
            yield return Row(
                string.Create(CultureInfo.InvariantCulture, $"{length.Rows:N0} rows"),
                [.. length.DivergenceByBins.Select(b => Number(b.Divergence))]);
        foreach (ScoreEntry score in floor.Scores)
            foreach (string remark in ModelScores.Remarks(score))
                yield return remark;
    }

    // Those that count.
    private static long Rows(IReadOnlyList<TimeSeries> recordings)
        => recordings.Where(one => recordings.Count == 1 || DataFloor.WhyNot(one) is null).Sum(one => (long)one.Length);

    private static string Row(string name, params string[] cells)
        => string.Concat([name.PadRight(32), .. cells.Select(cell => cell.PadLeft(10))]).TrimEnd();

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
