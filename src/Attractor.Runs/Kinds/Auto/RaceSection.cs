using System.Globalization;
using Attractor.Reports;

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
        if (RaceRecord.Read(run) is not { Results.Count: > 0 } record)
            return null;
        RaceResult winner = record.Best;
        double[] others = [.. record.Results.Where(r => r.Name != winner.Name && r.Failure is null).Select(r => r.Score).Order()];
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
                    [.. record.Ranked.Select(Row)]),
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
}
