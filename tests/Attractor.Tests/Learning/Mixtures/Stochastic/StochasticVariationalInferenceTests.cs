using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures.Stochastic;

public sealed class StochasticVariationalInferenceTests
{
    private static readonly StochasticOptions s_options = new()
    {
        BatchSize = 400,
        Epochs = 6,
        Restarts = 2,
        Tolerance = 1e-12,
        Seed = 5,
        Threads = 1
    };

    public static TheoryData<string> Gaussians => SimulatedRows.Gaussians;

    [Theory]
    [InlineData("spherical")]
    [InlineData("full")]
    public void Its_last_bound_is_within_3_nats_in_10_million_of_that_of_coordinate_ascent(string gaussian)
    {
        IRowSource rows = SimulatedRows.Draw(50_000, missing: 0.02);
        double best = CoordinateAscent.Fit(SimulatedRows.Model(gaussian), rows, new() { Restarts = 2, Seed = 1 }).Elbo;
        MixtureFit fit = StochasticVariationalInference.Fit(
            SimulatedRows.Model(gaussian), rows, new() { BatchSize = 1000, Epochs = 20, Restarts = 2, Seed = 1, Tolerance = 1e-12 });
        Assert.InRange((best - fit.Elbo) / Math.Abs(best), -1e-9, 3e-7);
        Assert.True(fit.Trace[1] < fit.Elbo, "the epochs have not gone on from the fit of the sample");
    }

    [Theory]
    [MemberData(nameof(Gaussians))]
    public void Threads_do_not_change_a_bit(string gaussian)
    {
        IRowSource rows = SimulatedRows.Draw(3001, missing: 0.05);
        (double[] one, double[] trace) = Fit(rows, s_options with { BatchSize = 1100, Epochs = 3 }, gaussian);
        foreach (int threads in (int[])[2, 3])
        {
            (double[] more, double[] other) = Fit(rows, s_options with { BatchSize = 1100, Epochs = 3, Threads = threads }, gaussian);
            Assert.Equal(one, more);
            Assert.Equal(trace, other);
        }
    }

    [Fact]
    public void A_fit_resumed_from_any_epoch_ends_in_the_same_bits()
    {
        IRowSource rows = SimulatedRows.Draw(2000, missing: 0.05);
        List<MixtureState> states = [];
        Mixture whole = SimulatedRows.Model();
        MixtureFit fit = StochasticVariationalInference.Fit(
            whole, rows, s_options, null, new() { Checkpoint = (state, _) => states.Add(state), CheckpointInterval = TimeSpan.Zero });
        // Each epoch, and the end.
        Assert.Equal([2, 3, 4, 5, 6, 7, 7], states.Select(s => s.Updates));
        foreach (MixtureState state in states)
            AssertGoesOnTo(fit, whole, rows, state, s_options);
    }

    [Fact]
    public void A_fit_that_has_converged_goes_no_further_when_it_is_resumed()
    {
        IRowSource rows = SimulatedRows.Draw(2000);
        StochasticOptions options = s_options with { Tolerance = 1e-3, Epochs = 50 };
        List<MixtureState> states = [];
        Mixture whole = SimulatedRows.Model();
        MixtureFit fit = StochasticVariationalInference.Fit(
            whole, rows, options, null, new() { Checkpoint = (state, _) => states.Add(state), CheckpointInterval = TimeSpan.Zero });
        Assert.True(fit.Converged);
        Assert.InRange(fit.Trace.Count, 2, 49);
        foreach (MixtureState state in states)
            Assert.True(AssertGoesOnTo(fit, whole, rows, state, options).Converged);
    }

