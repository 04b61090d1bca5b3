using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The race that a run came out of, for its report: who, how far, why it won.</summary>
internal static class RaceSection
{
    private const string Score = "The score is of free runs beside the training data: D_stsp of four runs together, plus their mean D_H, "
        + "plus 100 times the share of runs that leave the attractor. Test data were never looked at.";

    /// <summary>Null of a run that was no race.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static Section? Of(string run)
    {
        string path = Path.Combine(run, ModelRace.Folder, ModelRace.Record);
        if (!File.Exists(path))
            return null;
        IReadOnlyList<RaceResult> results = ModelRace.Ranked(Results(path));
        if (results.Count == 0)
            return null;
        RaceResult winner = results.MinBy(r => (r.Score, -r.Round))!;
        double[] others = [.. results.Where(r => r.Name != winner.Name).Select(r => r.Score).Order()];
        string next = others.Length == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; the next best candidate has {others[0]:G3}");
        string won = string.Create(
            CultureInfo.InvariantCulture, $"{winner.Name} won in round {winner.Round} with a score of {winner.Score:G3}{next}. ");
        return new(
            "The race",
            [
                new Paragraph(won + Score),
                new TableElement(
                    ["round#", "candidate", "score#", "updates#", "seconds#"],
                    [.. results.Select(Row)]),
            ]);
    }

    private static IReadOnlyList<string> Row(RaceResult result) =>
    [
        result.Round.ToString(CultureInfo.InvariantCulture),
        result.Name,
        result.Failure ?? result.Score.ToString("G3", CultureInfo.InvariantCulture),
        result.Updates?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
        result.Seconds.ToString("F1", CultureInfo.InvariantCulture),
    ];

    private static IEnumerable<RaceResult> Results(string path)
    {
        JsonNode json = JsonNode.Parse(JsonFile.ReadObject(path).GetRawText())!;
        try
        {
            return [.. json["results"]!.AsArray().Select(RaceResult.Of)];
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw ModelRace.Damaged(path, e);
        }
    }
}
