using System.Globalization;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The pictures and tables of a report.</summary>
internal static class LaplaceFigures
{
    private const int CurvePoints = 400, GridPoints = 81;
    private const double Reach = 5, PlaneReach = 4;
    private const int MostPlanes = 3, MostDeviations = 3;

    /// <summary>What was found, as rows of a heading and a value.</summary>
    public static IReadOnlyList<(string Key, string Value)> Numbers(LaplaceEstimate estimate)
    {
        List<(string Key, string Value)> rows = [("log integral, Laplace's method", Number(estimate.LogIntegral, "G12"))];
        string by = estimate.Quadrature is null ? "importance sampling" : "quadrature";
        rows.Add((
            $"log integral, {by}",
            $"{Number(estimate.Reference, "G12")}, relative error {Number(estimate.ReferenceError, "G2")}"));
        rows.Add(("1 - Laplace / the other", Number(estimate.RelativeError, "G6")));
        double[] deviations = estimate.StandardDeviations;
        for (int i = 0; i < estimate.Mode.Count; i++)
        {
            double mode = estimate.Mode[i];
            // What a search leaves of a 0 is no news.
            rows.Add((
                $"mode, {estimate.Density.Variables[i]}",
                deviations.Length == 0
                    ? Number(mode, "G8")
                    : $"{Number(Math.Abs(mode) < 1e-12 * deviations[i] ? 0 : mode, "G8")} +- {Number(deviations[i], "G6")}"));
        }
        return rows;
    }

    /// <summary>The integrand, or the density, beside what it is taken for.</summary>
    public static IReadOnlyList<Element> Pictures(LaplaceEstimate estimate, LaplaceRequest options)
    {
        if (estimate.Integral is not null)
            return [Line(estimate, options, logarithmic: false), Line(estimate, options, logarithmic: true)];
        int d = estimate.Mode.Count;
        return estimate.Covariance.Length == 0
            ? []
            : [.. Enumerable.Range(0, d).SelectMany(i => Enumerable.Range(i + 1, d - i - 1).Select(j => (i, j))).Take(MostPlanes).Select(
                pair => Plane(estimate, pair.i, pair.j))];
    }

    /// <summary>The estimates over a parameter.</summary>
    public static IReadOnlyList<Element> Table(string parameter, IReadOnlyList<LaplaceEstimate> estimates)
    {
        IReadOnlyList<string> variables = estimates[0].Density.Variables;
        string by = estimates[0].Quadrature is null ? "importance sampling" : "quadrature";
        double[] x = [.. estimates.Select(e => e.Parameter)], error = [.. estimates.Select(e => Math.Abs(e.RelativeError))];
        TableElement table = new(
            [$"{parameter}#", .. variables.Select(v => $"mode, {v}#"), "log integral#", $"by {by}#", "1 - Laplace / that#", "its error#"],
            [.. estimates.Select(e => (string[])
            [
                Number(e.Parameter, "G6"),
                .. variables.Select((_, i) => Number(e.Mode[i], "G8")),
                Number(e.LogIntegral, "G12"),
                Number(e.Reference, "G12"),
                Number(e.RelativeError, "G4"),
                Number(e.ReferenceError, "G2"),
            ])]);
        if (estimates.Count < 3 || !x.All(v => v > 0))
            return [table];
        int last = Array.FindLastIndex(error, e => e > 0);
        return
        [
            new LineFigure(
                $"What Laplace's method misses, over {parameter}",
                $"Dots: the size of 1 - Laplace / {by}. Line: 1 / {parameter} through the last of them.",
                parameter,
                "relative error",
                [
                    new("Laplace's method", "--generated", x, error) { Style = CurveStyle.Dots, Size = 8 },
                    .. last < 0 ? [] : (Curve[])[new($"1 / {parameter}", "--true", x, [.. x.Select(v => error[last] * x[last] / v)])],
                ])
            {
                LogX = true,
                LogY = true,
                Height = 360,
            },
            table,
        ];
    }