    [Fact]
    public void A_cancelled_fit_gives_the_state_after_the_last_epoch()
    {
        IRowSource rows = SimulatedRows.Draw(2000);
        Mixture whole = SimulatedRows.Model(), stopped = SimulatedRows.Model();
        MixtureFit fit = StochasticVariationalInference.Fit(whole, rows, s_options);
        using CancellationTokenSource source = new();
        MixtureFit cancelled = StochasticVariationalInference.Fit(
            stopped, rows, s_options, null, new() { Sweep = point => { if (point.Sweep == 2) source.Cancel(); } }, source.Token);
        Assert.Equal((TrainingEnding.Cancelled, false), (cancelled.Ending, cancelled.Converged));
        Assert.Equal(fit.Trace.Take(3), cancelled.Trace);
        AssertGoesOnTo(fit, whole, rows, cancelled.State, s_options);
    }

    [Fact]
    public void A_fit_cancelled_while_it_looks_for_its_start_goes_on_to_the_same_bits()
    {
        IRowSource rows = SimulatedRows.Draw(500);
        Mixture whole = SimulatedRows.Model();
        MixtureFit fit = StochasticVariationalInference.Fit(whole, rows, s_options);
        MixtureState? saved = null;
        MixtureFit cancelled = StochasticVariationalInference.Fit(
            SimulatedRows.Model(),
            rows,
            s_options,
            callbacks: new() { Checkpoint = (state, _) => saved = state },
            cancellationToken: new(canceled: true));
        Assert.Equal(TrainingEnding.Cancelled, cancelled.Ending);
        Assert.Empty(cancelled.Trace);
        Assert.NotNull(cancelled.State.Start);
        Assert.Same(saved, cancelled.State);
        AssertGoesOnTo(fit, whole, rows, MixtureState.FromTensors(cancelled.State.ToTensors()), s_options);
    }

