using Attractor.Numerics;

namespace Attractor.Runs.Tests;

/// <summary>Functions whose shares of variance are known.</summary>
public sealed class FunctionalAnovaTests
{
    [Fact]
    public void Of_a_sum_each_variable_has_the_share_of_its_own_variance()
    {
        // a x + b y with x and y even on [0, 1]: variances a^2 / 12 and b^2 / 12.
        double[] shares = Shares(400, 3, x => (2 * x[0]) + x[1]);
        Assert.Equal(0.8, shares[0], 0.06);
        Assert.Equal(0.2, shares[1], 0.06);
        Assert.InRange(shares[2], 0, 0.02);
    }

    [Fact]
    public void Of_a_product_about_the_middle_no_variable_decides_anything_by_itself()
    {
        double[] shares = Shares(500, 2, x => Math.Sign(x[0] - 0.5) * Math.Sign(x[1] - 0.5));
        Assert.All(shares, s => Assert.InRange(s, 0, 0.1));
    }

    [Fact]
    public void Of_a_step_beside_its_interaction_the_shares_are_those_of_the_closed_form()
    {
        // u + u v with u and v of -1 and 1: u has 1 of 2 by itself, v nothing, both together the other half.
        double[] shares = Shares(500, 2, x => Math.Sign(x[0] - 0.3) is var u ? u + (u * Math.Sign(x[1] - 0.5)) : 0);
        // P(u = 1) = 0.7: E[f | u] = u, of variance 1 - 0.4^2 = 0.84; E[f | v] = 0.4 (1 + v), of variance 0.16; of f 2 - 0.16 = 1.84.
        Assert.Equal(0.84 / 1.84, shares[0], 0.06);
        Assert.Equal(0.16 / 1.84, shares[1], 0.06);
    }

    [Fact]
    public void Points_that_crowd_do_not_change_the_measure()
    {
        // Nine of ten points in a tenth of the first variable: over the whole of it the function is the same sum.
        RandomStream random = new(3, "crowd");
        double[][] points = [.. Enumerable.Range(0, 1500).Select(
            n => (double[])[n % 10 > 0 ? 0.1 * random.NextDouble() : random.NextDouble(), random.NextDouble()])];
        double[] shares = new FunctionalAnova(points, [.. points.Select(x => x[0] + x[1])]).Singles();
        Assert.Equal(0.5, shares[0], 0.12);
        Assert.Equal(0.5, shares[1], 0.12);
    }

    [Fact]
    public void A_function_that_is_the_same_everywhere_has_no_shares()
        => Assert.All(Shares(50, 2, _ => 7), s => Assert.Equal(0, s));

    [Fact]
    public void Settings_of_a_study_are_measured_as_they_are_drawn()
    {
        StudySpace space = StudySpace.Parse("shplrnn", ["lr=1e-5..1e-1", "hidden=2..64", "optimizer=adam,radam,sgd", "alpha=0.5"]);
        SampledTrial[] trials = [.. Enumerable.Range(0, 200).Select(n => new SobolSampler().Sample(space, 1, n, []))
            .Select((point, n) => new SampledTrial(n, point, [Math.Abs(Math.Log10(point[0]) + 3) + (point[2] == 1 ? 3 : 0)], null))];
        IReadOnlyList<double?> shares = SettingImportance.Of(space, trials);
        Assert.InRange(shares[0]!.Value, 0.1, 0.5);
        Assert.InRange(shares[1]!.Value, 0, 0.05);
        Assert.InRange(shares[2]!.Value, 0.4, 0.9);
        Assert.Null(shares[3]);
        Assert.All(SettingImportance.Of(space, trials[..5]), s => Assert.Null(s));
    }

    private static double[] Shares(int points, int dimensions, Func<double[], double> function)
    {
        RandomStream random = new(1, "points");
        double[][] all = [.. Enumerable.Range(0, points).Select(
            _ => (double[])[.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())])];
        return new FunctionalAnova(all, [.. all.Select(function)]).Singles();
    }
}
