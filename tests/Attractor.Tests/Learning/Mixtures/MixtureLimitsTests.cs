using Attractor.Learning;
using Attractor.Models;
using Attractor.Tests.Learning.Mixtures.Bound;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>Components without rows, as many as rows, of one point; numbers that are very large or far away.</summary>
[Trait("Registers", "Narrow")]
public sealed class MixtureLimitsTests
{
    private static readonly CoordinateAscentOptions s_one = new() { MaxSweeps = 0 };

    [Theory]
    [InlineData("every kind")]
    [InlineData("every kind, missing")]
    public void A_component_that_is_given_no_rows_goes_back_to_the_prior(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        double[,] start = (double[,])example.Start.Clone();
        for (int n = 0; n < start.GetLength(0); n++)
            (start[n, 0], start[n, 1]) = (start[n, 0] + start[n, 1], 0);
        Mixture prior = example.Model(),
            model = CoordinateAscent.Fit(example.Model(), example.Rows, s_one with { Responsibilities = start }).Mixture;
        foreach ((PosteriorTensor expected, PosteriorTensor found) in prior.Tensors.Zip(model.Tensors))
        {
            if (expected.Shared)
                continue;
            int width = expected.Values.Length / model.Components;
            for (int i = 0; i < width; i++)
                Assert.Equal(expected.Values[width + i], found.Values[width + i], 1e-14 * (1 + Math.Abs(expected.Values[width + i])));
            Assert.NotEqual(expected.Values[..width], found.Values[..width]);
        }
    }

    [Fact]
    public void As_many_components_as_rows()
    {
        TimeSeries rows = EarthquakeExample.Rows;
        foreach (MixtureStart start in Enum.GetValues<MixtureStart>())
        {
            Mixture model = new(8, [new NormalGammaBlock(["x", "y"], [2, 2]), new PoissonBlock("s")], MixtureWeights.Dirichlet(1));
            MixtureFit fit = CoordinateAscent.Fit(model, rows, new() { Start = start });
            Assert.True(fit.Converged, fit.Reason);
            Assert.Equal(8, fit.Counts.Sum(), 1e-12);
        }
    }

    [Fact]
    public void One_row_of_one_component()
    {
        Mixture model = new(1, [new NormalGammaBlock(["x", "y"]), new PoissonBlock("s")]);
        MixtureFit fit = CoordinateAscent.Fit(model, EarthquakeExample.Rows.Slice(4, 1));
        Assert.True(fit.Converged);
        Assert.Equal(ConjugateEvidence.Enumerate(model, EarthquakeExample.Rows.Slice(4, 1)), fit.Elbo, 1e-12);
    }

