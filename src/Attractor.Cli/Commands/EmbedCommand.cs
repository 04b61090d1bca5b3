using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor embed</c></summary>
internal static class EmbedCommand
{
    private const int MostLags = 1000, MostDimensions = 8;
    private const string Automatic = "auto";

    public static Command Create()
    {
        Argument<string> source = CommonOptions.Recording();
        Option<string?> column = new("--column")
        {
            Description = "the variable to embed, by name or number [the first]",
            HelpName = "name"
        };
        Option<string> delay = new("--delay")
        {
            Description = "rows between two coordinates, or auto: the first minimum of the mutual information",
            DefaultValueFactory = _ => Automatic,
            HelpName = "n"
        };
        Option<string> dimension = new("--dimension")
        {
            Description = "coordinates, or auto: where Cao's E1 levels off",
            DefaultValueFactory = _ => Automatic,
            HelpName = "m"
        };
        Option<int> steps = CommonOptions.Rows(20_000);
        Option<double?> dt = CommonOptions.TimeStep();
        OutputOption output = CommonOptions.OutputFile(
            $"write the embedded series to a file, {DataFiles.Written}", OutputOption.Series);
        OutputOption report = CommonOptions.Report("write the curves behind the choice to an HTML file");
        Option<bool> json = CommonOptions.Json();
        Command command = new("embed", "Delay coordinates of one variable: choose delay and dimension, and embed.")
        {
            source, column, delay, dimension, steps, dt, output, report
        };
        DataOptions data = new(command);
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(steps) < 1)
                throw new ArgumentException("--steps must be positive");
            (Recording recording, int variable) = Variable(
                parsed.GetValue(source)!, parsed.GetValue(column), parsed.GetValue(steps), parsed.GetValue(dt), data.Given(parsed));
            TimeSeries series = recording.Series;
            double[] values = series.Column(variable);
            int lags = Math.Min(values.Length / 4, MostLags);
            if (lags < 2)
                throw new ArgumentException($"{values.Length} rows are too few to embed: at least 8 are needed");
            DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
            double[] information = MutualInformation.Of(values, lags), correlation = Autocorrelation.Of(values, lags);
            int? byInformation = MutualInformation.FirstMinimum(information),
                byCorrelation = Autocorrelation.FirstBelow(correlation, 1 / Math.E);
            int tau = Number(parsed.GetValue(delay)!, "--delay") ?? byInformation ?? byCorrelation ?? 1;
            token.ThrowIfCancellationRequested();
            FalseNearestNeighbours neighbours = FalseNearestNeighbours.Of(values, tau, MostDimensions);
            CaoEmbedding cao = CaoEmbedding.Of(values, tau, MostDimensions);
            int m = Number(parsed.GetValue(dimension)!, "--dimension") ?? cao.Dimension ?? neighbours.Dimension ?? MostDimensions;
            EmbeddedTrials embedded = EmbeddedTrials.Of(recording, m, tau, variable);
            if (parsed.GetValue(output) is { } file)
                embedded.Write(file);
            Choice choice = new(
                series.Names[variable], byInformation, byCorrelation, tau, neighbours, cao, m, parsed.GetValue(output),
                parsed.GetValue(report));
            if (choice.Report is { } page)
                Write(page, choice, information, correlation);
            if (parsed.GetValue(json))
                JsonOutput.Print(ToJson(choice, embedded, recording));
            else
                Print(choice, embedded);
            return 0;
        });
        return command;
    }

    // A column of a file is read alone: what the others hold is no matter.
    private static (Recording Recording, int Variable) Variable(
        string source, string? column, int steps, double? dt, DataSelection? selection)
    {
        if (column is null || selection?.Columns is not null || !SeriesSource.IsData(source))
        {
            Recording read = SeriesSource.Read(source, steps, dt, selection: selection, isPooled: true);
            return (read, SeriesSource.Column(read.Series, column));
        }
        return (SeriesSource.Read(source, steps, dt, selection: (selection ?? new()) with { Columns = [column] }, isPooled: true), 0);
    }

    private static int? Number(string text, string option)
        => text == Automatic ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
            : throw new ArgumentException($"{option} must be a positive number or auto, not '{text}'");

    private static void Write(string page, Choice choice, double[] information, double[] correlation)
    {
        // A few times the delay shows why it was chosen.
        int shown = Math.Min(information.Length, (8 * choice.Delay) + 2);
        new Report(
            $"Delay coordinates of {choice.Variable}",
            FormattableString.Invariant($"Delay {choice.Delay} rows, {choice.Dimension} dimensions."),
        [
            new("The delay", [
                RecordingFigures.Information(information[..shown], choice.Delay),
                RecordingFigures.Correlation(correlation[..shown], choice.ByCorrelation)
            ]),
            new("The dimension", [RecordingFigures.Cao(choice.Cao), RecordingFigures.FalseNeighbours(choice.Neighbours)]),
        ]).Save(page);
    }

    private static JsonObject ToJson(Choice choice, EmbeddedTrials embedded, Recording recording) => new()
    {
        ["variable"] = choice.Variable,
        ["delay"] = choice.Delay,
        ["delay_mutual_information"] = choice.ByInformation,
        ["delay_autocorrelation"] = choice.ByCorrelation,
        ["dimension"] = choice.Dimension,
        ["dimension_cao"] = choice.Cao.Dimension,
        ["dimension_false_nearest_neighbours"] = choice.Neighbours.Dimension,
        ["cao_e1"] = new JsonArray([.. choice.Cao.E1.Select(Json.Number)]),
        ["cao_e2"] = new JsonArray([.. choice.Cao.E2.Select(Json.Number)]),
        ["false_nearest_neighbours"] = new JsonArray([.. choice.Neighbours.Fractions.Select(Json.Number)]),
        ["rows"] = embedded.Rows,
        ["trials"] = embedded.ToJson(),
        ["file"] = choice.File,
        ["report"] = choice.Report,
        ["data"] = recording.ToJson(OptionName.Of),
    };

    private static void Print(Choice choice, EmbeddedTrials embedded)
    {
        Console.WriteLine(
            $"delay of {choice.Variable}: {choice.Delay} rows (first minimum of the mutual information {OrNone(choice.ByInformation)}, "
            + $"autocorrelation at 1/e {OrNone(choice.ByCorrelation)})");
        Console.WriteLine(
            $"dimension: {choice.Dimension} (Cao {OrNone(choice.Cao.Dimension)}, false nearest neighbours "
            + $"{OrNone(choice.Neighbours.Dimension)})");
        if (embedded.Sentence is { } sentence)
            Console.WriteLine(sentence);
        if (choice.File is not null)
            Console.WriteLine(
                $"{choice.File}: the embedded series\n  next: attractor train shplrnn {RunCommands.Quote(choice.File)} -o RUN");
        if (choice.Report is not null)
            Console.WriteLine(choice.Report);
    }

    private static string OrNone(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <summary>What was found, what was chosen, and where it was written.</summary>
    private sealed record Choice(
        string Variable, int? ByInformation, int? ByCorrelation, int Delay, FalseNearestNeighbours Neighbours, CaoEmbedding Cao,
        int Dimension, string? File, string? Report);
}
