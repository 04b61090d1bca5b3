using Attractor.Learning;
using Attractor.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>What must not matter does not.</summary>
[Trait("Registers", "Narrow")]
public sealed class MixtureInvarianceTests
{
    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_order_of_rows_changes_the_bound_by_rounding_only(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        int rows = example.Rows.Length, columns = example.Rows.Dimension, components = example.Start.GetLength(1);
        int[] order = [.. Enumerable.Range(0, rows).OrderBy(n => n * 7919 % 307)];
        double[,] start = new double[rows, components];
        for (int n = 0; n < rows; n++)
            for (int k = 0; k < components; k++)
                start[n, k] = example.Start[order[n], k];
        TimeSeries permuted = new([.. order.SelectMany(n => example.Rows.Row(n).ToArray())], columns, 1, example.Rows.Names);
        MixtureFit a = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options),
            b = CoordinateAscent.Fit(example.Model(), permuted, example.Options with { Responsibilities = start });
        Assert.All(a.Trace.Zip(b.Trace), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * Math.Abs(pair.First)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_responsibilities_of_a_row_do_not_depend_on_the_rows_around_it(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        Mixture model = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options).Mixture;
        double[,] all = model.Responsibilities(example.Rows);
        for (int n = 0; n < Math.Min(24, example.Rows.Length); n++)
        {
            double[,] alone = model.Responsibilities(example.Rows.Slice(n, 1));
            for (int k = 0; k < model.Components; k++)
                Assert.Equal(all[n, k], alone[0, k], 1e-11);
        }
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(1e4)]
    public void Columns_that_are_moved_together_with_the_prior_leave_every_term_as_it_is(double offset)
    {
        double[,] start = MixtureCase.Of("every kind, missing").Start;
        MixtureFit here = At(0), there = At(offset);
        Assert.Equal(here.Trace.Count, there.Trace.Count);
        Assert.All(here.Trace.Zip(there.Trace), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Abs(pair.First)));
        Assert.All(
            here.Terms.Zip(there.Terms),
            pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-8 * (1 + Math.Abs(pair.First.Value))));

        MixtureFit At(double by)
        {
            TimeSeries plain = MixtureCase.Of("every kind, missing").Rows;
            // Rounded to what a double can hold that far out, so that both have the same data.
            double[] values = [.. plain.Values.ToArray().Select((v, i) => i % plain.Dimension < 7 ? Math.Round(v * 1024) / 1024 + by : v)];
            ConjugateBlock[] blocks =
            [
                new GaussianMeanBlock(["x1", "x2"], 0.8, [by, by], 0.2),
                new GaussianMeanBlock(["x3"], 1.5, 0.7, [by], 0.2),
                new NormalGammaBlock(["x4", "x5"], [by, by + 0.25], 0.3),
                new NormalWishartBlock(["x6", "x7"], [1, 0.25, 0.25, 1], [by, by], 0.3),
            ];
            return CoordinateAscent.Fit(
                new(3, blocks, MixtureWeights.Dirichlet(1)),
                new TimeSeries(values, plain.Dimension, 1, plain.Names),
                new() { Responsibilities = start, MaxSweeps = 20, Tolerance = 1e-300 });
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        EarthquakeSimulation data = new(rows: 20_000, components: 4, seed: 3);
        MixtureFit[] fits = [.. ((int?[])[1, 2, 3, null]).Select(threads => CoordinateAscent.Fit(
            EarthquakeSimulation.Model(4), data.Rows, new() { Threads = threads, Restarts = 2, MaxSweeps = 8, Seed = 5 }))];
        Assert.All(fits, fit => Assert.Equal(Bits(fits[0]), Bits(fit)));
    }

    [Fact]
    public void A_seed_gives_the_same_starts_and_another_seed_others()
    {
        EarthquakeSimulation data = new(rows: 400, components: 4, seed: 3);
        foreach (MixtureStart start in Enum.GetValues<MixtureStart>())
        {
            MixtureFit Fit(ulong seed) => CoordinateAscent.Fit(
                EarthquakeSimulation.Model(7), data.Rows, new() { Start = start, Restarts = 3, MaxSweeps = 3, Seed = seed });
            MixtureFit first = Fit(1);
            Assert.Equal(Bits(first), Bits(Fit(1)));
            Assert.NotEqual(first.Traces[0][0], Fit(2).Traces[0][0]);
            Assert.Equal(3, first.Traces.Select(t => t[0]).Distinct().Count());
        }
    }

    [Fact]
    public void Of_any_small_data_the_bound_rises_and_the_responsibilities_of_a_row_sum_to_1()
        => Prop.ForAll(Arb.ToArbitrary(Gen.Choose(0, int.MaxValue).Select(seed => (ulong)seed)), seed =>
        {
            (Mixture model, TimeSeries rows) = Any(new Random((int)seed));
            MixtureFit fit = CoordinateAscent.Fit(model, rows, new()
            {
                Restarts = 2,
                Start = seed % 2 == 0 ? MixtureStart.Random : MixtureStart.KMeansPlusPlus,
                Seed = seed,
                MaxSweeps = 30
            });
            bool rises = fit.Traces.All(t => t.Zip(t.Skip(1)).All(p => p.Second >= p.First - (1e-10 * Math.Abs(p.First))));
            double[,] r = model.Responsibilities(rows);
            bool sums = Enumerable.Range(0, rows.Length).All(
                n => Math.Abs(Enumerable.Range(0, model.Components).Sum(k => r[n, k]) - 1) < 1e-12);
            bool bounded = r.Cast<double>().All(v => v is >= 0 and <= 1 + 1e-15);
            bool counts = Math.Abs(fit.Counts.Sum() - rows.Length) < 1e-9;
            return (rises && sums && bounded && counts && model.LogPredictive(rows).All(double.IsFinite)).Label($"seed {seed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    // Blocks of any kinds with any priors, some values missing.
    private static (Mixture Model, TimeSeries Rows) Any(Random random)
    {
        int count = random.Next(4, 30), components = random.Next(1, 5);
        string[] names = ["a", "b", "c", "d", "e", "f"];
        double scale = Math.Pow(10, random.Next(-3, 4)), offset = scale * random.Next(-100, 100);
        double[] values = [.. Enumerable.Range(0, count).SelectMany(n => (double[])
        [
            Gaussian(), Gaussian(), Gaussian(), random.Next(0, (int)Math.Pow(10, random.Next(0, 6))), random.Next(2), random.Next(3),
        ])];
        for (int i = 12; i < values.Length; i++)
            if (random.NextDouble() < 0.1)
                values[i] = double.NaN;
        for (int c = 0; c < 6; c++)
            (values[c], values[6 + c]) = c < 3 ? (offset, offset + scale) : (0, 1);
        double p = 1 / (scale * scale);
        ConjugateBlock location = random.Next(4) switch
        {
            0 => new GaussianMeanBlock(["a", "b"], p * random.Next(1, 9), [offset, 0], p / random.Next(1, 99)),
            1 => new GaussianMeanBlock(
                ["a", "b"], 0.5 * random.Next(1, 9), random.Next(1, 9) / p, [offset, offset], p / random.Next(1, 99)),
            2 => new NormalGammaBlock(
                ["a", "b"], [offset, offset], 0.1 * random.Next(1, 9), 0.3 * random.Next(1, 9), random.Next(1, 9) / p),
            _ => new NormalWishartBlock(
                ["a", "b"], [2 / p, 1 / p, 1 / p, 3 / p], [offset, offset], 0.1 * random.Next(1, 9), 1 + (0.5 * random.Next(1, 9))),
        };
        ConjugateBlock[] others =
        [
            new NormalGammaBlock(["c"], [offset], 0.1, 0.5, 1 / p),
            new PoissonBlock("d", 0.2 * random.Next(1, 9), 0.1),
            new BernoulliBlock("e", 0.1 * random.Next(1, 20)),
            new CategoricalBlock("f", ["u", "v", "w"], 0.3),
        ];
        ConjugateBlock[] blocks = [location, .. others.Where(_ => random.Next(2) == 0)];
        MixtureWeights weights = random.Next(3) switch
        {
            0 => MixtureWeights.Uniform,
            1 => MixtureWeights.Dirichlet(0.05),
            _ => MixtureWeights.Dirichlet([.. Enumerable.Range(1, components).Select(k => 0.4 * k)])
        };
        return (new(components, blocks, weights), new(values, 6, 1, names));

        double Gaussian() => offset + (scale * ((3 * random.Next(3)) + random.NextDouble() + random.NextDouble() - 1));
    }

    private static long[] Bits(MixtureFit fit)
        => [.. fit.Traces.SelectMany(t => t).Concat(fit.Mixture.Snapshot()).Concat(fit.Counts).Concat(fit.Terms.Select(t => t.Value))
            .Select(BitConverter.DoubleToInt64Bits)];
}
