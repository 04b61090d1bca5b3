using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Recordings;

/// <summary>Delays, embeddings and neighbours against plain loops and exact values.</summary>
public sealed class RecordingTests
{
    [Fact]
    public void The_autocorrelation_is_that_of_the_plain_sum()
    {
        double[] x = Normal(501, 1);
        for (int t = 1; t < x.Length; t++)
            x[t] += 0.8 * x[t - 1];
        double mean = x.Average(), variance = x.Sum(v => (v - mean) * (v - mean));
        double[] r = Autocorrelation.Of(x, 60);
        for (int lag = 0; lag <= 60; lag++)
            Assert.Equal(Enumerable.Range(0, x.Length - lag).Sum(t => (x[t] - mean) * (x[t + lag] - mean)) / variance, r[lag], 1e-12);
        Assert.Equal(0, Autocorrelation.FirstBelow([1, 0.5], 1));
        Assert.Null(Autocorrelation.FirstBelow([1, 0.5], 0.1));
    }

    [Fact]
    public void The_mutual_information_of_a_pair_of_symbols_is_exact()
    {
        // Period 4 with values 1, 2, 3, 4 in equal shares: each value tells the next, ln 4 nats at every lag.
        double[] x = [.. Enumerable.Range(0, 400).Select(t => (double)(t % 4))];
        Assert.All(MutualInformation.Of(x, 12, bins: 4), i => Assert.Equal(Math.Log(4), i, 1e-3));
        // Independent values say nothing of each other, up to the bias (b - 1)^2 / 2 T.
        double[] noise = MutualInformation.Of(Normal(20_000, 2), 5, bins: 8);
        Assert.All(noise[1..], i => Assert.InRange(i, 0, 3 * 49 / 40_000.0));
    }

    [Fact]
    public void The_mutual_information_is_the_plain_histogram_of_ranks()
    {
        double[] x = Lorenz63.Default.Simulate(3000).Column(0);
        const int Bins = 10, Lag = 7;
        double[] sorted = [.. x.Order()];
        int[] symbol = [.. x.Select(v => Array.IndexOf(sorted, v) * Bins / x.Length)];
        var pairs = Enumerable.Range(0, x.Length - Lag).Select(t => (A: symbol[t], B: symbol[t + Lag])).ToList();
        double n = pairs.Count, expected = pairs.GroupBy(p => p).Sum(g =>
            g.Count() / n * Math.Log(g.Count() * n / pairs.Count(p => p.A == g.Key.A) / pairs.Count(p => p.B == g.Key.B)));
        Assert.Equal(expected, MutualInformation.Of(x, Lag, Bins)[Lag], 1e-12);
    }

    [Fact]
    public void An_embedding_takes_each_coordinate_one_delay_earlier()
    {
        TimeSeries series = new([.. Enumerable.Range(0, 40).Select(i => (double)i)], 2, 0.5, ["a", "b"]);
        TimeSeries embedded = DelayEmbedding.Of(series, dimension: 3, delay: 4, column: 1);
        Assert.Equal((12, 3, 0.5), (embedded.Length, embedded.Dimension, embedded.Dt));
        Assert.Equal(["b(t)", "b(t - 4)", "b(t - 8)"], embedded.Names);
        Assert.Equal([series[13, 1], series[9, 1], series[5, 1]], embedded.Row(5).ToArray());
        Assert.Contains("needs more than 20 rows", Assert.Throws<ArgumentException>(() => DelayEmbedding.Of(series, 3, 10)).Message);
    }

    [Fact]
    public void The_tree_finds_what_a_plain_search_finds()
    {
        foreach (Norm norm in (Norm[])[Norm.Euclidean, Norm.Maximum])
        {
            foreach ((int n, int d) in ((int, int)[])[(1, 2), (5, 1), (17, 3), (500, 1), (999, 4)])
            {
                double[] points = Normal(n * d, (ulong)(n + d));
                // Equal points, and a line of them.
                for (int i = 0; i < n / 5; i++)
                    points[(i * d)..((i + 1) * d)].AsSpan().CopyTo(points.AsSpan((n - 1 - i) * d));
                PointTree tree = new(points, d, norm);
                for (int i = 0; i < n; i += 7)
                {
                    double Distance(int j)
                    {
                        IEnumerable<double> differences = Enumerable.Range(0, d).Select(
                            k => Math.Abs(points[(i * d) + k] - points[(j * d) + k]));
                        return norm is Norm.Euclidean ? Math.Sqrt(differences.Sum(x => x * x)) : differences.Max();
                    }
                    int[] allowed = [.. Enumerable.Range(0, n).Where(j => Math.Abs(i - j) > 3 && j <= n - 10)];
                    (int time, double distance) = tree.Nearest(points.AsSpan(i * d, d), i, 3, n - 10);
                    Assert.Equal(allowed.Length == 0 ? -1 : allowed.OrderBy(Distance).ThenBy(j => j).First(), time);
                    if (time >= 0)
                        Assert.Equal(Distance(time), distance, 1e-12);
                    List<int> found = [];
                    tree.Within(points.AsSpan(i * d, d), i, 3, 0.49, n - 10, found);
                    Assert.Equal(allowed.Where(j => Distance(j) < 0.7), found.Order());
                }
            }
        }
    }

