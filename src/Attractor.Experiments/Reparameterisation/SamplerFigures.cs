using System.Globalization;
using Attractor.Evaluation;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>Histograms of samples drawn both ways, and the tests beside them.</summary>
internal static class SamplerFigures
{
    private const int DensityPoints = 200;

    // The part of a sample that the abscissa shows.
    private const double Shown = 0.995;

    /// <summary>Two and two beside each other.</summary>
    public static IEnumerable<Row> Histograms(IReadOnlyList<SamplerComparison> comparisons)
        => comparisons.Where(c => !c.IsControl).Select(Histogram).Chunk(2).Select(pair => new Row(pair));

    public static BarFigure Categories(IReadOnlyList<CategoricalComparison> comparisons, ReparameterisationSettings settings)
    {
        CategoricalComparison[] right = [.. comparisons.Where(c => !c.IsControl)];
        return new(
            $"Categorical, a = {settings.ProbabilitiesText}",
            FormattableString.Invariant($"Parts of {comparisons[0].Tests[0].Size:N0} samples. Direct: inverse distribution function."),
            "class",
            "part of the sample",
            [.. settings.Probabilities.Select((_, k) => k.ToString(CultureInfo.InvariantCulture))],
            [
                new("a", "--faint", [.. settings.Probabilities]), new("direct", "--true", right[0].Shares.Direct),
                new("Gumbel-argmax", "--generated", right[0].Shares.Reparameterised),
                new("argmax of softmax", "--third", right[1].Shares.Reparameterised),
            ]);
    }

    public static HistogramFigure Components(IReadOnlyList<RelaxedComponent> components)
    {
        string[] colors = ["--true", "--generated", "--third"];
        return new(
            FormattableString.Invariant($"Gumbel-softmax: the component of class {components[0].Class}"),
            "The colder the nearer to one-hot: near 1 about as often as the class is probable, near 0 in the other draws. At 1 anything "
            + "between.",
            FormattableString.Invariant($"y{components[0].Class}"),
            [.. components.Select(
                (c, i) => new Histogram(FormattableString.Invariant($"temperature {c.Temperature}"), colors[i], c.MostProbable))])
        {
            LogY = true,
            Range = (0, 1),
        };
    }

    /// <summary>Kolmogorov-Smirnov tests of the numbers.</summary>
    public static TableElement Tests(IReadOnlyList<SamplerComparison> comparisons)
        => Tests("numbers", "D", comparisons.Select(c => (c.Name, c.Tests, c.IsControl)));

    /// <summary>Chi-squared tests of the classes.</summary>
    public static TableElement Tests(IReadOnlyList<CategoricalComparison> comparisons)
        => Tests(
            "classes, against the inverse distribution function", "chi-squared", comparisons.Select(c => (c.Name, c.Tests, c.IsControl)));

    public static TableElement Relaxation(IReadOnlyList<RelaxedComponent> components, ReparameterisationSettings settings) => new(
        ["temperature#", $"mean of the components, a = {settings.ProbabilitiesText}#", "largest component above 0.99#"],
        [.. components.Select(c => (IReadOnlyList<string>)
        [
            Number("G3", c.Temperature), string.Join(", ", c.Mean.Select(m => Number("F4", m))), Number("P1", c.NearCorner),
        ])]);

    private static HistogramFigure Histogram(SamplerComparison c)
    {
        double[] sorted = [.. c.Samples.Direct.Concat(c.Samples.Reparameterised).Order()];
        double low = sorted[0], high = sorted[^1];
        // A tail would otherwise take half of the figure; the Gaussian's two tails are short.
        if (high - sorted[(int)(Shown * sorted.Length)] > 0.2 * (high - low))
            high = sorted[(int)(Shown * sorted.Length)];
        // From 0 where the support begins there.
        if (low >= 0)
            low = 0;
        double[] x = [.. Enumerable.Range(0, DensityPoints + 1).Select(i => low + ((high - low) * i / DensityPoints))];
        return new(
            c.Name, FormattableString.Invariant($"Direct: {c.Direct}. Via reparameterisation: {c.Reparameterised}."), "z",
            [new("direct", "--true", c.Samples.Direct), new("via reparameterisation", "--generated", c.Samples.Reparameterised)])
        {
            Range = (low, high),
            Curves = [new("density", "--text", x, [.. x.Select(c.Density)]) { Size = 1.6 }],
        };
    }

    private static TableElement Tests(
        string heading,
        string statistic,
        IEnumerable<(string Name, IReadOnlyList<(int Size, TwoSampleTest Test)> Tests, bool IsControl)> rows) => new(
        [
            heading,
            .. rows.First().Tests.SelectMany(t => new[] { FormattableString.Invariant($"{statistic}, N = {t.Size:N0}#"), "p#" }),
            "verdict"
        ],
        [.. rows.Select(r => (string[])
        [
            r.Name, .. r.Tests.SelectMany(
                t => new[] { Number(t.Test.Statistic < 1000 ? "G3" : "F0", t.Test.Statistic), PValue(t.Test.PValue) }),
            (r.IsControl ? "wrong on purpose: " : "") + (r.Tests[^1].Test.PValue < 1e-3 ? "different" : "no difference seen"),
        ])]);

    private static string PValue(double p) => p < 1e-300 ? "below 1e-300" : Number(p < 1e-3 ? "0.0e0" : "F3", p);

    private static string Number(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
