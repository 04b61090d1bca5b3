using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>The true and the generated attractor side by side, in three dimensions.</summary>
internal static class GeometryFigures
{
    // An orbit has to stay a line: the first points of it, not every n-th.
    private const int MostPoints = 12_000;

    private const int HeightOfThree = 300;

    /// <param name="truth">The data.</param>
    /// <param name="generated">The model's run.</param>
    /// <param name="cycles">Fixed points and cycles to mark; none if null.</param>
    /// <param name="own">Which of these the data do not have.</param>
    /// <param name="learntFrom">What the model was shown, where that is not the truth.</param>
    public static IEnumerable<Element> Of(
        TimeSeries truth, TimeSeries generated, CycleSet? cycles = null, OwnRests? own = null, TimeSeries? learntFrom = null)
    {
        if (!double.IsFinite(generated[Math.Min(generated.Length - 1, 1), 0]))
        {
            yield return new Paragraph("The model's orbit diverges at once: there is no attractor to show.");
            yield break;
        }
        yield return truth.Dimension == 2 ? Plane(truth, generated, learntFrom) : Space(truth, generated, cycles, own, learntFrom);
    }

    private static Row Space(
        TimeSeries truth, TimeSeries generated, CycleSet? cycles, OwnRests? own, TimeSeries? learntFrom)
    {
        int lag = truth.Dimension == 1 ? Lag(truth) : 0;
        string[] labels = truth.Dimension >= 3
            ? [.. truth.Names.Take(3)]
            : [$"{truth.Names[0]}(t)", $"{truth.Names[0]}(t - {lag})", $"{truth.Names[0]}(t - {2 * lag})"];
        IReadOnlyList<OrbitFigure> figures = OrbitFigure.SharingAxes(
        [
            new OrbitFigure("True", "", "--true", labels, Points(truth, lag)) { Link = "attractor" },
            .. learntFrom is null
                ? (OrbitFigure[])[]
                : [new("Learnt from", "The data with their noise.", "--third", labels, Points(learntFrom, lag)) { Link = "attractor" }],
            new OrbitFigure("Generated", "Drag to turn all.", "--generated", labels, Points(generated, lag))
            {
                Link = "attractor",
                Marks = cycles is null || lag > 0 ? [] : CycleFigures.Marks(cycles, generated, own),
            },
        ]);
        // A box is as wide as its figure is high: three beside each other are narrower.
        return new([.. figures.Select(f => learntFrom is null ? f : f with { Height = HeightOfThree })]);
    }

    private static LineFigure Plane(TimeSeries truth, TimeSeries generated, TimeSeries? learntFrom) => new(
        "Attractor", "", truth.Names[0], truth.Names[1],
        [
            .. learntFrom is null
                ? (Curve[])[]
                : [new("learnt from", "--third", Head(learntFrom, 0), Head(learntFrom, 1)) { Size = 0.8 }],
            new("true", "--true", Head(truth, 0), Head(truth, 1)) { Size = 0.8 },
            new("generated", "--generated", Head(generated, 0), Head(generated, 1)) { Size = 0.8 },
        ])
    {
        Height = 480,
        EqualAspect = true,
    };

    private static double[] Head(TimeSeries series, int n) => [.. series.Column(n).Take(MostPoints)];

    private static double[][] Points(TimeSeries series, int lag)
    {
        int first = 2 * lag, count = Math.Max(0, Math.Min(MostPoints, series.Length - first));
        double[][] points = new double[count][];
        for (int t = 0; t < count; t++)
            points[t] = lag == 0 ? series.Row(t)[..3].ToArray() : [series[t + first, 0], series[t + first - lag, 0], series[t, 0]];
        return points;
    }

    // Where the autocorrelation has fallen to 1/e.
    private static int Lag(TimeSeries series)
    {
        if (series.FindNonFinite() is not null)
            return 1;
        int most = Math.Clamp(series.Length / 10, 1, 1000);
        return Math.Max(1, Autocorrelation.FirstBelow(Autocorrelation.Of(series.Column(0), most), 1 / Math.E) ?? most);
    }
}
