using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;
using Attractor.Tests.Evaluation;
using Attractor.Tests.Learning.Ridge;

namespace Attractor.Tests.Learning.Readouts;

[Trait("Registers", "Narrow")]
public sealed class ReadoutTrainingTests
{
    [Theory]
    [InlineData("dense", false, 0)]
    [InlineData("sparse", false, 0)]
    [InlineData("sparse", true, 0)]
    [InlineData("deep", true, 0)]
    [InlineData("feedback", true, 0)]
    [InlineData("feedback alone", false, 0)]
    [InlineData("feedback alone", true, 0)]
    [InlineData("sparse", true, 0.02)]
    public void It_fits_the_states_of_one_run(string kind, bool intercept, double noise)
    {
        TeachingSeries[] series = [ReservoirDriveTests.Series(2500, 1), ReservoirDriveTests.Series(700, 2)];
        ReadoutOptions options = new() { Washout = 60, Intercept = intercept, StateNoise = noise, Seed = 3 };
        foreach (ReadoutFeatures features in new ReadoutFeatures[] { new(), new(true, !intercept, true) })
        {
            EchoStateNetwork network = new(ReservoirDriveTests.Draw(kind), 3, features);
            using RidgeStatistics statistics = SequentialStates.Statistics(network, series, options);
            RidgeFit expected = RidgeRegression.Solve(statistics, options.Ridge);

            ReadoutResult result = ReadoutTraining.Fit(network, series, options);

            Assert.NotNull(result.Forgetting);
            Assert.True(result.Segments > 1);
            Assert.Equal(statistics.Samples, result.Samples);
            Assert.Equal(statistics.Weight, result.Weight, 1e-9);
            RegressionProblem.AssertClose(expected.Weights, result.Fit.Weights, 1e-6);
            Assert.Equal(1, result.Fit.SquaredError / expected.SquaredError, 1e-9);
            Assert.Equal(result.Fit.Weights, network.ReadoutWeights);
            Assert.Equal(result.Fit.Constants, network.ReadoutConstants);
            Assert.Equal(result.Forgetting, network.WarmUp);
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.02)]
    public void Rows_that_are_read_in_blocks_give_the_bits_of_series_in_memory(bool gaps, double noise)
    {
        // Several blocks of 64 kB, and a recording that is shorter than the washout.
        int[] lengths = [9000, 700, 40];
        TimeSeries[] recordings = [.. lengths.Select((length, k) => Lorenz63.Default.Simulate(length, 0.02, seed: (ulong)k))];
        if (gaps)
        {
            double[] values = recordings[0].Values.ToArray();
            (values[3001], values[12_002]) = (double.NaN, double.NaN);
            recordings[0] = new(values, 3);
        }
        ReadoutOptions options = new() { Washout = 60, Intercept = true, StateNoise = noise, Selection = RidgeSelection.Validation };
        EchoStateNetwork network = new(3, new() { Units = 30, InputScale = 0.1 });
        TeachingSeries[] series = gaps
            ? [.. recordings.SelectMany(one => TeachingSeries.Stretches(one, options.Washout + 2))]
            : [.. recordings.Select(TeachingSeries.NextStep)];
        ReadoutResult expected = ReadoutTraining.Fit(network, series, options);

        TimeSeries all = new([.. recordings.SelectMany(one => one.Values.ToArray())], 3);
        RowRange[] ranges = [.. lengths.Select((length, k) => new RowRange(new SeriesRows(all), lengths[..k].Sum(), length))];
        ReadoutResult result = ReadoutTraining.FitRows(network, ranges, options);

        Assert.Equal(expected.Fit.Weights, result.Fit.Weights);
        Assert.Equal(expected.Fit.Constants, result.Fit.Constants);
        Assert.Equal((expected.Samples, expected.Forgetting), (result.Samples, result.Forgetting));
        Assert.Equal(expected.MeanSquaredState, result.MeanSquaredState);
        Assert.Throws<ArgumentException>(() => ReadoutTraining.FitRows(network, [ranges[2]], options));
        Assert.Throws<ArgumentException>(() => ReadoutTraining.FitRows(network, [new SeriesRows(all.Columns(0, 1))], options));
    }

