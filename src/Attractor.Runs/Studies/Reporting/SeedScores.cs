using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The scores of several runs of one kind beside each other.</summary>
internal static class SeedScores
{
    private const string Floor = "_floor";

    /// <summary>The median of every number that all runs have.</summary>
    public static JsonObject Medians(IReadOnlyList<JsonObject> scores)
    {
        JsonObject medians = [];
        foreach ((string key, _) in scores[0])
        {
            double[] values = [.. scores.Select(s => s[key]).Where(IsNumber).Select(v => TrialText.Number(v, key)).Order()];
            if (values.Length == scores.Count)
                medians[key] = Json.Number((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2);
        }
        return medians;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="folder">Where the runs lie.</param>
    /// <param name="runs">Their folders.</param>
    /// <param name="data">What they are scored on; null for what each learnt from, where its kind needs to be told.</param>
    /// <param name="token">Ends it before its time.</param>
    public static void Write(string page, string folder, IReadOnlyList<string> runs, string? data, CancellationToken token)
    {
        string place = Path.GetDirectoryName(Path.GetFullPath(page))!;
        JsonObject[] scores = [.. runs.Select(r => RunSet.Evaluated(r, data ?? Own(r), token).Json)];
        JsonObject medians = Medians(scores);
        string[] shown = [.. scores[0].Where(s => IsNumber(s.Value) && scores[0].ContainsKey(s.Key + Floor)).Select(s => s.Key)];
        if (shown.Length == 0)
            shown = [.. medians.Select(m => m.Key)];
        LinkTable table = new(
            ["run", .. shown.SelectMany(Columns)],
            [
                .. runs.Zip(scores).Select(r => (
                    Path.GetRelativePath(place, Path.Combine(Path.GetFullPath(r.First), RunLayout.Report)).Replace('\\', '/'),
                    (IReadOnlyList<string>)[Path.GetFileName(r.First), .. shown.SelectMany(k => Cells(r.Second, k))])),
                ("", ["median", .. shown.SelectMany(k => Cells(medians, k))]),
            ]);
        List<Element> figures = [];
        foreach (string key in shown)
        {
            double[] numbers = [.. Enumerable.Range(1, runs.Count).Select(i => (double)i)];
            List<Curve> curves =
            [
                new(key, "--generated", numbers, [.. scores.Select(s => Number(s, key))]) { Style = CurveStyle.Dots, Size = 7 },
            ];
            if (scores[0].ContainsKey(key + Floor))
                curves.Add(new("floor", "--true", numbers, [.. scores.Select(s => Number(s, key + Floor))]) { Dashed = true });
            figures.Add(new LineFigure(key, "Each run, and what a perfect model would score.", "run", key, curves));
        }
        new Report(
            $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}: {runs.Count} runs",
            $"Scored on {(data is null ? "the data that they learnt from" : Path.GetFileName(data))}.",
            [new("Scores", [table]), new("Figures", [.. figures.Chunk(2).Select(p => p.Length == 2 ? (Element)new Row(p) : p[0])])])
            .Save(page);
    }

    private static IEnumerable<string> Columns(string key) => [key, key + " floor"];

    private static IEnumerable<string> Cells(JsonObject scores, string key) => [Text(scores, key), Text(scores, key + Floor)];

    private static string Text(JsonObject scores, string key)
        => double.IsNaN(Number(scores, key)) ? "" : Number(scores, key).ToString("G4", CultureInfo.InvariantCulture);

    private static double Number(JsonObject scores, string key) => IsNumber(scores[key]) ? TrialText.Number(scores[key], key) : double.NaN;

    private static bool IsNumber(JsonNode? value) => value is not null && value.GetValueKind() == JsonValueKind.Number;

    // What goes on by itself is compared with what it is told; other kinds know what they were tested on.
    private static string? Own(string run)
        => Run.Open(run) is var opened && GenerativeCapabilities.Has(opened.Kind) ? opened.Settings.Data : null;
}
