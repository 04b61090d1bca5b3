using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning;

/// <summary>Any number of ranks gives the bits of one process.</summary>
public sealed class DistributedFitTests
{
    public static TheoryData<int> Sizes => [1, 3, 4];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_mixture_of_ranks_is_that_of_one(int size)
    {
        TimeSeries rows = Rows(5000, 2);
        (double[] expected, IReadOnlyList<double> trace) = Fit(null, CancellationToken.None);
        Communicator.OnThreads(size, ranks =>
        {
            (double[] parameters, IReadOnlyList<double> own) = Fit(ranks, CancellationToken.None);
            Assert.Equal(expected, parameters);
            Assert.Equal(trace, own);
        });

        (double[] Parameters, IReadOnlyList<double> Trace) Fit(Communicator? ranks, CancellationToken token)
        {
            Mixture model = Mixture();
            MixtureFit fit = CoordinateAscent.Fit(
                model, rows, new() { Restarts = 2, MaxSweeps = 8, Threads = 1, Seed = 3, Ranks = ranks }, cancellationToken: token);
            return (model.Snapshot(), fit.Trace);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void So_is_one_that_is_fitted_from_batches(int size)
    {
        TimeSeries rows = Rows(3000, 2);
        double[] expected = Fit(null);
        Communicator.OnThreads(size, ranks => Assert.Equal(expected, Fit(ranks)));

        double[] Fit(Communicator? ranks)
        {
            Mixture model = Mixture();
            StochasticVariationalInference.Fit(
                model, new SeriesRows(rows), new() { BatchSize = 1500, Epochs = 1, Restarts = 1, Threads = 1, Ranks = ranks });
            return model.Snapshot();
        }
    }

    [Fact]
    public void A_value_that_does_not_belong_in_a_rank_s_rows_is_told_by_all_with_its_row()
    {
        TimeSeries rows = Rows(2000, 2);
        double[] values = [.. rows.Values.ToArray().Select(x => Math.Round(Math.Abs(x)))];
        values[(2 * 1500) + 1] = -3;
        TimeSeries damaged = new(values, 2);
        string one = Assert.Throws<ArgumentException>(() => CoordinateAscent.Fit(Counts(), damaged)).Message;
        int told = 0;
        Assert.Throws<ArgumentException>(() => Communicator.OnThreads(4, ranks =>
        {
            ArgumentException e = Assert.Throws<ArgumentException>(
                () => CoordinateAscent.Fit(Counts(), damaged, new() { Ranks = ranks, Threads = 1 }));
            Assert.Contains("row 1501", one);
            Assert.Contains("row 1501", e.Message);
            Interlocked.Increment(ref told);
            throw e;
        }));
        Assert.Equal(4, told);

        static Mixture Counts() => new(2, [new PoissonBlock("x2")], MixtureWeights.Uniform);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_readout_of_ranks_is_that_of_one(int size)
    {
        TimeSeries data = Wave(8000);
        foreach (ReadoutOptions options in (ReadoutOptions[])
            [
                new() { Washout = 100 },
                new() { Washout = 100, Intercept = true, Selection = RidgeSelection.Validation, StateNoise = 1e-4 },
            ])
        {
            (double[] expected, double error, int segments) = Fit(options);
            Assert.True(segments > 24, $"{segments}");
            Communicator.OnThreads(size, ranks =>
            {
                (double[] weights, double own, _) = Fit(options with { Ranks = ranks });
                Assert.Equal(expected, weights);
                Assert.Equal(error, own);
            });
        }

        (double[] Weights, double Error, int Segments) Fit(ReadoutOptions options)
        {
            EchoStateNetwork network = new(2, new() { Units = 30, SpectralRadius = 0.3, Leak = 1, Seed = 1 });
            ReadoutResult result = ReadoutTraining.Fit(network, data, options);
            return ([.. result.Fit.Weights], result.Fit.SquaredError, result.Segments);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Minibatches_of_ranks_are_those_of_one(int size)
    {
        // 200 x 200 weights are large enough for their gradient to be formed later, of what the shards have left.
        TimeSeries rows = Rows(400, 4);
        foreach (double clip in (double[])[0, 1])
        {
            (double[] expected, IReadOnlyList<EpochPoint> epochs) = Fit(clip, null);
            Communicator.OnThreads(size, ranks =>
            {
                (double[] parameters, IReadOnlyList<EpochPoint> own) = Fit(clip, ranks);
                Assert.Equal(expected, parameters);
                Assert.Equal(epochs.Select(e => (e.Loss, e.TestLoss)), own.Select(e => (e.Loss, e.TestLoss)));
            });
        }

        (double[] Parameters, IReadOnlyList<EpochPoint> Epochs) Fit(double clip, Communicator? ranks)
        {
            VariationalAutoencoder model = new(
                new() { Observed = 4, Layers = [200, 200], Latent = 2, Observation = Observation.IsotropicGaussian, Seed = 1 });
            SampleSet samples = SampleSet.Of(rows);
            MinibatchResult result = AutoencoderTraining.Fit(model, samples, samples, new()
            {
                Epochs = 1,
                BatchSize = 256,
                GradientClip = clip,
                Threads = 1,
                Ranks = ranks,
            });
            return ([.. result.State.Parameters], result.Epochs);
        }
    }

    [Fact]
    public void One_rank_that_is_cancelled_leaves_all_with_the_same_state()
    {
        TimeSeries rows = Rows(3000, 2);
        double[][] states = new double[3][];
        using CancellationTokenSource one = new();
        Communicator.OnThreads(3, ranks =>
        {
            Mixture model = Mixture();
            MixtureCallbacks callbacks = new()
            {
                Sweep = point =>
                {
                    if (ranks.Rank == 1 && point.Sweep == 4)
                        one.Cancel();
                }
            };
            MixtureFit fit = CoordinateAscent.Fit(
                model, rows, new() { MaxSweeps = 30, Threads = 1, Ranks = ranks }, callbacks: callbacks,
                cancellationToken: ranks.Rank == 1 ? one.Token : CancellationToken.None);
            Assert.Equal(TrainingEnding.Cancelled, fit.Ending);
            states[ranks.Rank] = [.. fit.State.Parameters];
        });
        Assert.Equal(states[0], states[1]);
        Assert.Equal(states[0], states[2]);
    }

    private static Mixture Mixture() => new(
        3,
        [new NormalGammaBlock(["x1", "x2"])],
        MixtureWeights.Dirichlet(1));

    private static TimeSeries Rows(int rows, int columns)
    {
        RandomStream random = new(5, "rows");
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextNormal() + (4 * (i / columns % 3));
        return new(values, columns);
    }

    private static TimeSeries Wave(int rows) => new(
        [.. Enumerable.Range(0, rows).SelectMany(t => (double[])[Math.Sin(0.1 * t) + (0.3 * Math.Sin(0.23 * t)), Math.Cos(0.1 * t)])], 2);
}
