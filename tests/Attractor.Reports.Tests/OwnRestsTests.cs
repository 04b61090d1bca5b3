using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Reports.Tests;

/// <summary>What is stable in a model and not in its data is called so.</summary>
public sealed class OwnRestsTests
{
    private static readonly TimeSeries s_lorenz = Lorenz63.Default.Simulate(20_000);

    [Fact]
    public void A_stable_point_at_which_chaotic_data_never_rest_is_the_models_own_and_a_saddle_is_not()
    {
        // The centre of a wing, near which orbits linger for hundreds of steps.
        Cycle wing = Cycle([0.9, 0.5, 0.2], [8.485, 8.485, 27]), saddle = Cycle([1.1, 0.5, 0.2], [-8.485, -8.485, 27]);
        OwnRests own = OwnRests.Of(new([wing, saddle], [], 0, 0), [s_lorenz]);
        Assert.Equal([wing], own.FixedPoints);
        Assert.True(own.Contains(wing) && !own.Contains(saddle));
        Assert.StartsWith(
            "The model has 1 stable fixed point of its own: the data never rest there", own.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_trial_comes_to_rest_the_point_is_in_the_data()
    {
        // x' = x / 2 + (1, 2): to (2, 4).
        double[] values = new double[400];
        for (int t = 1; t < 200; t++)
            (values[2 * t], values[(2 * t) + 1]) = ((values[2 * (t - 1)] / 2) + 1, (values[(2 * t) - 1] / 2) + 2);
        TimeSeries comes = new(values, 2), wanders = Wandering();
        Cycle point = Cycle([0.5, 0.5], [2, 4]);
        CycleSet found = new([point], [], 0, 0);
        Assert.Empty(OwnRests.Of(found, [wanders, comes]).FixedPoints);
        Assert.Empty(OwnRests.Of(found, [comes.WithNoise(0.05, seed: 1)]).FixedPoints);
        Assert.Equal([point], OwnRests.Of(found, [wanders]).FixedPoints);
        Assert.Equal("", OwnRests.Of(found, [comes]).ToString());
    }

    [Fact]
    public void Data_on_a_cycle_have_it_whatever_its_phase_and_not_the_points_on_it()
    {
        // 1, 2, 4 in turn.
        TimeSeries turning = new([.. Enumerable.Range(0, 300).Select(t => (double)(1 << (t % 3)))], 1);
        Cycle there = Cycle([0.5], [4], [1], [2]), backwards = Cycle([0.5], [4], [2], [1]), point = Cycle([0.5], [7]);
        OwnRests own = OwnRests.Of(new([point], [there, backwards], 0, 0), [turning]);
        Assert.Equal([backwards], own.Cycles);
        Assert.Equal([point], own.FixedPoints);
        Assert.Contains("1 stable fixed point and 1 stable cycle of its own", own.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_rest_in_between_have_the_point_too()
    {
        // A pulse of ten rows, then rest for ten, and a pulse at the end.
        TimeSeries bursts = new([.. Enumerable.Range(0, 1010).Select(t => t % 20 < 10 ? 5.0 + (t % 10) : 0)], 1);
        Assert.Empty(OwnRests.Of(new([Cycle([0.5], [0])], [], 0, 0), [bursts]).FixedPoints);
    }

    [Fact]
    public void A_cycle_of_fewer_coordinates_than_the_data_is_refused()
        => Assert.Contains(
            "3 variables, and a cycle 2 coordinates",
            Assert.Throws<ArgumentException>(() => OwnRests.Of(new([Cycle([0.5], [1, 2])], [], 0, 0), [s_lorenz])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_report_says_it_in_legend_table_and_words()
    {
        Cycle wing = Cycle([0.9, 0.5, 0.2], [0.1, 0.1, 0.1]);
        ReconstructionReport report = Samples.Lorenz();
        CycleSet found = new([wing], [], 0, 0);
        string html = (report with { Cycles = found, Own = OwnRests.Of(found, [report.Truth]) }).ToReport().ToHtml();
        foreach (string words in (string[])
            [
                "stable fixed point: never in the data", "<td>stable; never in the data</td>",
                "1 stable fixed point of its own"
            ])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "never rest", (report with { Cycles = found }).ToReport().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_it_learnt_from_stand_beside_the_truth_with_its_axes()
    {
        ReconstructionReport report = Samples.Lorenz();
        Section geometry = (report with { LearntFrom = report.Truth.WithNoise(0.05, seed: 1) }).ToReport().Sections
            .Single(s => s.Heading == "Geometry");
        OrbitFigure[] figures = [.. ((Row)geometry.Elements.Single()).Elements.Cast<OrbitFigure>()];
        Assert.Equal(["True", "Learnt from", "Generated"], figures.Select(f => f.Title));
        Assert.All(figures, f => Assert.Equal((figures[0].Ranges, figures[0].Link), (f.Ranges, f.Link)));
        Assert.NotEqual(figures[0].Points[5], figures[1].Points[5]);
    }

    [Fact]
    public void An_orbit_that_stands_still_is_a_dot_in_the_axes_of_the_truth()
    {
        double[][] truth = [[0, 0, 0], [4, 1, 2]], still = [[1, 1, 1], [1.001, 1, 1]];
        IReadOnlyList<OrbitFigure> pair = OrbitFigure.SharingAxes(
            [new("a", "", "--true", ["x", "y", "z"], truth), new("b", "", "--true", ["x", "y", "z"], still)]);
        string[] html = [.. pair.Select(f => new Report("", "", [new("", [f])]).ToHtml())];
        Assert.Contains("\"mode\":\"lines\"", html[0], StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"markers\"", html[1], StringComparison.Ordinal);
        Assert.Contains("\"x\":[1.001]", html[1], StringComparison.Ordinal);
        // Boxes of one shape: 4, 1, 2 over their geometric mean, 2.
        foreach (string page in html)
        {
            Match ratio = Regex.Match(page, "\"aspectratio\":({[^}]*})");
            JsonElement sizes = JsonDocument.Parse(ratio.Groups[1].Value).RootElement;
            Assert.Equal((2, 0.5, 1), (Size("x"), Size("y"), Size("z")));

            double Size(string axis) => Math.Round(sizes.GetProperty(axis).GetDouble(), 12);
        }
    }

    private static TimeSeries Wandering()
    {
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => 4 * Math.Sin((i * 1.7) + (i % 2)))];
        return new(values, 2);
    }

    private static Cycle Cycle(double[] eigenvalues, params double[][] points)
        => new(points, [.. eigenvalues.Select(e => new Complex(e, 0))], 0);
}
