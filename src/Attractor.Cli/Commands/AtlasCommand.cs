using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor atlas</c></summary>
internal static class AtlasCommand
{
    private const int MostSteps = 100_000_000, MostOrder = 1000, MostWords = 64, MostBasins = 2000, RegionsShown = 12;

    public static Command Create()
    {
        AtlasSettings usual = new();
        Argument<string> subject = new("subject") { Description = "a run folder or a safetensors file of a piecewise-linear network" };
        Option<int> steps = Count("--steps", "steps whose regions are the symbols", usual.Steps, "n", "-n");
        Option<int> transient = Count("--transient", "steps left out before them", usual.Transient, "n");
        Option<int> words = Count("--words", "the longest words that are counted", usual.Words, "k");
        Option<int> order = Count("--max-order", "the largest order of cycles", usual.MaxOrder, "k");
        Option<long> seed = new("--seed") { Description = "seed of their search", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<int> iterations = Count("--iterations", "times that the map is applied to trace a manifold; 0: none", usual.Iterations, "n");
        Option<int> basins = Count("--basins", "starts along a side of the plane whose basins are followed; 0: none", usual.Basins, "n");
        Option<string?> along = new("--along")
        {
            Description = "an entry of the parameters, such as h1[2] or W1[0,4], along which the fixed points are followed",
            HelpName = "entry"
        };
        Option<double?> from = new("--from")
        {
            Description = "its lowest value [below its own by half the tensor's largest]",
            HelpName = "x"
        };
        Option<double?> to = new("--to") { Description = "its highest value [above its own by as much]", HelpName = "x" };
        OutputOption symbols = CommonOptions.OutputFile(
            $"write the symbol of each step to a file, {DataFiles.Written}", OutputOption.Series);
        OutputOption report = CommonOptions.Report("write regions, graph, manifolds and basins to an HTML file");
        Option<bool> json = CommonOptions.Json();
        Command command = new("atlas", "The linear regions of a piecewise-linear network: symbols, transitions, manifolds and basins.")
        {
            subject, steps, transient, words, order, seed, iterations, basins, along, from, to, symbols, report, json
        };
        command.SetCancellableAction((parsed, token) =>
        {
            Require(parsed, steps, 2, MostSteps);
            Require(parsed, transient, 0, MostSteps);
            Require(parsed, words, 1, MostWords);
            Require(parsed, order, 1, MostOrder);
            Require(parsed, iterations, 0, int.MaxValue);
            Require(parsed, basins, 0, MostBasins);
            if (parsed.GetValue(seed) < 0)
                throw new ArgumentException("--seed must not be negative");
            if (parsed.GetValue(along) is null && (parsed.GetValue(from) ?? parsed.GetValue(to)) is not null)
                throw new ArgumentException(
                    "--from and --to are the range of --along: name an entry of the parameters, such as --along h1[0]");
            MapSource source = MapSource.Find(parsed.GetValue(subject)!, dt: null);
            MapAtlas atlas = MapAtlas.Of(
                source,
                new()
                {
                    Steps = parsed.GetValue(steps),
                    Transient = parsed.GetValue(transient),
                    Words = parsed.GetValue(words),
                    MaxOrder = parsed.GetValue(order),
                    Seed = (ulong)parsed.GetValue(seed),
                    Iterations = parsed.GetValue(iterations),
                    Basins = parsed.GetValue(basins),
                    Along = parsed.GetValue(along),
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                },
                token);
            if (parsed.GetValue(symbols) is { } file)
                SeriesFile.Write(file, new TimeSeries([.. atlas.Regions.Symbols.Select(s => (double)s)], 1, source.Dt ?? 1, ["region"]));
            if (parsed.GetValue(report) is { } page)
                AtlasReport.Of(source.Name, atlas).Save(page);
            if (parsed.GetValue(json))
            {
                JsonObject result = new()
                {
                    ["map"] = source.Map is IGenerativeModel model ? model.Kind : source.Name,
                    ["state_dimension"] = source.Map.Dimension,
                };
                foreach ((string key, JsonNode? value) in AtlasJson.Of(atlas))
                    result[key] = value?.DeepClone();
                result["symbols"] = parsed.GetValue(symbols);
                result["report"] = parsed.GetValue(report);
                JsonOutput.Print(result);
                return 0;
            }
            Print(atlas);
            if (atlas.Sweep is { } sweep)
                Print(sweep);
            foreach (string? written in (string?[])[parsed.GetValue(symbols), parsed.GetValue(report)])
                if (written is not null)
                    Console.WriteLine(written);
            return 0;
        });
        return command;
    }

    private static Option<int> Count(string name, string description, int usual, string unit, params string[] aliases)
        => new(name, aliases) { Description = description, DefaultValueFactory = _ => usual, HelpName = unit };

    private static void Require(ParseResult parsed, Option<int> option, int least, int most)
    {
        int value = parsed.GetValue(option);
        if (value < least || value > most)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option.Name} must be {(most == int.MaxValue ? $"at least {least}" : $"{least} to {most}")}, not {value}"));
    }

    private static void Print(MapAtlas atlas)
    {
        RegionAtlas regions = atlas.Regions;
        Console.WriteLine("region  occupancy  fixed point");
        foreach (AtlasRegion region in regions.Regions.Take(RegionsShown))
        {
            string point = region.FixedPoint is { } found ? Describe(found) : "none that is isolated";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{region.Symbol,6}  {region.Occupancy,9:P2}  {point}"));
        }
        if (regions.Regions.Count > RegionsShown)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {regions.Regions.Count - RegionsShown:N0} more"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{regions.Itinerary.Count:N0} stays in {regions.Symbols.Count:N0} steps; entropies in nats a step: graph "
            + $"{regions.GraphEntropy:F4}, words {regions.WordEntropy:F4}, Markov {regions.MarkovEntropy:F4}"));
        string crossings = atlas.Crossings is { } points ? $", which cross in {points.Count} points" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{atlas.Cycles.FixedPoints.Count} fixed points, {atlas.Cycles.Cycles.Count} cycles, "
            + $"{atlas.Manifolds.Count(m => m.Manifold is not null)} manifolds traced{crossings}"));
        foreach (BasinAttractor attractor in atlas.Basins?.Attractors ?? [])
        {
            string end = attractor.Order switch
            {
                0 => "a bounded orbit on no short cycle",
                1 => "a fixed point",
                _ => $"a cycle of order {attractor.Order}",
            };
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{attractor.Share:P1} of the starts come to {end}"));
        }
    }

    private static void Print(ParameterSweep sweep)
    {
        foreach (Bifurcation found in sweep.Result.Found)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sweep.Name} = {found.Parameter:G5}: {BifurcationFigures.Words(found.Kind)} at "
                + $"{PointText.Of(found.Point, "F4")}"));
        if (sweep.Result.Found.Count == 0)
            Console.WriteLine($"no bifurcation of a fixed point along {sweep.Name}");
    }

    private static string Describe(RegionFixedPoint found)
    {
        string kind = $"{(found.Real ? "real" : "virtual")}, {found.Stability.ToString().ToLowerInvariant()}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, spectral radius {found.SpectralRadius:F5}, at {PointText.Of(found.Point, "F4")}");
    }
}
