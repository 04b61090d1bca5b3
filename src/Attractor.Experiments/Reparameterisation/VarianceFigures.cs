using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>Variances of estimators, measured and in closed form.</summary>
internal static class VarianceFigures
{
    private static readonly string[] s_colors = ["--true", "--seventh", "--generated", "--third", "--fifth", "--fourth", "--sixth"];

    private static readonly string[] s_parameters = ["mu", "log s"];

    /// <summary>Over the distance, the posterior itself left out, which a logarithmic axis has no place for.</summary>
    public static LineFigure Approach(IReadOnlyList<ApproachToPosterior.Point> points, int parameter)
    {
        ApproachToPosterior.Point[] apart = [.. points.Where(p => p.Distance > 0)];
        double[] x = [.. apart.Select(p => p.Distance)];
        return new(
            $"Derivative with respect to {s_parameters[parameter]}",
            parameter == 0
                ? "Total derivative, closed-form entropy and plain score function level out; the others fall with the square of the "
                    + "distance. The best multiple of the score leaves no variance at all, so that it has no place on the axis."
                : "Total derivative, closed-form entropy and plain score function level out; the others fall with the square of the "
                    + "distance to the posterior.",
            "distance from the posterior, delta", "variance for each sample",
            [.. apart[0].Lines.Select((line, e) => new Curve(
                line.Measured.Name, s_colors[e], x, [.. apart.Select(p => AboveRounding(p.Lines[e].Measured.Variance[parameter]))])
            {
                Style = CurveStyle.LinesAndDots,
                // Of equal variance as the total derivative.
                Dashed = e == 1,
            })])
        {
            LogX = true,
            LogY = true,
            XTicks = [.. x.Reverse()],
            Height = 420,
        };
    }

    /// <summary>Over s / t: closed forms as lines, measurements as dots.</summary>
    public static LineFigure Width(IReadOnlyList<WidthOfApproximation.Point> points, int parameter)
    {
        double[] widths = [.. Enumerable.Range(0, 281).Select(i => 0.2 + (0.005 * i))], measured = [.. points.Select(p => p.Width)];
        GaussianPosterior[] problems = [.. widths.Select(WidthOfApproximation.Problem)];
        return new(
            $"Derivative with respect to {s_parameters[parameter]}",
            "Lines: closed forms. Dots: measured.",
            "s / t",
            "variance for each sample",
            [
                new(
                    "sticking the landing",
                    "--generated",
                    widths,
                    [.. problems.Select(p => AboveRounding(p.VarianceWithScore(0)[parameter]))]),
                new("total derivative", "--true", widths, [.. problems.Select(p => AboveRounding(p.VarianceWithScore(1)[parameter]))]),
                new("landing, measured", "--generated", measured, [.. points.Select(p => AboveRounding(p.Landing.Variance[parameter]))])
                {
                    Style = CurveStyle.Dots,
                    Size = 7
                },
                new("total, measured", "--true", measured, [.. points.Select(p => AboveRounding(p.Total.Variance[parameter]))])
                {
                    Style = CurveStyle.Dots,
                    Size = 7
                },
            ])
        {
            LogY = true,
            Mark = (WidthOfApproximation.Crossing, "s^2 = t^2 / 2"),
            Height = 360,
        };
    }

    /// <summary>Bias and standard deviation over the temperature.</summary>
    public static LineFigure Trade(ReparameterisationResult result)
    {
        IReadOnlyList<double> temperatures = DiscreteExpectation.Temperatures;
        DiscreteExpectation.Line[] softmax = Of("Gumbel-softmax"), straight = Of("straight-through");
        double unbiased = Math.Sqrt(result.Unbiased.TotalVariance);
        return new(
            "Bias and standard deviation over the temperature",
            "Solid: the length of the bias. Dashed: the standard deviation of one sample. The score function has no bias, at any price.",
            "temperature", "length over all logits",
            [
                new("Gumbel-softmax, bias", "--generated", temperatures, [.. softmax.Select(l => l.Bias)])
                {
                    Style = CurveStyle.LinesAndDots,
                    Error = [.. softmax.Select(l => l.BiasError)]
                },
                new("Gumbel-softmax, deviation", "--generated", temperatures, [.. softmax.Select(l => Math.Sqrt(l.TotalVariance))])
                {
                    Dashed = true
                },
                new("straight-through, bias", "--third", temperatures, [.. straight.Select(l => l.Bias)])
                {
                    Style = CurveStyle.LinesAndDots,
                    Error = [.. straight.Select(l => l.BiasError)]
                },
                new("straight-through, deviation", "--third", temperatures, [.. straight.Select(l => Math.Sqrt(l.TotalVariance))])
                {
                    Dashed = true
                },
                new("score function with baseline, deviation", "--true", [temperatures[0], temperatures[^1]], [unbiased, unbiased])
                {
                    Dashed = true
                },
            ])
        {
            LogX = true,
            LogY = true,
            XTicks = temperatures,
            Height = 360,
        };

        DiscreteExpectation.Line[] Of(string name)
            => [.. result.Discrete.Where(l => l.Measured.Name.StartsWith(name, StringComparison.Ordinal))];
    }

    // Variances that are 0 but for rounding would stretch a logarithmic axis over thirty decades.
    private static double AboveRounding(double variance) => variance > 1e-20 ? variance : double.NaN;
}
