using System.Globalization;

namespace Attractor.Reports;

/// <summary>Figures of a column of counts.</summary>
internal static class CountFigure
{
    private const int MostBins = 60;

    /// <summary>The counts of the data beside their posterior predictive probabilities.</summary>
    public static HistogramFigure Predictive(CountColumn column)
    {
        double[] counts = [.. column.Values.Where(double.IsFinite)];
        // Bins hold whole numbers, the same of them each.
        int largest = (int)counts.DefaultIfEmpty(0).Max(), width = (largest / MostBins) + 1, bins = (largest / width) + 1;
        int shown = Math.Min(column.Predicted.Count, bins * width);
        double[] n = [.. Enumerable.Range(0, shown).Select(i => (double)i)];
        bool sparse = shown <= MostBins;
        return new(
            $"Counts: {column.Name}",
            "The share of the rows with each count" + (width > 1 ? string.Create(CultureInfo.InvariantCulture, $", {width} to a bin") : "")
                + (shown > 0 ? "; the posterior predictive probability of a row to come." : "."),
            column.Name, [new("data", "--true", counts)])
        {
            Bins = bins,
            Range = (-0.5, (bins * width) - 0.5),
            YLabel = "probability",
            Curves = shown == 0 ? [] : [new("model", "--generated", n, [.. column.Predicted.Take(shown)])
            {
                Style = sparse ? CurveStyle.LinesAndDots : CurveStyle.Lines,
                Size = 2
            }],
            Height = 340,
        };
    }

    /// <summary>The rates of the components with their intervals; those in use, or all if none is.</summary>
    public static LineFigure Rates(CountColumn column, IReadOnlyList<MixtureComponent> components)
    {
        int[] used = Used(components);
        return Rates(column, used, "component", [.. used.Select(k => k + 1.0)], "") with { XTicks = [.. used.Select(k => k + 1.0)] };
    }

    /// <summary>The rates of the components over the one column of their position.</summary>
    public static LineFigure RatesOverPosition(CountColumn column, IReadOnlyList<MixtureComponent> components, string label)
    {
        int[] used = Used(components);
        return Rates(
            column,
            used,
            label,
            [.. used.Select(k => components[k].Centre[0])],
            " Each stands over the centre of its component, in its colour.");
    }

    private static LineFigure Rates(CountColumn column, int[] used, string label, double[] x, string where)
    {
        Estimate[] rates = [.. used.Select(k => column.Rates[k])];
        List<Curve> curves =
        [
            new("rate", "--true", x, [.. rates.Select(r => r.Mean)])
            {
                Style = CurveStyle.Dots,
                Size = 9,
                Colors = [.. used.Select(Palette.Color)],
                Error = [.. rates.Select(r => r.High - r.Mean)],
                ErrorBelow = [.. rates.Select(r => r.Mean - r.Low)],
            },
        ];
        double[] counts = [.. column.Values.Where(double.IsFinite)];
        if (counts.Length > 0 && x.Length > 0)
        {
            double margin = x.Length > 1 ? 0.03 * (x.Max() - x.Min()) : 0.5;
            curves.Add(new("mean of the data", "--faint", [x.Min() - margin, x.Max() + margin], [counts.Average(), counts.Average()])
            {
                Dashed = true
            });
        }
        return new(
            $"Rates: {column.Name}",
            string.Create(CultureInfo.InvariantCulture, $"Posterior means with {column.Credibility:P0} credible intervals.{where}"),
            label,
            $"rate of {column.Name} per row",
            curves)
        {
            Height = 340,
        };
    }

    private static int[] Used(IReadOnlyList<MixtureComponent> components)
    {
        int[] used = [.. Enumerable.Range(0, components.Count).Where(k => components[k].IsInUse)];
        return used.Length > 0 ? used : [.. Enumerable.Range(0, components.Count)];
    }
}
