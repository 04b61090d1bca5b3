using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor search</c></summary>
internal static class SearchCommand
{
    private const int Listed = 10;

    /// <param name="withOptions">Whether the reservoir is to be asked for its settings.</param>
    public static Command Create(bool withOptions)
    {
        Argument<string> model = new("model") { Description = EchoStateNetwork.KindName };
        Argument<string> data = new("data") { Description = $"series as {DataFiles.Series}; the last part of each is kept to test on" };
        Option<int> trials = new("--trials")
        {
            Description = "draws from the ranges; lists alone are tried in full",
            DefaultValueFactory = _ => 30,
            HelpName = "n"
        };
        Option<int> repeats = new("--repeats") { Description = "networks for each choice", DefaultValueFactory = _ => 3, HelpName = "n" };
        Option<string> score = new("--score")
        {
            Description = "mse: one step ahead; vpt: mean valid prediction time of free forecasts",
            DefaultValueFactory = _ => HyperparameterSearch.MeanSquaredError,
            HelpName = "name"
        };
        Option<double> test = new("--test")
        {
            Description = "part of each series that is tested on",
            DefaultValueFactory = _ => 0.25,
            HelpName = "part"
        };
        Option<bool> line = new("--line") { Description = "from --units downwards, until the mean score is above --limit times the first" };
        Option<double> factor = new("--factor")
        {
            Description = "of --line: what the units are divided by",
            DefaultValueFactory = _ => 1.33,
            HelpName = "x"
        };
        Option<double> limit = new("--limit") { Description = "of --line", DefaultValueFactory = _ => 1.1, HelpName = "x" };
        OutputOption output = CommonOptions.OutputFile(
            "a file for the best settings, to train with: attractor train esn DATA --config FILE", ".json");
        OutputOption report = CommonOptions.Report("write table and figures to an HTML file");
        Option<bool> json = CommonOptions.Json();
        Command command = new("search", "Try hyperparameters of a reservoir: each takes a value, a list (1,2,4) or a range (0.1..1).")
        {
            model, data, trials, repeats, score, test, line, factor, limit, output, report,
        };
        Dictionary<Setting, Option<string?>> options = [];
        foreach (Setting setting in withOptions ? HyperparameterSearch.Form.All : [])
        {
            if (setting.Key is "select" or "held_out")
                continue;
            options[setting] = new(setting.Option)
            {
                Description = setting.Help,
                HelpName = setting.IsSearched ? "values" : setting.Kind == SettingKind.Word ? "word" : "n"
            };
            command.Add(options[setting]);
        }
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            string kind = parsed.GetValue(model)!;
            if (kind != EchoStateNetwork.KindName)
                throw new ArgumentException($"a search is for {EchoStateNetwork.KindName}, not for {kind}");
            if (parsed.GetValue(score) is not (HyperparameterSearch.MeanSquaredError or HyperparameterSearch.ValidPrediction))
                throw new ArgumentException(
                    $"--score takes {HyperparameterSearch.MeanSquaredError} or {HyperparameterSearch.ValidPrediction}, not "
                    + $"{parsed.GetValue(score)}");
            if (parsed.GetValue(trials) < 1 || parsed.GetValue(repeats) < 1)
                throw new ArgumentException("--trials and --repeats must be positive");
            if (parsed.GetValue(test) is not (> 0 and < 1))
                throw new ArgumentException("--test must be between 0 and 1");
            if (!(parsed.GetValue(factor) > 1) || !(parsed.GetValue(limit) > 1))
                throw new ArgumentException("--factor and --limit must be above 1");
            List<(Setting, object?)> given = [];
            List<StudyDimension> dimensions = [];
            foreach ((Setting setting, Option<string?> option) in options)
                if (parsed.GetValue(option) is not { } text)
                    continue;
                else if (setting.IsSearched)
                    dimensions.Add(DimensionText.Parse(setting, text, setting.Option));
                else
                    given.Add((setting, setting.Parse(text)));
            ReservoirSettings settings = (ReservoirSettings)HyperparameterSearch.Form.With(
                new ReservoirSettings { Model = kind, Data = parsed.GetValue(data)! }, given);
            HyperparameterSearch search = new(
                settings, dimensions, parsed.GetValue(score)!, parsed.GetValue(test), parsed.GetValue(repeats));
            bool silent = parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet);
            IReadOnlyList<ReservoirTrial> found = parsed.GetValue(line)
                ? search.Line(parsed.GetValue(factor), parsed.GetValue(limit), silent ? null : ErrorLines.Instance, token)
                : search.Try(parsed.GetValue(trials), silent ? null : ErrorLines.Instance, token);
            Conclude(search, found, parsed.GetValue(output), parsed.GetValue(report), parsed.GetValue(json));
            if (search.Best(found) is not null)
                return 0;
            JsonOutput.Fail(
                ErrorCode.Failed,
                "no choice has a score: its networks could not be drawn (raise --connectivity), fitted "
                + "(raise --ridge) or scored");
            return 1;
        });
        return command;
    }

    private static void Conclude(
        HyperparameterSearch search, IReadOnlyList<ReservoirTrial> trials, string? output, string? report, bool json)
    {
        ReservoirTrial? best = search.Best(trials);
        if (output is not null && best is not null)
            AtomicFile.Write(output, file => file.Write(Json.Bytes(search.Settings(best.Candidate))));
        if (report is not null)
            search.Write(report, trials);
        if (json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["model"] = EchoStateNetwork.KindName,
                ["score"] = search.Score,
                ["repeats"] = trials[0].Scores.Count,
                ["best"] = best is null ? null : HyperparameterSearch.ToJson(best),
                ["trials"] = new JsonArray([.. trials.Select(HyperparameterSearch.ToJson)]),
                ["config"] = output,
                ["report"] = report,
            });
            return;
        }
        foreach (ReservoirTrial trial in search.Ranked(trials).Take(Listed))
            Console.WriteLine(HyperparameterSearch.Describe(trial));
        if (trials.Count > Listed)
            Console.WriteLine(FormattableString.Invariant($"... the best {Listed} of {trials.Count}"));
        if (report is not null)
            Console.WriteLine(report);
        if (output is not null && best is not null)
            Console.WriteLine(
                $"{output}: the best settings"
                + $"\n  next: attractor train esn {RunCommands.Quote(search.Data)} --config {RunCommands.Quote(output)} -o RUN");
    }
}