    [Fact]
    public void A_component_of_one_point_many_times_over_has_the_precision_of_its_prior_s_rate()
    {
        TimeSeries rows = new([.. Enumerable.Range(0, 60).Select(n => n < 40 ? 7.3 : 1e3 + n)], 1, 1, ["x"]);
        double[,] start = new double[60, 2];
        for (int n = 0; n < 60; n++)
            start[n, n < 40 ? 0 : 1] = 1;
        // With the prior mean on the point nothing is left of the sum of squares.
        Mixture model = new(2, [new NormalGammaBlock(["x"], [7.3], 1, 2, 0.25)]);
        MixtureFit fit = CoordinateAscent.Fit(model, rows, new() { Responsibilities = start });
        NormalGammaPosterior q = (NormalGammaPosterior)model.Posteriors[0];
        Assert.True(fit.Converged);
        Assert.Equal(7.3, q.Mean(0)[0], 1e-10);
        Assert.Equal(22, q.Shape[0], 1e-6);
        Assert.Equal(0.25, q.Rate[0], 1e-8);
        Assert.Equal(ConjugateEvidence.LogJoint(model, rows, start), fit.Elbo, 1e-6);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e6)]
    [InlineData(1e9)]
    public void Far_from_the_origin_the_same_clusters_are_found(double offset)
    {
        // Multiples of 1/64: a double holds them exactly at 1e9 too.
        double[] x = [.. Enumerable.Range(0, 300).Select(n => (n % 3 * 16) + ((n * 37 % 101) / 64.0) + offset), .. new[] { offset }];
        TimeSeries rows = new(x, 1, 1, ["x"]);
        foreach (ConjugateBlock block in (ConjugateBlock[])[
            new GaussianMeanBlock(["x"], 4, [offset]),
            new GaussianMeanBlock(["x"], 1, 1, [offset], 0.01),
            new NormalGammaBlock(["x"], [offset]),
            new NormalWishartBlock(["x"], [1], [offset])
        ])
        {
            MixtureFit fit = CoordinateAscent.Fit(new(3, [block], MixtureWeights.Dirichlet(1)), rows);
            Assert.True(fit.Converged, $"{block.Kind}: {fit.Reason}");
            Assert.Equal(101, fit.Counts[0], 1e-6);
            Assert.Equal(100, fit.Counts[1], 1e-6);
        }
    }

    [Theory]
    [InlineData(1e3, 1e-9)]
    [InlineData(1e5, 1e-5)]
    [InlineData(1e6, 1e-3)]
    public void The_width_of_a_cluster_loses_digits_with_the_square_of_the_distance_of_the_others(double gap, double tolerance)
    {
        // The statistics are sums of squares from the mean of all rows: of 16 digits the width keeps what (gap / width)^2 leaves of them.
        double[] x = [.. Enumerable.Range(0, 400).Select(n => (n % 2 * gap) + Math.Sin(n * 1.7))],
            near = [.. x.Where((_, n) => n % 2 == 0)];
        foreach (ConjugateBlock block
            in (ConjugateBlock[])[new NormalGammaBlock(["x"], null, 0.01, 1, 1), new NormalWishartBlock(["x"], [2], null, 0.01, 2)])
        {
            Mixture model = CoordinateAscent.Fit(new(2, [block]), new TimeSeries(x, 1, 1, ["x"])).Mixture;
            double mean = near.Average(), expected = 2 + near.Sum(v => (v - mean) * (v - mean)) + (0.01 * 200 / 200.01 * mean * mean);
            double found = model.Posteriors[0] switch
            {
                NormalGammaPosterior q => 2 * q.Rate.Min(),
                NormalWishartPosterior q => Math.Min(q.InverseScale(0)[0], q.InverseScale(1)[0]),
                _ => double.NaN,
            };
            Assert.Equal(expected, found, tolerance * expected);
        }
    }

    [Fact]
    public void Counts_of_millions_are_counts()
    {
        TimeSeries rows = new(
            [.. Enumerable.Range(0, 200).Select(n => n % 2 == 0 ? 1_000_000.0 + (n * 53 % 997) : 2_000_000.0 + (n * 31 % 1999))],
            1,
            1,
            ["s"]);
        Mixture model = new(2, [new PoissonBlock("s", 1, 1e-6)]);
        MixtureFit fit = CoordinateAscent.Fit(model, rows);
        PoissonPosterior q = (PoissonPosterior)model.Posteriors[0];
        Assert.True(fit.Converged);
        Assert.Equal([100.0, 100.0], fit.Counts.Select(c => Math.Round(c, 9)));
        double[] sums = [.. new[] { 0, 1 }.Select(odd => Enumerable.Range(0, 200).Where(n => n % 2 == odd).Sum(n => rows[n, 0]))];
        Assert.Equal(sums.Select(s => 1 + s).Order(), q.Shape.Select(a => Math.Round(a)).Order());
        double[,] hard = new double[200, 2];
        for (int n = 0; n < 200; n++)
            hard[n, n % 2] = 1;
        double expected = ConjugateEvidence.LogJoint(model, rows, hard);
        Assert.Equal(expected, fit.Elbo, 1e-9 * Math.Abs(expected));
    }

    [Fact]
    public void The_largest_count_that_is_allowed_can_be_learnt_from()
    {
        TimeSeries rows = new([0, 1L << 53], 1, 1, ["s"]);
        MixtureFit fit = CoordinateAscent.Fit(new(2, [new PoissonBlock("s")]), rows);
        Assert.True(double.IsFinite(fit.Elbo));
    }

    [Fact]
    public void Rows_that_are_missing_altogether_say_nothing_and_belong_by_the_weights()
    {
        double[] values = [.. EarthquakeExample.Rows.Values, double.NaN, double.NaN, double.NaN];
        Mixture with = EarthquakeExample.Model(), without = EarthquakeExample.Model();
        double[,] start = new double[9, 2];
        for (int n = 0; n < 9; n++)
            (start[n, 0], start[n, 1]) = n < 8 ? (EarthquakeExample.Start[n, 0], EarthquakeExample.Start[n, 1]) : (0.4, 0.6);
        TimeSeries nine = new(values, 3, 1, ["x", "y", "s"]);
        MixtureFit a = CoordinateAscent.Fit(with, nine, new() { Responsibilities = start }),
            b = CoordinateAscent.Fit(without, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start });
        Assert.Equal(b.Elbo, a.Elbo, 1e-11);
        Assert.Equal(0.4, with.Responsibilities(nine)[8, 0], 1e-12);
        Assert.Equal(0, with.LogPredictive(nine)[8], 1e-12);
        Assert.Equal(new Dictionary<string, long> { ["x"] = 1, ["y"] = 1, ["s"] = 1 }, a.Missing);
        Assert.Empty(b.Missing);
    }

    [Fact]
    public void Given_responsibilities_of_which_some_digits_are_missing_are_brought_to_a_sum_of_1()
    {
        // At the optimum all that a sweep could do is to lower a bound that counts rows for less than one.
        Mixture model = EarthquakeExample.Model();
        CoordinateAscent.Fit(
            model, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start, Tolerance = 1e-14, CountTolerance = 1e-13 });
        double[,] optimum = model.Responsibilities(EarthquakeExample.Rows), rounded = new double[8, 2];
        for (int n = 0; n < 8; n++)
            for (int k = 0; k < 2; k++)
                rounded[n, k] = optimum[n, k] * (1 - 8e-7);
        MixtureFit fit = CoordinateAscent.Fit(model, EarthquakeExample.Rows, new() { Responsibilities = rounded });
        Assert.True(fit.Converged);
        Assert.Equal(fit.Elbo, fit.Trace[0], 1e-9);
    }
}