    [Fact]
    public void Rows_on_disk_give_the_bits_of_rows_in_memory()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "rows.csv");
        try
        {
            IRowSource drawn = SimulatedRows.Draw(20_000, missing: 0.05);
            double[] values = new double[5 * drawn.Count];
            drawn.Read(0, values);
            string[] levels = ["p", "q", "r"];
            File.WriteAllLines(
                file, ["c,x,other,y,s,b", .. values.Chunk(5).Select(
                    r => $"{(double.IsNaN(r[4]) ? "" : levels[(int)r[4]])},{Text(r[0])},-,{Text(r[1])},{Text(r[2])},{Text(r[3])}")]);
            using RowStore store = RowStore.Create(
                file,
                [
                    new("x", ColumnKind.Real), new("y", ColumnKind.Real), new("s", ColumnKind.Count), new("b", ColumnKind.Binary),
                    new("c", ColumnKind.Category) { Levels = levels },
                ]);
            StochasticOptions options = s_options with { BatchSize = 3000, Epochs = 2, Threads = 2 };
            (double[] onDisk, double[] trace) = Fit(store, options);
            (double[] inMemory, double[] other) = Fit(new RowSample(values, store), options);
            Assert.Equal(inMemory, onDisk);
            Assert.Equal(other, trace);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public void Missing_values_are_counted_and_a_category_that_none_but_they_tell_apart_is_found()
    {
        IRowSource rows = SimulatedRows.Draw(4000, missing: 0.1);
        MixtureFit fit = StochasticVariationalInference.Fit(SimulatedRows.Model(), rows, s_options);
        Assert.Equal(["b", "c", "s", "x", "y"], fit.Missing.Keys.Order());
        Assert.All(fit.Missing.Values, m => Assert.InRange(m, 300, 500));
        Assert.Equal(4000, fit.Counts.Sum(), 1e-6);
        // Three components of equal weight.
        Assert.All(fit.Mixture.Weights.Mean, w => Assert.InRange(w, 0.27, 0.4));
        Assert.Equal(fit.Elbo, fit.Terms.Sum(t => t.Value), 1e-6);
        Assert.Equal(fit.Counts.OrderDescending(), fit.Counts);
    }

    [Fact]
    public void The_bound_it_ends_with_is_that_of_all_rows_whatever_the_size_of_the_batches()
    {
        IRowSource rows = SimulatedRows.Draw(1000);
        foreach (int batch in (int[])[1, 7, 999, 1000, 100_000])
        {
            Mixture mixture = SimulatedRows.Model();
            MixtureFit fit = StochasticVariationalInference.Fit(mixture, rows, s_options with { BatchSize = batch, Epochs = 1 });
            double[] predictive = mixture.LogPredictive(SimulatedRows.Series(1000));
            Assert.All(predictive, p => Assert.True(double.IsFinite(p)));
            Assert.Equal(2, fit.Trace.Count);
            Assert.Equal(fit.Trace[1], fit.Elbo);
            Assert.True(fit.Elbo > -1000 * 12, $"batches of {batch}: {fit.Elbo}");
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        IRowSource rows = SimulatedRows.Draw(50);
        foreach ((StochasticOptions options, string name) in ((StochasticOptions, string)[])
            [
                (new() { BatchSize = 0 }, nameof(StochasticOptions.BatchSize)), (new() { Epochs = 0 }, nameof(StochasticOptions.Epochs)),
                (new() { Restarts = 0 }, nameof(StochasticOptions.Restarts)), (new() { Threads = -1 }, nameof(StochasticOptions.Threads)),
                (new() { Delay = 0.5 }, nameof(StochasticOptions.Delay)), (new() { Delay = double.NaN }, nameof(StochasticOptions.Delay)),
                (new() { Delay = double.PositiveInfinity }, nameof(StochasticOptions.Delay)), (
                    new() { Forgetting = 0.5 }, nameof(StochasticOptions.Forgetting)),
                (new() { Forgetting = 1.01 }, nameof(StochasticOptions.Forgetting)), (
                    new() { Forgetting = double.NaN }, nameof(StochasticOptions.Forgetting)),
                (new() { Tolerance = 0 }, nameof(StochasticOptions.Tolerance)), (
                    new() { Tolerance = double.NaN }, nameof(StochasticOptions.Tolerance)),
            ])
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(
                () => StochasticVariationalInference.Check(SimulatedRows.Model(), rows, options)).ParamName);
        }
        Assert.Contains(
            "There are 50 rows for 51 components",
            Assert.Throws<ArgumentException>(() => StochasticVariationalInference.Fit(SimulatedRows.Model(components: 51), rows)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_another_mixture_is_refused()
    {
        IRowSource rows = SimulatedRows.Draw(200);
        MixtureState state = StochasticVariationalInference.Fit(SimulatedRows.Model(), rows, s_options).State;
        foreach (Mixture other in (Mixture[])[SimulatedRows.Model(components: 4), SimulatedRows.Model("known")])
            Assert.Contains(
                "is not one of a mixture",
                Assert.Throws<ArgumentException>(() => StochasticVariationalInference.Fit(other, rows, s_options, state)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_fall_as_the_delay_and_the_forgetting_say()
    {
        StochasticOptions options = new() { Delay = 3, Forgetting = 0.75 };
        Assert.Equal(Math.Pow(3, -0.75), options.Rate(0));
        Assert.Equal(0.125, options.Rate(13), 1e-15);
        Assert.Equal(1, new StochasticOptions().Rate(0));
    }

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static (double[] Posterior, double[] Trace) Fit(IRowSource rows, StochasticOptions options, string gaussian = "full")
    {
        MixtureFit fit = StochasticVariationalInference.Fit(SimulatedRows.Model(gaussian), rows, options);
        return (fit.Mixture.Snapshot(), [.. fit.Trace]);
    }

    private static MixtureFit AssertGoesOnTo(MixtureFit fit, Mixture whole, IRowSource rows, MixtureState state, StochasticOptions options)
    {
        Mixture resumed = SimulatedRows.Model();
        MixtureFit other = StochasticVariationalInference.Fit(resumed, rows, options, state);
        Assert.Equal(whole.Snapshot(), resumed.Snapshot());
        Assert.Equal(fit.Trace, other.Trace);
        Assert.Equal(fit.Elbo, other.Elbo);
        Assert.Equal(fit.Counts, other.Counts);
        return other;
    }
}