    [Fact]
    public void Trainings_give_the_same_bits_however_many_threads_they_get()
    {
        TeachingSeries[] series = [ReservoirDriveTests.Series(4000, 1)];
        double[] Weights()
        {
            EchoStateNetwork network = new(ReservoirDriveTests.Draw("sparse"), 3);
            return ReadoutTraining.Fit(network, series, new() { Washout = 60, Intercept = true }).Fit.Weights;
        }
        double[] alone = Weights();
        for (int n = 0; n < 3; n++)
            Assert.Equal(alone, Weights());
        // Side by side they compete for the threads, so that each gets another number of them.
        double[][] together = new double[8][];
        Parallel.For(0, together.Length, n => together[n] = Weights());
        Assert.All(together, weights => Assert.Equal(alone, weights));
    }

    // Of a target that is among the features nothing is left but rounding, which the moments cannot tell. Forty series are five panels,
    // more than there are groups of them.
    [Fact]
    public void What_is_left_of_a_target_that_is_met_is_summed_over_the_residuals()
    {
        TeachingSeries[] series = [.. Enumerable.Range(0, 40)
            .Select(i => ReservoirDriveTests.Series(60, (ulong)i).Inputs).Select(x => new TeachingSeries(x, x))];
        EchoStateNetwork network = new(ReservoirDriveTests.Draw("sparse"), 2, new(Input: true));

        ReadoutResult result = ReadoutTraining.Fit(network, series, new() { Washout = 10, Ridge = 1e-9 });

        Assert.Equal(40 * 50, result.Samples);
        Assert.InRange(result.Fit.SquaredError, 1e-40, 1e-16 * result.SquaredTargets);
    }

    [Fact]
    public void The_published_network_has_the_published_loss()
    {
        TimeSeries data = SharedLorenz.Read("train.npy");
        EchoStateNetwork network = new(3, new() { NumpyRandom = true, Seed = 87 });

        ReadoutResult result = ReadoutTraining.Fit(network, data.Slice(0, 10_001));

        Assert.Equal(9_000, result.Samples);
        Assert.Equal(1, result.Fit.Loss / 71.0180505434, 1e-6);
        TimeSeries test = data.Slice(10_000, 10_000), predicted = network.Predict(test.Slice(0, 9_999));
        double error = 0;
        for (int t = 0; t < predicted.Length; t++)
            for (int n = 0; n < 3; n++)
                error += Math.Pow(predicted[t, n] - test[t + 1, n], 2);
        Assert.Equal(1, error / (predicted.Length * 3) / 0.00287639325, 1e-6);
    }

    [Theory]
    [InlineData(ReservoirTopology.Ring)]
    [InlineData(ReservoirTopology.Random)]
    public void A_reservoir_that_does_not_forget_runs_in_one_segment(ReservoirTopology topology)
    {
        Reservoir reservoir = new(
            2, new() { Units = 40, Topology = topology, SpectralRadius = 3, InputScale = 0, BiasScale = 0.01, Leak = 1 });
        EchoStateNetwork network = new(reservoir, 3);
        TeachingSeries[] series = [ReservoirDriveTests.Series(2000, 1)];
        // Random weights make chaos, which amplifies rounding: only the first rows can be compared.
        TeachingSeries[] first = topology is ReservoirTopology.Ring ? series : [ReservoirDriveTests.Series(25, 1)];
        ReadoutOptions options = new() { Washout = 0, Ridge = 1 };
        using RidgeStatistics statistics = SequentialStates.Statistics(network, first, options);

        ReadoutResult result = ReadoutTraining.Fit(network, series, options);

        Assert.Null(result.Forgetting);
        Assert.Equal(1, result.Segments);
        RegressionProblem.AssertClose(
            RidgeRegression.Solve(statistics, 1).Weights, ReadoutTraining.Fit(network, first, options).Fit.Weights, 1e-8);
    }

    [Fact]
    public void A_warm_up_that_was_cut_too_short_is_noticed_where_segments_meet()
    {
        // A unit with two basins: it forgets under a strong input, and there it is measured, and remembers in the silence between.
        double[] x = [.. Enumerable.Range(0, 8000).Select(t => t % 1500 < 100 ? 3 * Math.Sin(0.7 * t) : 0)];
        Reservoir reservoir = new(1, new()
        {
            Units = 1,
            Topology = ReservoirTopology.Ring,
            SpectralRadius = 1.5,
            InputScale = 1,
            InputWeights = WeightDistribution.Bernoulli,
            BiasScale = 0,
            Leak = 1
        });
        TimeSeries inputs = new(x, 1);
        TeachingSeries[] series = [new(inputs, inputs)];
        EchoStateNetwork network = new(reservoir, 1);
        ReadoutOptions options = new() { Washout = 0, Ridge = 1 };
        using RidgeStatistics statistics = SequentialStates.Statistics(network, series, options);
        int? measured = new ReservoirDrive(reservoir, series, 0, 0).Forgetting(2000, default);
        Assert.NotNull(measured);
        Assert.True(Segment.Cut([8000], measured).Count > 1);

        ReadoutResult result = ReadoutTraining.Fit(network, series, options);

        Assert.Equal(1, result.Segments);
        Assert.Null(result.Forgetting);
        RegressionProblem.AssertClose(RidgeRegression.Solve(statistics, 1).Weights, result.Fit.Weights, 1e-10);
    }

