using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Data.Formats;
using Attractor.Dynamics.FromData.Embedding;
using Attractor.Reports;
using Attractor.Reports.Dynamics;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor embed</c></summary>
internal static class EmbedCommand
{
    private const int MostLags = 1000, MostDimensions = 8;
    private const string Automatic = "auto";

    public static Command Create()
    {
        Argument<string> source = new("source") { Description = "a file of data, a run, or a known system" };
        Option<string?> column = new("--column") { Description = "the variable to embed, by name or number [the first]", HelpName = "name" };
        Option<string> delay = new("--delay") { Description = "rows between two coordinates, or auto: the first minimum of the mutual information", DefaultValueFactory = _ => Automatic, HelpName = "n" };
        Option<string> dimension = new("--dimension") { Description = "coordinates, or auto: where Cao's E1 levels off", DefaultValueFactory = _ => Automatic, HelpName = "m" };
        Option<int> steps = new("--steps", "-n") { Description = "rows to let a run or a system run for", DefaultValueFactory = _ => 20_000, HelpName = "n" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string?> output = CommonOptions.Output("write the embedded series to a file, .npy or .csv");
        Option<string?> report = new("--report") { Description = "write the curves behind the choice to an HTML file", HelpName = "path" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("embed", "Delay coordinates of one variable: choose delay and dimension, and embed.") { source, column, delay, dimension, steps, dt, output, report, json };
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(steps) < 1)
                throw new ArgumentException("--steps must be positive");
            TimeSeries series = SeriesSource.Read(parsed.GetValue(source)!, parsed.GetValue(steps), parsed.GetValue(dt));
            int variable = SeriesSource.Column(series, parsed.GetValue(column));
            double[] values = series.Column(variable);
            int lags = Math.Min(values.Length / 4, MostLags);
            if (lags < 2)
                throw new ArgumentException($"{values.Length} rows are too few to embed: at least 8 are needed");
            double[] information = MutualInformation.Of(values, lags), correlation = Autocorrelation.Of(values, lags);
            int? byInformation = MutualInformation.FirstMinimum(information), byCorrelation = Autocorrelation.FirstBelow(correlation, 1 / Math.E);
            int tau = Number(parsed.GetValue(delay)!, "--delay") ?? byInformation ?? byCorrelation ?? 1;
            token.ThrowIfCancellationRequested();
            FalseNearestNeighbours neighbours = FalseNearestNeighbours.Of(values, tau, MostDimensions);
            CaoEmbedding cao = CaoEmbedding.Of(values, tau, MostDimensions);
            int m = Number(parsed.GetValue(dimension)!, "--dimension") ?? cao.Dimension ?? neighbours.Dimension ?? MostDimensions;
            TimeSeries embedded = DelayEmbedding.Of(series, m, tau, variable);
            if (parsed.GetValue(output) is { } file)
                SeriesFile.Write(file, embedded);
            if (parsed.GetValue(report) is { } page)
                Write(page, series.Names[variable], information, correlation, tau, byCorrelation, neighbours, cao, m);
            if (parsed.GetValue(json))
                Json.Print(ToJson(series.Names[variable], byInformation, byCorrelation, tau, neighbours, cao, m, embedded, parsed.GetValue(output), parsed.GetValue(report)));
            else
                Print(series.Names[variable], byInformation, byCorrelation, tau, neighbours, cao, m, parsed.GetValue(output), parsed.GetValue(report));
            return 0;
        });
        return command;
    }

    private static int? Number(string text, string option)
        => text == Automatic ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
            : throw new ArgumentException($"{option} must be a positive number or auto, not '{text}'");

    private static void Write(
        string page, string variable, double[] information, double[] correlation, int tau, int? byCorrelation, FalseNearestNeighbours neighbours, CaoEmbedding cao, int m)
        => new Report($"Delay coordinates of {variable}", FormattableString.Invariant($"Delay {tau} rows, {m} dimensions."),
        [
            new("The delay", [RecordingFigures.Information(information[..Math.Min(information.Length, 8 * tau + 2)], tau), RecordingFigures.Correlation(correlation[..Math.Min(correlation.Length, 8 * tau + 2)], byCorrelation)]),
            new("The dimension", [RecordingFigures.Cao(cao), RecordingFigures.FalseNeighbours(neighbours)]),
        ]).Save(page);

    private static JsonObject ToJson(
        string variable, int? byInformation, int? byCorrelation, int tau, FalseNearestNeighbours neighbours, CaoEmbedding cao, int m, TimeSeries embedded, string? file, string? report) => new()
        {
            ["variable"] = variable,
            ["delay"] = tau,
            ["delay_mutual_information"] = byInformation,
            ["delay_autocorrelation"] = byCorrelation,
            ["dimension"] = m,
            ["dimension_cao"] = cao.Dimension,
            ["dimension_false_nearest_neighbours"] = neighbours.Dimension,
            ["cao_e1"] = new JsonArray([.. cao.E1.Select(Json.Number)]),
            ["cao_e2"] = new JsonArray([.. cao.E2.Select(Json.Number)]),
            ["false_nearest_neighbours"] = new JsonArray([.. neighbours.Fractions.Select(Json.Number)]),
            ["rows"] = embedded.Length,
            ["file"] = file,
            ["report"] = report,
        };

    private static void Print(string variable, int? byInformation, int? byCorrelation, int tau, FalseNearestNeighbours neighbours, CaoEmbedding cao, int m, string? file, string? report)
    {
        Console.WriteLine($"delay of {variable}: {tau} rows (first minimum of the mutual information {byInformation?.ToString(CultureInfo.InvariantCulture) ?? "none"}, autocorrelation at 1/e {byCorrelation?.ToString(CultureInfo.InvariantCulture) ?? "none"})");
        Console.WriteLine($"dimension: {m} (Cao {cao.Dimension?.ToString(CultureInfo.InvariantCulture) ?? "none"}, false nearest neighbours {neighbours.Dimension?.ToString(CultureInfo.InvariantCulture) ?? "none"})");
        if (file is not null)
            Console.WriteLine($"{file}: the embedded series\n  next: attractor train clipped-shplrnn {RunCommands.Quote(file)} -o RUN");
        if (report is not null)
            Console.WriteLine(report);
    }
}
