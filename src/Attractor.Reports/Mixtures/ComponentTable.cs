using System.Globalization;

namespace Attractor.Reports;

/// <summary>The components in tables.</summary>
internal static class ComponentTable
{
    private const int MostColumns = 4;

    /// <summary>Weight, rows, centre, spread and rates of each component.</summary>
    public static TableElement Of(
        IReadOnlyList<MixtureComponent> components, MixturePositions? positions, IReadOnlyList<CountColumn> counts)
    {
        List<string> headings = ["component#", "weight#", "expected rows#"];
        int shown = Math.Min(positions?.Dimension ?? 0, MostColumns);
        for (int d = 0; d < shown; d++)
            headings.Add($"{positions!.Columns[d]}#");
        if (shown > 0)
            headings.Add("spread#");
        foreach (CountColumn count in counts)
            headings.Add($"rate ({count.Name})#");
        headings.Add("");
        return new(headings, [.. components.Select((component, k) => Row(component, k, shown, counts))]);
    }

    /// <summary>The probability of each category in each component.</summary>
    public static TableElement Of(CategoryColumn column, IReadOnlyList<MixtureComponent> components)
    {
        int categories = column.Categories.Count;
        return new(
            [$"component ({column.Name})#", .. column.Categories.Select(c => $"P({c})#")],
            [.. components.Select((_, k) => (string[])[
                Text(k + 1), .. Enumerable.Range(0, categories).Select(
                    c => column.Probabilities[(k * categories) + c].ToString("F3", CultureInfo.InvariantCulture)),
            ])]);
    }

    /// <summary>What the columns of the table are.</summary>
    public static string Note(MixturePositions? positions, IReadOnlyList<CountColumn> counts)
    {
        List<string> parts = ["Weights are posterior means; the expected rows of a component are the sum of its responsibilities."];
        if (positions is not null)
            parts.Add(
                "Centres and rates stand with their posterior standard deviations where these are known; the spread is the standard "
                + "deviation of the component's Gaussian along each column, one number where they are the same.");
        else if (counts.Count > 0)
            parts.Add("Rates stand with their posterior standard deviations.");
        if (positions?.Dimension > MostColumns)
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"Of the {positions.Dimension} columns of the position the first {MostColumns} are shown."));
        return string.Join(' ', parts);
    }

    private static List<string> Row(MixtureComponent component, int k, int shown, IReadOnlyList<CountColumn> counts)
    {
        List<string> cells =
        [
            Text(k + 1),
            component.Weight.ToString("F4", CultureInfo.InvariantCulture),
            component.ExpectedRows.ToString("N1", CultureInfo.InvariantCulture)
        ];
        for (int d = 0; d < shown; d++)
            cells.Add(component.CentreDeviations.Count > d
                ? WithDeviation(component.Centre[d], component.CentreDeviations[d])
                : ScoreTable.Number(component.Centre[d]));
        if (shown > 0)
            cells.Add(string.Join(
                ", ", Enumerable.Range(0, shown).Select(d => component.Spread(d).ToString("G3", CultureInfo.InvariantCulture)).Distinct()));
        foreach (CountColumn count in counts)
            cells.Add(WithDeviation(count.Rates[k].Mean, count.Rates[k].Deviation));
        cells.Add(component.IsInUse ? "" : "not in use");
        return cells;
    }

    /// <summary>A mean to the digits that its deviation leaves it: 12.34 ± 0.05.</summary>
    internal static string WithDeviation(double mean, double deviation)
    {
        if (!(deviation > 0 && double.IsFinite(deviation) && double.IsFinite(mean)))
            return ScoreTable.Number(mean);
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(deviation)), 0, 6);
        string format = "F" + Text(decimals);
        return $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
