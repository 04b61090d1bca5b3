using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor dimension</c></summary>
internal static class DimensionCommand
{
    public static Command Create()
    {
        Argument<string> source = CommonOptions.Recording();
        Option<int> steps = CommonOptions.Rows(100_000);
        Option<int?> theiler = new("--theiler")
        {
            Description = "leave out pairs no further apart in time than this [the mean period]",
            HelpName = "rows"
        };
        Option<string?> embed = new("--embed")
        {
            Description = "embed the first variable: dimension and delay, such as 3,16",
            HelpName = "m,tau"
        };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string[]> parameters = CommonOptions.Parameters();
        OutputOption report = CommonOptions.Report("write the correlation sum and the region of the fit to an HTML file");
        Option<bool> json = CommonOptions.Json();
        Command command = new("dimension", "The correlation dimension of a recording, a trained model or a known system.")
        {
            source, steps, theiler, embed, dt, parameters, report
        };
        DataOptions data = new(command);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(steps) < 1)
                throw new ArgumentException("--steps must be positive");
            if (parsed.GetValue(theiler) < 0)
                throw new ArgumentException("--theiler must be at least 0");
            Recording recording = SeriesSource.Read(
                parsed.GetValue(source)!, parsed.GetValue(steps), parsed.GetValue(dt), parsed.GetValue(parameters), data.Given(parsed),
                isPooled: true);
            IReadOnlyList<TimeSeries> trials = recording.Trials;
            if (parsed.GetValue(embed) is { } embedding)
            {
                string[] parts = embedding.Split(',');
                if (parts.Length != 2 || !int.TryParse(parts[0], out int m) || !int.TryParse(parts[1], out int tau) || m < 1 || tau < 1)
                    throw new ArgumentException($"--embed takes a dimension and a delay such as 3,16, not '{embedding}'");
                trials = [.. trials.Where(trial => trial.Length > (m - 1L) * tau).Select(trial => DelayEmbedding.Of(trial, m, tau))];
                if (trials.Count == 0)
                    throw new ArgumentException(
                        $"--embed {embedding} takes more than {(m - 1L) * tau} rows, the longest trial has {recording.Series.Length}");
            }
            DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
            CorrelationDimension dimension = CorrelationDimension.OfTrials(
                trials, new() { TheilerWindow = parsed.GetValue(theiler) }, token);
            CorrelationSum sum = dimension.Sum;
            (int rows, int columns) = (trials.Sum(trial => trial.Length), trials[0].Dimension);
            if (parsed.GetValue(report) is { } page)
            {
                new Report(
                    "Correlation dimension",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{dimension.Value:F3} +- {dimension.StandardError:F3} from {rows:N0} points in {columns} "
                        + $"dimensions; Theiler window {sum.Window} rows."),
                    [new("Scaling", [RecordingFigures.CorrelationSum(dimension), RecordingFigures.LocalSlopes(dimension)])]).Save(page);
            }
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(new JsonObject
                {
                    ["correlation_dimension"] = Json.Number(dimension.Value),
                    ["standard_error"] = Json.Number(dimension.StandardError),
                    ["region"] = new JsonArray(Json.Number(sum.Radii[dimension.Region.From]), Json.Number(sum.Radii[dimension.Region.To])),
                    ["theiler"] = sum.Window,
                    ["rows"] = rows,
                    ["columns"] = columns,
                    ["radii"] = new JsonArray([.. sum.Radii.Select(Json.Number)]),
                    ["correlation_sum"] = new JsonArray([.. sum.Values.Select(Json.Number)]),
                    ["local_slopes"] = new JsonArray([.. dimension.LocalSlopes.Select(Json.Number)]),
                    ["report"] = parsed.GetValue(report),
                    ["data"] = recording.ToJson(OptionName.Of),
                });
                return 0;
            }
            Console.WriteLine(FormattableString.Invariant($"correlation dimension {dimension.Value:F3} +- {dimension.StandardError:F3}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"fitted between r = {sum.Radii[dimension.Region.From]:G3} and {sum.Radii[dimension.Region.To]:G3}, where C(r) goes from "
                + $"{sum.Values[dimension.Region.From]:G2} to {sum.Values[dimension.Region.To]:G2}; Theiler window {sum.Window} rows"));
            if (parsed.GetValue(report) is { } written)
                Console.WriteLine(written);
            return 0;
        });
        return command;
    }
}
