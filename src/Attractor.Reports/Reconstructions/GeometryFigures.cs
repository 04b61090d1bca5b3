using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>The true and the generated attractor side by side, in three dimensions or in the plane.</summary>
/// <param name="Truth">T x N.</param>
/// <param name="Generated">The model's run: any length, N variables.</param>
internal sealed record GeometryFigures(TimeSeries Truth, TimeSeries Generated)
{
    // An orbit has to stay a line: the first points of it, not every n-th.
    private const int MostPoints = 12_000;

    private const int HeightOfThree = 300;

    /// <summary>Fixed points and cycles to mark; none if null.</summary>
    public CycleSet? Cycles { get; init; }

    /// <summary>Which of these the data do not have.</summary>
    public OwnRests? Own { get; init; }

    /// <summary>What the model was shown, where that is not the truth.</summary>
    public TimeSeries? LearntFrom { get; init; }

    /// <summary>What the two are called.</summary>
    public (string Truth, string Generated) Names { get; init; } = ("True", "Generated");

    /// <summary>Several recordings, each with the run beside it: nothing is drawn from the end of one to the next.</summary>
    public IReadOnlyList<(TimeSeries Truth, TimeSeries Generated)> Trials { get; init; } = [(Truth, Generated)];

    /// <summary>The figures.</summary>
    public IEnumerable<Element> Elements()
    {
        if (Trials.All(trial => !double.IsFinite(trial.Generated[Math.Min(trial.Generated.Length - 1, 1), 0])))
        {
            yield return new Paragraph("The model's orbit diverges at once: there is no attractor to show.");
            yield break;
        }
        yield return Truth.Dimension == 2 ? Plane() : Space();
    }

    private Row Space()
    {
        int lag = Truth.Dimension == 1 ? Lag(Truth) : 0;
        string[] labels = Truth.Dimension >= 3
            ? [.. Truth.Names.Take(3)]
            : [$"{Truth.Names[0]}(t)", $"{Truth.Names[0]}(t - {lag})", $"{Truth.Names[0]}(t - {2 * lag})"];
        IReadOnlyList<OrbitFigure> figures = OrbitFigure.SharingAxes(
        [
            new OrbitFigure(Names.Truth, "", "--true", labels, Points(Truths, lag)) { Link = "attractor" },
            .. LearntFrom is null
                ? (OrbitFigure[])[]
                : [new("Learnt from", "The data with their noise.", "--third", labels, Points([LearntFrom], lag)) { Link = "attractor" }],
            new OrbitFigure(
                Names.Generated,
                LearntFrom is null ? "Drag to turn both." : "Drag to turn all.",
                "--generated",
                labels,
                Points(Runs, lag))
            {
                Link = "attractor",
                Marks = Cycles is null || lag > 0 ? [] : CycleFigures.Marks(Cycles, TrialCurves.Joined(Runs), Own),
            },
        ]);
        // A box is as wide as its figure is high: three beside each other are narrower.
        return new([.. figures.Select(f => LearntFrom is null ? f : f with { Height = HeightOfThree })]);
    }

    private LineFigure Plane() => new(
        "Attractor", "", Truth.Names[0], Truth.Names[1],
        [
            .. LearntFrom is null
                ? (Curve[])[]
                : [new("learnt from", "--third", Head([LearntFrom], 0), Head([LearntFrom], 1)) { Size = 0.8 }],
            new(Names.Truth.ToLowerInvariant(), "--true", Head(Truths, 0), Head(Truths, 1)) { Size = 0.8 },
            new(Names.Generated.ToLowerInvariant(), "--generated", Head(Runs, 0), Head(Runs, 1)) { Size = 0.8 },
        ])
    {
        Height = 480,
        EqualAspect = true,
    };

    private TimeSeries[] Truths => [.. Trials.Select(trial => trial.Truth)];

    private TimeSeries[] Runs => [.. Trials.Select(trial => trial.Generated)];

    private static double[] Head(IReadOnlyList<TimeSeries> trials, int n)
        => TrialCurves.Of([.. trials.Select(trial => trial.Column(n))], double.NaN, MostPoints);

    private static double[][] Points(IReadOnlyList<TimeSeries> trials, int lag)
    {
        return TrialCurves.Of([.. trials.Select(Own)], [double.NaN, double.NaN, double.NaN], MostPoints);

        double[][] Own(TimeSeries series)
        {
            int first = 2 * lag;
            double[][] points = new double[Math.Max(0, Math.Min(MostPoints, series.Length - first))][];
            for (int t = 0; t < points.Length; t++)
                points[t] = lag == 0 ? series.Row(t)[..3].ToArray() : [series[t + first, 0], series[t + first - lag, 0], series[t, 0]];
            return points;
        }
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
