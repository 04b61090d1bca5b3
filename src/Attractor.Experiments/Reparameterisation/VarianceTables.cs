using System.Globalization;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Means and variances of estimators beside what they should be.</summary>
internal static class VarianceTables
{
    /// <summary>Every estimator over the distances: the one table of it all, its means in one line and its variances below.</summary>
    public static TableElement All(ReparameterisationResult result) => new(
        [
            "estimator", "",
            .. result.Approach.Select(p => string.Create(CultureInfo.InvariantCulture, $"delta = {p.Distance}#")),
        ],
        [
            ["exact gradient", "", .. result.Approach.Select(p => Number("G6", p.Problem.Gradient[1]))],
            .. result.Approach[0].Lines.SelectMany((line, e) => (string[][])
            [
                [
                    line.Measured.Name, "mean",
                    .. result.Approach.Select(p => Mean(p.Lines[e].Measured.Mean[1], p.Lines[e].Measured.MeanError[1])),
                ],
                ["", "variance", .. result.Approach.Select(p => Variance(p.Lines[e].Measured.Variance[1]))],
            ])
        ]);

    public static TableElement Approach(ApproachToPosterior.Point point) => new(
        ["estimator", "n#", "mean, mu#", "z#", "variance#", "closed form#", "mean, log s#", "z#", "variance#", "closed form#"],
        [.. point.Lines.Select(l => (string[])
        [
            l.Measured.Name, l.Measured.Samples.ToString(CultureInfo.InvariantCulture),
            .. Cells(l.Measured, 0, point.Problem.Gradient[0], l.Variance[0], l.IsLimit),
            .. Cells(l.Measured, 1, point.Problem.Gradient[1], l.Variance[1], l.IsLimit),
        ])]);

    public static TableElement Widths(IReadOnlyList<WidthOfApproximation.Point> points) => new(
        [
            "s / t#", "s^2 / t^2#", "landing, mu#", "total, mu#", "ratio#", "landing, log s#", "total, log s#", "ratio#", "closed form#",
            "best multiple#"
        ],
        [.. points.Select(p => (string[])
        [
            Number("G4", p.Width), Number("G4", p.Problem.Ratio), .. Ratio(p, 0), .. Ratio(p, 1),
            Number("G4", p.Problem.VarianceWithScore(0)[1] / p.Problem.VarianceWithScore(1)[1]), Variance(p.Best.Variance[1]),
        ])]);

    public static TableElement Discrete(ReparameterisationResult result) => new(
        ["estimator", "n#", "|bias|#", "noise alone gives#", "variance for each sample#", "better than the score function with baseline"],
        [.. result.Discrete.Select(l => (string[])
        [
            l.Measured.Name,
            l.Measured.Samples.ToString(CultureInfo.InvariantCulture),
            Number("F4", l.Bias),
            Number("F4", l.BiasError),
            Variance(l.TotalVariance),
            Verdict(l, result.Unbiased),
        ])]);

    private static string Verdict(DiscreteExpectation.Line line, DiscreteExpectation.Line unbiased)
    {
        if (line.IsUnbiased)
            return "";
        double samples = DiscreteExpectation.BreakEven(line, unbiased);
        return samples < 1 ? "never" : string.Create(CultureInfo.InvariantCulture, $"up to {Math.Floor(samples):N0} samples");
    }

    private static string[] Cells(MeasuredEstimator measured, int parameter, double exactMean, double exactVariance, bool isLimit) =>
    [
        Mean(measured.Mean[parameter], measured.MeanError[parameter]),
        Number("F1", Math.Round(measured.Score(parameter, exactMean), 1) + 0.0),
        Variance(measured.Variance[parameter]),
        (isLimit ? "> " : "") + Variance(exactVariance),
    ];

    private static string[] Ratio(WidthOfApproximation.Point p, int parameter)
    {
        double landing = p.Landing.Variance[parameter], total = p.Total.Variance[parameter];
        return [Variance(landing), Variance(total), landing < 1e-20 ? "0" : Number("G4", landing / total)];
    }

    // As many digits as the standard error allows, and it in units of the last: -0.3003(12).
    private static string Mean(double value, double error)
    {
        if (error < 1e-12)
            return Number("F5", Math.Round(value, 5) + 0.0);
        int digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, 12);
        string format = string.Create(CultureInfo.InvariantCulture, $"F{digits}");
        string rounded = value.ToString(format, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded}({error * Math.Pow(10, digits):F0})");
    }

    private static string Variance(double value)
        => value < 1e-20 ? "0" : Number(value is >= 1e-3 and < 1e5 ? "G4" : "0.000e0", value);

    private static string Number(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
