using System.Globalization;
using System.Text;
using Attractor.Reports;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Figures;

/// <summary>Runs as lines over their settings and scores.</summary>
internal static class ParallelRuns
{
    private const int FewestRuns = 3, MostSettings = 8, MostWords = 12;
    private const double WideRange = 100;

    /// <summary>The figure; null where there are too few runs to see anything, or none has a score.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">The settings that differ, with the value of each run; nothing where it has none.</param>
    public static ParallelCoordinatesFigure? Of(IReadOnlyList<RunEntry> runs, IReadOnlyList<(string Key, string[] Values)> settings)
    {
        string[] scores = [.. ((string[])["d_stsp", "d_hellinger"]).Where(k => runs.Count(r => r.Score(k)?.Value is not null) > 1)];
        if (runs.Count < FewestRuns || scores.Length == 0)
            return null;
        (ParallelAxis Axis, double[] Places)[] axes =
        [
            .. settings.Select(s => Axis(s.Key, s.Values)).OfType<(ParallelAxis, double[])>().Take(MostSettings),
            .. scores.Select(k => Numeric(CurveFigures.Words(k), [.. runs.Select(r => r.Score(k)?.Value ?? double.NaN)])),
        ];
        return new(
            "Parallel coordinates",
            "Each run is a line: its settings that differ, then its scores, the better the lower. "
                + "Axes over more than two decades are logarithmic.",
            [.. axes.Select(a => a.Axis)],
            [.. runs.Select((r, i) => (r.Id, CurveFigures.Color(i), (IReadOnlyList<double>)[.. axes.Select(a => a.Places[i])]))]);
    }

    /// <summary>The same as a table: a row for each run, with its settings and scores as they are.</summary>
    /// <inheritdoc cref="Of"/>
    public static string ToCsv(IReadOnlyList<RunEntry> runs, IReadOnlyList<(string Key, string[] Values)> settings)
    {
        string[] scores = [.. runs.SelectMany(r => r.Scores.Select(s => s.Key)).Distinct()];
        StringBuilder csv = new();
        Add(["run", .. settings.Select(s => s.Key), .. scores]);
        for (int i = 0; i < runs.Count; i++)
            Add([
                runs[i].Id,
                .. settings.Select(s => s.Values[i]),
                .. scores.Select(k => runs[i].Score(k)?.Value.ToString("R", CultureInfo.InvariantCulture) ?? ""),
            ]);
        return csv.ToString();

        void Add(IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(FigureTable.Quote)).Append('\n');
    }

    private static (ParallelAxis, double[])? Axis(string key, string[] values)
    {
        if (values.All(v => v.Length == 0 || double.TryParse(v, CultureInfo.InvariantCulture, out _)))
            return Numeric(
                key, [.. values.Select(v => double.TryParse(v, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)]);
        string[] words = [.. values.Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        return words.Length is < 2 or > MostWords ? null : (
            new(key, words[0], words[^1]),
            [.. values.Select(v => v.Length == 0 ? double.NaN : (double)Array.IndexOf(words, v) / (words.Length - 1))]);
    }

    private static (ParallelAxis, double[]) Numeric(string name, double[] values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length == 0)
            return (new(name, "", ""), [.. values.Select(_ => double.NaN)]);
        double low = known.Min(), high = known.Max();
        bool isLog = low > 0 && high > WideRange * low;
        return (
            new(name, Text(low), Text(high)),
            [.. values.Select(v => !double.IsFinite(v) ? double.NaN
                : high == low ? 0.5
                : isLog ? Math.Log(v / low) / Math.Log(high / low)
                : (v - low) / (high - low))]);
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
