using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Dynamics;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>The largest exponent of a recording, for <c>attractor lyapunov DATA</c>.</summary>
internal static class LyapunovOfData
{
    public const string Rosenstein = "rosenstein", Kantz = "kantz";

    /// <summary>What follows an exponent: nothing where too few steps tell how sure it is.</summary>
    public static string ErrorBar(double standardError, int digits)
        => double.IsNaN(standardError) ? "" : " +- " + standardError.ToString($"F{digits}", CultureInfo.InvariantCulture);

    /// <param name="recording">The recording.</param>
    /// <param name="method">One of the two.</param>
    /// <param name="report">The page to write, if any.</param>
    /// <param name="json">Whether to print for a program.</param>
    /// <param name="token">Stops.</param>
    public static int Run(Recording recording, string method, string? report, bool json, CancellationToken token)
    {
        (IReadOnlyList<TimeSeries> trials, double? dt) = (recording.Trials, recording.Dt);
        DivergenceOfNeighbours divergence = method switch
        {
            Rosenstein => LyapunovFromData.RosensteinOfTrials(trials, cancellationToken: token),
            Kantz => LyapunovFromData.KantzOfTrials(trials, cancellationToken: token),
            _ => throw new ArgumentException($"--method must be {Rosenstein} or {Kantz}, not '{method}'"),
        };
        double step = dt ?? 1;
        string unit = dt is null ? "per row" : "per unit of time", points = divergence.Delay > 0
            ? FormattableString.Invariant($"embedded in {divergence.Dimension} dimensions with a delay of {divergence.Delay} rows")
            : FormattableString.Invariant($"all {divergence.Dimension} variables");
        if (report is not null)
        {
            new Report(
                "The largest Lyapunov exponent of a recording",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{divergence.Exponent / step:F4}{ErrorBar(divergence.StandardError / step, 4)} {unit} by the method of "
                    + $"{(method == Kantz ? "Kantz" : "Rosenstein, Collins and De Luca")}; {points}, "
                    + $"Theiler window {divergence.Window} rows."),
                [new("Divergence", [RecordingFigures.Divergence(divergence, step)])]).Save(report);
        }
        if (json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["method"] = method,
                ["lyapunov_max"] = dt is null ? null : Json.Number(divergence.Exponent / step),
                ["lyapunov_max_per_step"] = Json.Number(divergence.Exponent),
                ["standard_error_per_step"] = Json.Number(divergence.StandardError),
                ["dt"] = dt is { } time ? Json.Number(time) : null,
                ["region"] = new JsonArray(divergence.Region.From, divergence.Region.To),
                ["dimension"] = divergence.Dimension,
                ["delay"] = divergence.Delay,
                ["theiler"] = divergence.Window,
                ["curve"] = new JsonArray([.. divergence.Curve.Select(Json.Number)]),
                ["report"] = report,
                ["data"] = recording.ToJson(OptionName.Of),
            });
            return 0;
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{divergence.Exponent / step,12:F6}{ErrorBar(divergence.StandardError / step, 6)} {unit}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fitted to rows {divergence.Region.From} to {divergence.Region.To} of the divergence of neighbours; {points}, Theiler window "
            + $"{divergence.Window} rows"));
        if (report is not null)
            Console.WriteLine(report);
        return 0;
    }
}