    [Fact]
    public void A_sine_needs_two_dimensions_and_Lorenz_three_or_more_by_both_methods()
    {
        double[] sine = [.. Enumerable.Range(0, 3000).Select(t => Math.Sin(0.0713 * t))];
        // A quarter of the period.
        Assert.Equal(2, FalseNearestNeighbours.Of(sine, 22, 5).Dimension);
        double[] lorenz = Lorenz63.Default.Simulate(10_000, 0.02).Column(0);
        FalseNearestNeighbours neighbours = FalseNearestNeighbours.Of(lorenz, 8, 6);
        Assert.Equal(3, neighbours.Dimension);
        Assert.InRange(neighbours.Fractions[0], 0.5, 1);
        CaoEmbedding cao = CaoEmbedding.Of(lorenz, 8, 8);
        Assert.InRange(cao.Dimension!.Value, 3, 6);
        // Noise: the one curve never levels off below the last dimensions, the other is 1 from the start.
        CaoEmbedding noise = CaoEmbedding.Of(Normal(5000, 3), 1, 6);
        Assert.All(noise.E2, e => Assert.Equal(1, e, 0.1));
        Assert.True(cao.E2.Min() < 0.8);
    }

    [Fact]
    public void False_neighbours_and_Cao_agree_with_plain_loops()
    {
        double[] x = Lorenz63.Default.Simulate(400, 0.05).Column(0);
        const int Delay = 3, Window = 5, M = 2;
        int rows = x.Length - (M * Delay), falses = 0;
        double deviation = Math.Sqrt(x.Average(v => v * v) - (x.Average() * x.Average())), e = 0;
        for (int t = 0; t < rows; t++)
        {
            double Euclid(int j) => Math.Sqrt(Enumerable.Range(0, M).Sum(k => Math.Pow(x[t + (k * Delay)] - x[j + (k * Delay)], 2)));
            double Largest(int j, int m) => Enumerable.Range(0, m).Max(k => Math.Abs(x[t + (k * Delay)] - x[j + (k * Delay)]));
            int[] allowed = [.. Enumerable.Range(0, rows).Where(j => Math.Abs(j - t) > Window)];
            int near = allowed.MinBy(Euclid), nearest = allowed.MinBy(j => Largest(j, M));
            double r = Euclid(near), further = Math.Abs(x[t + (M * Delay)] - x[near + (M * Delay)]);
            falses += further / r > 15 || Math.Sqrt((r * r) + (further * further)) / deviation > 2 ? 1 : 0;
            e += Largest(nearest, M + 1) / Largest(nearest, M) / rows;
        }
        Assert.Equal((double)falses / rows, FalseNearestNeighbours.Of(x, Delay, 3, Window).Fractions[M - 1], 1e-12);
        double[] e1 = CaoEmbedding.Of(x, Delay, 2, Window).E1;
        double next = 0;
        int shorter = x.Length - (3 * Delay);
        for (int t = 0; t < shorter; t++)
        {
            double Largest(int j, int m) => Enumerable.Range(0, m).Max(k => Math.Abs(x[t + (k * Delay)] - x[j + (k * Delay)]));
            int nearest = Enumerable.Range(0, shorter).Where(j => Math.Abs(j - t) > Window).MinBy(j => Largest(j, 3));
            next += Largest(nearest, 4) / Largest(nearest, 3) / shorter;
        }
        Assert.Equal(next / e, e1[1], 1e-12);
    }

    [Fact]
    public void The_mean_period_of_a_sine_is_its_period()
        => Assert.Equal(50, TheilerWindow.MeanPeriod([.. Enumerable.Range(0, 1000).Select(t => Math.Sin(2 * Math.PI * t / 50))]));

    [Fact]
    public void Missing_values_and_short_recordings_are_refused_with_a_reason()
    {
        double[] gap = [.. Enumerable.Range(0, 300).Select(t => t == 17 ? double.NaN : Math.Sin(t))];
        Assert.Contains("value at 17", Assert.Throws<ArgumentException>(() => Autocorrelation.Of(gap, 5)).Message);
        Assert.Contains("row 17", Assert.Throws<ArgumentException>(
            () => CorrelationDimension.Estimate(new(gap, 1), cancellationToken: TestContext.Current.CancellationToken)).Message);
        Assert.Contains("too few", Assert.Throws<ArgumentException>(() => FalseNearestNeighbours.Of([1, 2, 3, 4], 1)).Message);
        Assert.Contains("too few", Assert.Throws<ArgumentException>(
            () => LyapunovFromData.Rosenstein(new([1, 2, 3], 1), cancellationToken: TestContext.Current.CancellationToken)).Message);
        Assert.Contains("all the same", Assert.Throws<ArgumentException>(
            () => CorrelationSum.Of(new(new double[300], 1), cancellationToken: TestContext.Current.CancellationToken)).Message);
    }

    internal static double[] Normal(int count, ulong seed)
    {
        RandomStream random = new(seed, "test");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