    private static LineFigure Line(LaplaceEstimate estimate, LaplaceRequest options, bool logarithmic)
    {
        Learning.LaplaceIntegral integral = estimate.Integral!;
        double width = Width(integral.Maxima[0]);
        double low = Math.Max(options.From, integral.Maxima.Min(m => m.Location - (Reach * Width(m, width))));
        double high = Math.Min(options.To, integral.Maxima.Max(m => m.Location + (Reach * Width(m, width))));
        double[] x = [.. Enumerable.Range(0, CurvePoints + 1).Select(i => low + ((high - low) * i / CurvePoints))];
        double[] f = [.. x.Select(v => estimate.Density.At(v) - integral.Value)];
        double[] taken = [.. x.Select(v => Approximation(integral, v))];
        string variable = estimate.Density.Variables[0];
        return new(
            logarithmic ? "Their logarithms" : "The integrand and what it is taken for",
            logarithmic
                ? "The method takes the exponent for the parabola that touches it at the top, or at an end of the interval for the tangent."
                : "Both relative to the height of the highest maximum. What is between the two is what the method misses.",
            variable,
            logarithmic ? "log integrand - its maximum" : "integrand / its maximum",
            [
                new("integrand", "--true", x, logarithmic ? f : [.. f.Select(Math.Exp)]),
                .. taken.All(double.IsNaN)
                    ? []
                    : (Curve[])
                    [
                        new("Laplace's method", "--generated", x, logarithmic ? [.. taken.Select(v => Math.Log(v))] : taken)
                        {
                            Dashed = true,
                        },
                    ],
            ])
        {
            Height = 360,
        };
    }

    // All maxima together, each as the method takes it, relative to the height of the highest.
    private static double Approximation(Learning.LaplaceIntegral integral, double x) => integral.Maxima.Sum(m =>
    {
        double distance = x - m.Location;
        double exponent = m.Kind switch
        {
            Learning.LaplaceMaximumKind.Boundary => m.Slope * distance,
            Learning.LaplaceMaximumKind.Interior or Learning.LaplaceMaximumKind.LevelBoundary => 0.5 * m.Curvature * distance * distance,
            _ => double.NaN,
        };
        return Math.Exp(m.Value - integral.Value + exponent);
    });

    private static double Width(Learning.LaplaceMaximum m, double otherwise = 1)
    {
        double width = m.Kind == Learning.LaplaceMaximumKind.Boundary ? 1 / Math.Abs(m.Slope) : 1 / Math.Sqrt(-m.Curvature);
        return double.IsFinite(width) ? width : otherwise;
    }

    private static ContourFigure Plane(LaplaceEstimate estimate, int i, int j)
    {
        int d = estimate.Mode.Count;
        double[] mode = [.. estimate.Mode];
        // The others are held at the mode: the Gaussian's section has the inverse of a block of H as covariance.
        double a = -estimate.Hessian[(i * d) + i], b = -estimate.Hessian[(i * d) + j], c = -estimate.Hessian[(j * d) + j];
        double determinant = (a * c) - (b * b), across = Math.Sqrt(c / determinant), up = Math.Sqrt(a / determinant);
        double[] x = Grid(mode[i], across), y = Grid(mode[j], up), values = new double[GridPoints * GridPoints];
        for (int row = 0; row < GridPoints; row++)
            for (int column = 0; column < GridPoints; column++)
            {
                double[] point = [.. mode];
                (point[i], point[j]) = (x[column], y[row]);
                values[(row * GridPoints) + column] = Math.Exp(estimate.Density.Evaluate(point, []) - estimate.LogDensityAtMode);
            }
        // z = m + r L (cos, sin), L the Cholesky factor of the section's covariance.
        double l11 = across, l21 = -b / determinant / across, l22 = Math.Sqrt(Math.Max(0, (up * up) - (l21 * l21)));
        double[] angles = [.. Enumerable.Range(0, 121).Select(k => 2 * Math.PI * k / 120)];
        string others = d > 2 ? " The other variables are held at the mode." : "";
        return new(
            $"{estimate.Density.Variables[i]} and {estimate.Density.Variables[j]}",
            "Colours: the density relative to its mode. Lines: one, two and three standard deviations of the Gaussian at the dot. Where "
            + $"the colours follow the lines, the approximation is good.{others}",
            estimate.Density.Variables[i],
            estimate.Density.Variables[j],
            "density / its maximum",
            x,
            y,
            [.. values.Select(v => double.IsNaN(v) ? 0 : v)])
        {
            Decades = (-5, 0),
            Curves =
            [
                .. Enumerable.Range(1, MostDeviations).Select(r => new Curve(
                    string.Create(CultureInfo.InvariantCulture, $"{r} sd"),
                    "--generated",
                    [.. angles.Select(t => mode[i] + (r * l11 * Math.Cos(t)))],
                    [.. angles.Select(t => mode[j] + (r * ((l21 * Math.Cos(t)) + (l22 * Math.Sin(t)))))])),
                new("mode", "--generated", [mode[i]], [mode[j]]) { Style = CurveStyle.Dots, Size = 8, Outline = "--page" },
            ],
        };
    }

    private static double[] Grid(double middle, double deviation)
        => [.. Enumerable.Range(0, GridPoints).Select(
            k => middle + (PlaneReach * deviation * ((2.0 * k / (GridPoints - 1)) - 1)))];

    private static string Number(double value, string format)
        => double.IsFinite(value) ? (value + 0.0).ToString(format, CultureInfo.InvariantCulture) : "none";
}