    [Fact]
    public void Noise_on_the_states_changes_the_fit()
    {
        TeachingSeries[] series = [ReservoirDriveTests.Series(1500, 1)];
        RidgeFit Fit(double noise, ulong seed)
            => ReadoutTraining.Fit(
                new(ReservoirDriveTests.Draw("sparse"), 3), series, new() { Washout = 60, StateNoise = noise, Seed = seed }).Fit;
        RidgeFit without = Fit(0, 0), with = Fit(0.05, 1);
        Assert.Equal(without.Weights, Fit(0, 1).Weights);
        Assert.NotEqual(without.Weights, with.Weights);
        Assert.NotEqual(with.Weights, Fit(0.05, 2).Weights);
        Assert.Equal(with.Weights, Fit(0.05, 1).Weights);
        Assert.True(with.SquaredNorm < without.SquaredNorm);
    }

    [Fact]
    public void The_ridge_that_validation_chooses_is_the_best_on_the_end_of_the_series()
    {
        double[] ridges = [1e-6, 1, 30, 1000, 1e5];
        TeachingSeries series = ReservoirDriveTests.Series(600, 1) with { Weights = null };
        ReadoutOptions options = new()
        {
            Washout = 60,
            Intercept = true,
            Ridges = ridges,
            HeldOut = 0.25,
            Selection = RidgeSelection.Validation
        };
        EchoStateNetwork network = new(ReservoirDriveTests.Draw("dense"), 3);
        double[][] states = SequentialStates.Of(network.Reservoir, series);
        using RidgeStatistics before = new(37, 3, intercept: true), after = new(37, 3, intercept: true), all = new(37, 3, intercept: true);
        for (int t = 60; t < 600; t++)
        {
            (t < 450 ? before : after).Add(states[t], series.Targets.Row(t));
            all.Add(states[t], series.Targets.Row(t));
        }
        IReadOnlyList<RidgePoint> expected = new RidgePath(before).Validation(after, ridges);

        ReadoutResult result = ReadoutTraining.Fit(network, [series], options);

        for (int i = 0; i < ridges.Length; i++)
            Assert.Equal(1, result.Path[i].Score / expected[i].Score, 1e-8);
        Assert.Equal(expected.MinBy(p => p.Score).Ridge, result.Fit.Ridge);
        RegressionProblem.AssertClose(RidgeRegression.Solve(all, result.Fit.Ridge).Weights, result.Fit.Weights, 1e-8);
        ReadoutResult generalized = ReadoutTraining.Fit(
            network, [series], options with { Selection = RidgeSelection.GeneralizedCrossValidation });
        Assert.Equal(new RidgePath(all).GeneralizedCrossValidation(ridges).MinBy(p => p.Score).Ridge, generalized.Fit.Ridge);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_below_the_rounding_of_the_moments_is_summed_itself(bool intercept)
    {
        TeachingSeries random = ReservoirDriveTests.Series(1500, 1);
        TimeSeries x = random.Inputs,
            y = new(
                [.. Enumerable.Range(0, 1500).Select(
                    t => (2 * x[t, 0]) - x[t, 1] + (1e-8 * (random.Targets[t, 1] is double.NaN ? 0 : random.Targets[t, 1])))], 1);
        EchoStateNetwork network = new(ReservoirDriveTests.Draw("sparse"), 1, new(Input: true));
        TeachingSeries series = new(x, y, random.Weights);

        ReadoutResult result = ReadoutTraining.Fit(network, [series], new() { Washout = 60, Ridge = 1e-9, Intercept = intercept });

        TimeSeries predicted = network.Predict(x);
        double error = Enumerable.Range(60, 1440).Sum(t => random.Weights![t] * Math.Pow(predicted[t, 0] - y[t, 0], 2));
        Assert.InRange(error, 1e-14, 1e-12);
        Assert.Equal(1, result.Fit.SquaredError / error, 1e-5);
        Assert.Equal(1, result.MeanSquaredError(1) / (error / random.Weights!.Skip(60).Sum()), 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Collected_statistics_are_those_that_are_fitted(bool intercept)
    {
        TeachingSeries[] series = [ReservoirDriveTests.Series(900, 1), ReservoirDriveTests.Series(90, 2)];
        EchoStateNetwork network = new(ReservoirDriveTests.Draw("dense"), 3, new(Squares: true));
        ReadoutOptions options = new() { Washout = 60, Intercept = intercept };
        using RidgeStatistics statistics = ReadoutTraining.Collect(network, series, options);
        Assert.All(network.ReadoutWeights.ToArray(), w => Assert.Equal(0, w));
        RidgeFit fit = ReadoutTraining.Fit(network, series, options).Fit;
        Assert.Equal(fit.Weights, RidgeRegression.Solve(statistics, options.Ridge).Weights);
        Assert.Equal(fit.Constants, RidgeRegression.Solve(statistics, options.Ridge).Constants);
    }

    [Fact]
    public void With_feedback_the_targets_are_fed_back_while_training()
    {
        // The output one step before is all that tells the phase: without it the constant input says nothing.
        const int Rows = 3000;
        TimeSeries wave = new([.. Enumerable.Range(0, Rows).Select(t => Math.Sin(2 * Math.PI * t / 40))], 1),
            dummy = new(new double[Rows], 1);
        EchoStateNetwork network = new(
            new Reservoir(0, new() { Units = 100, BiasScale = 0.3, FeedbackScale = 0.5, Seed = 1 }, feedback: 1), 1);

        ReadoutResult result = ReadoutTraining.Fit(network, [new(dummy, wave)], new() { Washout = 200, Ridge = 1e-8 });

        Assert.True(Math.Sqrt(result.MeanSquaredError(1)) < 1e-4);
        TimeSeries run = network.Generate(wave, 201, start: 0, warmUp: 500);
        for (int t = 0; t < 201; t++)
            Assert.Equal(wave[500 + t, 0], run[t, 0], 0.02);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        TimeSeries two = new(new double[40], 2), three = new(new double[60], 3);
        EchoStateNetwork network = new(2, new() { Units = 10 });
        ReadoutOptions options = new() { Washout = 5 };
        string Refused(TeachingSeries series, ReadoutOptions? with = null)
            => Assert.Throws<ArgumentException>(() => ReadoutTraining.Fit(network, [series], with ?? options)).Message;
        Assert.Contains("2 inputs, the data 3", Refused(new(three, two)));
        Assert.Contains("2 outputs, the targets 3", Refused(new(two, three)));
        Assert.Contains("expected 20 rows of targets, found 10", Refused(new(two, two.Slice(0, 10))));
        Assert.Contains("Expected 20 weights", Refused(new(two, two, [1, 2])));
        Assert.Contains("The inputs hold", Refused(new(new([.. Enumerable.Repeat(double.NaN, 40)], 2), two)));
        Assert.Contains("remove the infinite", Refused(new(two, new([.. Enumerable.Repeat(double.PositiveInfinity, 40)], 2))));
        Assert.Contains("The washout of 20 states leaves nothing of 20", Refused(new(two, two), new() { Washout = 20 }));
        Assert.Contains("The washout must be", Refused(new(two, two), new() { Washout = -1 }));
        Assert.Contains("held out", Refused(new(two, two), new() { HeldOut = 1 }));
        Assert.Contains("state noise", Refused(new(two, two), new() { StateNoise = -1 }));
        Assert.Contains("no lambdas", Refused(new(two, two), new() { Ridges = [] }));
        Assert.Contains("no series", Assert.Throws<ArgumentException>(() => ReadoutTraining.Fit(network, [])).Message);
        Assert.Contains("no next row", Assert.Throws<ArgumentException>(() => ReadoutTraining.Fit(network, two.Slice(0, 1))).Message);
        Assert.Contains("no samples", Refused(new(two, new([.. Enumerable.Repeat(double.NaN, 40)], 2))));
    }

    [Fact]
    public void A_cancelled_training_leaves_the_network_as_it_was()
    {
        EchoStateNetwork network = new(ReservoirDriveTests.Draw("sparse"), 3);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => ReadoutTraining.Fit(network, [ReservoirDriveTests.Series(3000, 1)], cancellationToken: source.Token));
        Assert.All(network.ReadoutWeights.ToArray(), w => Assert.Equal(0, w));
    }
}
