using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Figures of what is estimated from a recording, each with what was chosen in it.</summary>
public static class RecordingFigures
{
    /// <summary>Mutual information over the lag, with the delay chosen.</summary>
    public static LineFigure Information(IReadOnlyList<double> information, int delay) => new(
        "Mutual information", "Its first minimum: the delay at which the next coordinate says most that is new.", "lag, rows", "nats",
        [new("I(x(t), x(t + lag))", "--true", Count(information.Count), information)])
    {
        Mark = (delay, FormattableString.Invariant($"delay {delay}")),
    };

    /// <summary>Autocorrelation over the lag, with where it falls to 1/e.</summary>
    public static LineFigure Correlation(IReadOnlyList<double> autocorrelation, int? delay) => new(
        "Autocorrelation", "Linear memory only: where it has fallen to 1/e.", "lag, rows", "autocorrelation",
        [
            new("r(lag)", "--true", Count(autocorrelation.Count), autocorrelation),
            new("1/e", "--faint", [0, autocorrelation.Count - 1], [1 / Math.E, 1 / Math.E]) { Size = 1 },
        ])
    {
        Mark = delay is { } lag ? (lag, FormattableString.Invariant($"1/e at {lag}")) : null,
    };

    /// <summary>The share of false nearest neighbours over the dimension.</summary>
    public static LineFigure FalseNeighbours(FalseNearestNeighbours neighbours) => new(
        "False nearest neighbours",
        "Neighbours only because the space is too small. Enough is where fewer than 1 % are left.",
        "dimension m",
        "share",
        [new("false", "--true", Count(neighbours.Fractions.Length, 1), neighbours.Fractions)
        {
            Style = CurveStyle.LinesAndDots,
            Size = 2.5
        }])
    {
        XTicks = Count(neighbours.Fractions.Length, 1),
        Mark = neighbours.Dimension is { } m ? (m, FormattableString.Invariant($"m = {m}")) : null,
    };

    /// <summary>Cao's two curves over the dimension.</summary>
    public static LineFigure Cao(CaoEmbedding cao) => new(
        "Cao's method", "E1 levels off at 1 where the dimension suffices; E2 is 1 everywhere only for noise.", "dimension m", "E1, E2",
        [
            new("E1", "--true", Count(cao.E1.Length, 1), cao.E1) { Style = CurveStyle.LinesAndDots, Size = 2.5 },
            new("E2", "--generated", Count(cao.E2.Length, 1), cao.E2) { Style = CurveStyle.LinesAndDots, Size = 2.5 },
        ])
    {
        XTicks = Count(cao.E1.Length, 1),
        Mark = cao.Dimension is { } m ? (m, FormattableString.Invariant($"m = {m}")) : null,
    };

    /// <summary>The correlation sum over the radius, with the line fitted and the radii it was fitted to.</summary>
    public static LineFigure CorrelationSum(CorrelationDimension dimension)
    {
        CorrelationSum sum = dimension.Sum;
        LinearRegion region = dimension.Region;
        double[] radii = sum.Radii, values = [.. sum.Values.Select(c => c > 0 ? c : double.NaN)];
        double first = radii[region.From], last = radii[region.To];
        return new(
            "Correlation sum",
            "The share of pairs of points closer than r, and the stretch that was taken for a power law.",
            "radius r, units of the data",
            "C(r)",
            [
                new("C(r)", "--true", radii, values) { Style = CurveStyle.LinesAndDots, Size = 2.5 },
                new(
                    FormattableString.Invariant($"slope {dimension.Value:F3}"), "--generated", [first, last],
                    [
                        Math.Exp(region.Intercept + (region.Slope * Math.Log(first))),
                        Math.Exp(region.Intercept + (region.Slope * Math.Log(last)))
                    ]) { Size = 3 },
            ])
        {
            LogX = true,
            LogY = true,
            Height = 380,
        };
    }

    /// <summary>The local slopes of the correlation sum: a plateau is the dimension.</summary>
    public static LineFigure LocalSlopes(CorrelationDimension dimension)
    {
        double[] radii = dimension.Sum.Radii;
        return new(
            "Local slopes", "d ln C / d ln r over an octave: level where there is scaling.", "radius r, units of the data", "local slope",
            [
                new("local slope", "--true", radii, dimension.LocalSlopes) { Style = CurveStyle.LinesAndDots, Size = 2.5 },
                new(
                    FormattableString.Invariant($"D2 = {dimension.Value:F3}"),
                    "--generated",
                    [radii[dimension.Region.From], radii[dimension.Region.To]],
                    [dimension.Value, dimension.Value]) { Size = 3 },
            ])
        {
            LogX = true,
            Height = 320,
        };
    }

    /// <summary>The mean logarithm of the distance of neighbours over time, with the line fitted.</summary>
    /// <param name="divergence">The estimate.</param>
    /// <param name="dt">Time between two rows.</param>
    public static LineFigure Divergence(DivergenceOfNeighbours divergence, double dt)
    {
        LinearRegion region = divergence.Region;
        double[] time = [.. divergence.Curve.Select((_, step) => step * dt)];
        return new(
            "Divergence of neighbours",
            "The slope of the straight part is the largest Lyapunov exponent; before it distances turn, after it they are as "
            + "large as the attractor.",
            "time", "mean ln of the distance",
            [
                new("neighbours", "--true", time, divergence.Curve),
                new(
                    FormattableString.Invariant($"slope {divergence.Exponent / dt:F3}"), "--generated", [region.From * dt, region.To * dt],
                    [region.Intercept + (region.Slope * region.From), region.Intercept + (region.Slope * region.To)]) { Size = 3 },
            ])
        {
            Height = 380,
        };
    }

    private static double[] Count(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(i => (double)i)];
}
