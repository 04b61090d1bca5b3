using System.Numerics;
using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Reports.Tests;

/// <summary>Figures of dynamics: marks in orbits, and what was chosen in curves.</summary>
public sealed class DynamicsReportTests
{
    internal static CycleSet Cycles { get; } = new(
        [Fixed([0, 0, 0], 2), Fixed([8.485, 8.485, 27], 1.01), Fixed([1000, 0, 0], 3)],
        [new([[1, 2, 20], [3, 4, 22], [5, 6, 21]], [new(0.5, 0.2), new(0.5, -0.2), 0.1], 1e-12)], 0, 0);

    [Fact]
    public void What_lies_at_the_attractor_is_marked_and_what_is_far_away_only_listed()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(3000);
        IReadOnlyList<Mark> marks = CycleFigures.Marks(Cycles, orbit);
        Assert.Equal(["unstable fixed points", "stable 3-cycle"], marks.Select(m => m.Name));
        Assert.Equal(2, marks[0].Points.Count);
        Assert.True(marks[1].Filled && marks[1].Joined && !marks[0].Filled);
        TableElement table = CycleFigures.Table(Cycles);
        Assert.Equal(4, table.Rows.Count);
        Assert.Contains(table.Rows, r => r[1].StartsWith("1E+03", StringComparison.Ordinal));
        Assert.Contains("0.5+0.2i, 0.5-0.2i, 0.1", table.Rows[3][2], StringComparison.Ordinal);
        string html = (Samples.Lorenz() with { Cycles = Cycles }).ToReport().ToHtml();
        Assert.Contains("Fixed points and cycles", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_show_what_was_chosen()
    {
        TimeSeries series = Lorenz63.Default.Simulate(3000, 0.05);
        CorrelationDimension dimension = CorrelationDimension.Estimate(series, cancellationToken: TestContext.Current.CancellationToken);
        LineFigure sum = RecordingFigures.CorrelationSum(dimension);
        Assert.Equal([dimension.Sum.Radii[dimension.Region.From], dimension.Sum.Radii[dimension.Region.To]], sum.Curves[1].X);
        // The line lies on the curve where it was fitted.
        Assert.Equal(Math.Log(dimension.Sum.Values[dimension.Region.From]), Math.Log(sum.Curves[1].Y[0]), 0.2);
        DivergenceOfNeighbours divergence = LyapunovFromData.Rosenstein(series, cancellationToken: TestContext.Current.CancellationToken);
        LineFigure figure = RecordingFigures.Divergence(divergence, 0.05);
        Assert.Equal([divergence.Region.From * 0.05, divergence.Region.To * 0.05], figure.Curves[1].X);
        Assert.Equal((7, "delay 7"), RecordingFigures.Information([3, 2, 1], 7).Mark);
    }

    private static Cycle Fixed(double[] point, double eigenvalue) => new([point], [new Complex(eigenvalue, 0), 0.5, 0.25], 0);
}
