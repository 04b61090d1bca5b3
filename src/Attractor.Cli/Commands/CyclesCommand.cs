using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor cycles</c></summary>
internal static class CyclesCommand
{
    private const int DrawnSteps = 12_000, MostOrder = 1000;

    public static Command Create()
    {
        Argument<string> subject = new("subject")
        {
            Description = "a run folder, a safetensors file, a known map or flow, or a file of equations"
        };
        subject.WithSystems();
        Option<int> order = new("--max-order") { Description = "the largest order", DefaultValueFactory = _ => 10, HelpName = "k" };
        Option<long> seed = new("--seed") { Description = "seed of the search", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<int> starts = new("--starts")
        {
            Description = "random starts without a find before an order is given up",
            DefaultValueFactory = _ => new CycleSearchOptions().Starts,
            HelpName = "n"
        };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string[]> parameters = CommonOptions.Parameters();
        OutputOption report = CommonOptions.Report("write them, marked in the attractor, to an HTML file");
        Option<bool> json = CommonOptions.Json();
        Command command = new("cycles", "Fixed points and cycles of a trained model or a known map.")
        {
            subject, order, seed, starts, dt, parameters, report, json
        };
        command.SetCancellableAction((parsed, token) =>
        {
            int maxOrder = parsed.GetValue(order);
            if (maxOrder is < 1 or > MostOrder)
                throw new ArgumentException($"--max-order must be 1 to {MostOrder}, not {maxOrder}");
            if (parsed.GetValue(seed) < 0 || parsed.GetValue(starts) < 0)
                throw new ArgumentException("--seed and --starts must not be negative");
            MapSource source = MapSource.Find(parsed.GetValue(subject)!, parsed.GetValue(dt), parsed.GetValue(parameters));
            CycleSearchOptions options = new()
            {
                MaxOrder = maxOrder,
                Seed = (ulong)parsed.GetValue(seed),
                Starts = parsed.GetValue(starts)
            };
            bool silent = parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet);
            IProgress<CycleProgress>? progress = silent ? null : new Reporter();
            CycleSet found = source.Map is IPiecewiseLinearMap piecewise
                ? CycleSearch.Find(piecewise, options, progress, token)
                : PeriodicPoints.Find(source.Map, source.Start, options, progress, token);
            if (parsed.GetValue(report) is { } page)
                Write(page, source, found, maxOrder);
            if (parsed.GetValue(json))
                JsonOutput.Print(ToJson(source, found, options, parsed.GetValue(report)));
            else
                Print(found, parsed.GetValue(report));
            return 0;
        });
        return command;
    }

    private static JsonObject ToJson(MapSource source, CycleSet found, CycleSearchOptions options, string? report) => new()
    {
        ["map"] = source.Map is IGenerativeModel model ? model.Kind : source.Name,
        ["state_dimension"] = source.Map.Dimension,
        ["max_order"] = options.MaxOrder,
        ["seed"] = options.Seed,
        ["exhaustive_up_to"] = found.ExhaustiveUpTo,
        ["degenerate"] = found.Degenerate,
        ["fixed_points"] = new JsonArray([.. found.FixedPoints.Select(f =>
        {
            JsonObject json = new() { ["point"] = Json.Numbers(f.Points[0]) };
            Describe(json, f);
            return json;
        })]),
        ["cycles"] = new JsonArray([.. found.Cycles.Select(c =>
        {
            JsonObject json = new() { ["order"] = c.Order, ["points"] = new JsonArray([.. c.Points.Select(Json.Numbers)]) };
            Describe(json, c);
            return json;
        })]),
        ["report"] = report,
    };

    private static void Describe(JsonObject json, Cycle cycle)
    {
        json["eigenvalues"] = Json.Numbers(cycle.Eigenvalues);
        json["spectral_radius"] = Json.Number(cycle.SpectralRadius);
        json["stability"] = cycle.Stability.ToString().ToLowerInvariant();
        json["residual"] = Json.Number(cycle.Residual);
    }

    private static void Print(CycleSet found, string? report)
    {
        Console.WriteLine("order  stability  spectral radius  first point");
        foreach (Cycle cycle in found.FixedPoints.Concat(found.Cycles))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{cycle.Order,5}  {cycle.Stability.ToString().ToLowerInvariant(),-9}  {cycle.SpectralRadius,15:G5}  "
                + $"{PointText.Of(cycle.Points[0], "F4", most: 6)}"));
        }
        string exhausted = found.ExhaustiveUpTo > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; all sequences of regions tried up to order {found.ExhaustiveUpTo}: there are no others")
            : "";
        string degenerate = found.Degenerate > 0
            ? string.Create(CultureInfo.InvariantCulture, $"; {found.Degenerate} sequences have no isolated point")
            : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.FixedPoints.Count} fixed points, {found.Cycles.Count} cycles{exhausted}{degenerate}"));
        if (report is not null)
            Console.WriteLine(report);
    }

    private static void Write(string page, MapSource source, CycleSet found, int maxOrder)
    {
        List<Element> elements = [];
        TimeSeries orbit = FreeRun.FromState(source.Map, source.Start, DrawnSteps, dropped: 1000);
        // Cycles are marked where the state begins with what is observed.
        bool isOfStates = (source.Map is StandardizedModel units ? units.Model : source.Map) is not RecurrentModel { IsAffine: true };
        if (orbit.Dimension >= 3 && double.IsFinite(orbit[1, 0]) && isOfStates)
        {
            elements.Add(new OrbitFigure(
                "Attractor",
                "Drag to turn it. Filled symbols are stable. Cycles far from the attractor are in the table only.",
                "--generated",
                [.. orbit.Names.Take(3)],
                [.. Enumerable.Range(0, orbit.Length).Select(t => orbit.Row(t)[..3].ToArray())])
            {
                Marks = CycleFigures.Marks(found, orbit),
            });
        }
        elements.Add(CycleFigures.Table(found));
        new Report(
            $"Fixed points and cycles of {source.Name}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.FixedPoints.Count} fixed points and {found.Cycles.Count} cycles up to order {maxOrder}."),
            [new("Where they are", elements)]).Save(page);
    }

    /// <summary>A line on the standard error for each order that is done.</summary>
    private sealed class Reporter : IProgress<CycleProgress>
    {
        public void Report(CycleProgress value)
            => Console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{value.Orders} of {value.Of} orders, {value.Found} found"));
    }
}
