using System.Globalization;

namespace Attractor.Reports;

/// <summary>The histogram of positions in one column, with the density of each component, times its weight, and their sum.</summary>
internal static class PositionDensity
{
    private const int Points = 400;

    /// <param name="positions">N x 1.</param>
    /// <param name="components">The components; what is not in use is in the sum alone.</param>
    public static HistogramFigure Of(MixturePositions positions, IReadOnlyList<MixtureComponent> components)
    {
        double[] rows = [.. positions.Values.Where(double.IsFinite)];
        MixtureComponent[] used = [.. components.Where(c => c.IsInUse)];
        double low = Math.Min(rows.DefaultIfEmpty(0).Min(), used.Select(c => c.Centre[0]).DefaultIfEmpty(0).Min());
        double high = Math.Max(rows.DefaultIfEmpty(1).Max(), used.Select(c => c.Centre[0]).DefaultIfEmpty(1).Max());
        double[] x = [.. Enumerable.Range(0, Points + 1).Select(i => low + ((high - low) * i / Points))];
        List<Curve> curves = [];
        for (int k = 0; k < components.Count; k++)
            if (components[k].IsInUse)
                curves.Add(new(
                    (k + 1).ToString(CultureInfo.InvariantCulture),
                    Palette.Color(k),
                    x,
                    [.. x.Select(v => Density(components[k], v))])
                { Dashed = k >= 10, Size = 2 });
        curves.Add(new("sum", "--text", x, [.. x.Select(v => components.Sum(c => Density(c, v)))]) { Size = 2 });
        return new(
            "Positions and components",
            "The share of the rows in each bin over its width; the Gaussian of each component times its weight, and their sum.",
            positions.Label(0),
            [new("rows", "--faint", rows)])
        {
            Bins = Math.Clamp((int)Math.Sqrt(rows.Length), 10, 80),
            Curves = curves,
            Height = 400,
        };
    }

    private static double Density(MixtureComponent component, double x)
    {
        double variance = component.Covariance[0], distance = x - component.Centre[0];
        return component.Weight * Math.Exp(-distance * distance / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
    }
}
