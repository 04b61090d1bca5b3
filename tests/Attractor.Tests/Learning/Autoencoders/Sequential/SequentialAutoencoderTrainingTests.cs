using System.Text.Json;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Tests.Models.Autoencoders.Sequential;

namespace Attractor.Tests.Learning.Autoencoders.Sequential;

public sealed class SequentialAutoencoderTrainingTests
{
    [Fact]
    public void Filtering_reaches_the_best_that_independent_posteriors_of_the_past_can_do_which_is_more_than_filter_means_can()
    {
        JsonElement golden = Golden.Read("filtering_price.golden.json");
        double price = golden.GetProperty("best_of_the_past").GetDouble(), ofFilterMeans = golden.GetProperty("filter_means").GetDouble();
        (double likelihood, double bound) = FitChains(SequentialInference.Filtering, EncoderCell.Gru);
        Assert.InRange(likelihood - bound, price - 0.005, ofFilterMeans - 0.005);
    }

    [Theory]
    [InlineData(SequentialInference.Smoothing)]
    [InlineData(SequentialInference.Correcting)]
    public void Smoothing_buys_the_price_back(SequentialInference inference)
    {
        (double likelihood, double bound) = FitChains(inference, EncoderCell.Plrnn);
        Assert.InRange(likelihood - bound, -0.003, 0.02);
    }

    [Fact]
    public void A_linear_state_space_model_learnt_from_scratch_comes_close_to_the_likelihood_of_the_truth_and_not_beyond()
    {
        const int steps = 50;
        SequenceSet training = new([.. Enumerable.Range(0, 200).Select(i => LinearStateSpace.Simulate(steps, (ulong)i))]);
        SequenceSet test = new([.. Enumerable.Range(0, 100).Select(i => LinearStateSpace.Simulate(steps, 1000 + (ulong)i))]);
        SequentialVariationalAutoencoder model = new(new()
        {
            Observed = 4,
            Latent = 2,
            Inference = SequentialInference.Smoothing,
            Encoder = EncoderCell.Plrnn,
            EncoderUnits = 12,
            Transition = TransitionKind.Linear,
            Seed = 1,
        });
        SequentialAutoencoderTraining.Fit(
            model,
            training,
            null,
            new() { Epochs = 100, BatchSize = 20, LearningRate = LearningRateSchedule.Exponential(2e-2, 1e-3), Seed = 1 });
        double truth = test.Sequences.Average(LinearStateSpace.LogLikelihood) / steps,
            bound = SequentialAutoencoderEvaluation.Evaluate(model, test, draws: 20).Bound;
        Assert.InRange(bound, truth - (0.05 * Math.Abs(truth)), truth);
        // The transition is known up to a change of basis: its eigenvalues are those of the truth, 0.95 exp(+-0.4 i).
        ReadOnlySpan<double> a = model.Parameters["transition.A"];
        Assert.Equal(2 * 0.95 * Math.Cos(0.4), a[0] + a[3], 0.05);
        Assert.Equal(0.95 * 0.95, (a[0] * a[3]) - (a[1] * a[2]), 0.05);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Any_number_of_threads_gives_the_same_bits(Precision precision)
    {
        SequentialAutoencoderTrainingOptions options = Short with { Precision = precision, Shards = 3 };
        (double[] one, MinibatchResult first) = Train(options with { Threads = 1 });
        (double[] two, MinibatchResult second) = Train(options with { Threads = 2 });
        Assert.Equal(one, two);
        Assert.Equal(first.Epochs.Select(e => (e.Loss, e.TestLoss)), second.Epochs.Select(e => (e.Loss, e.TestLoss)));
    }

    [Fact]
    public void Going_on_from_a_state_gives_the_same_bits_as_never_having_stopped()
    {
        (double[] whole, _) = Train(Short);
        TrainingState? state = null;
        Train(Short, callbacks: new() { Checkpoint = (s, _) => state ??= s });
        Assert.NotNull(state);
        Assert.True(state.Update < Short.Epochs * 4);
        (double[] resumed, _) = Train(Short, state);
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public void The_epoch_with_the_lowest_loss_on_held_out_sequences_is_kept()
    {
        BestEpoch best = new();
        (_, MinibatchResult result) = Train(
            Short with { Epochs = 12, LearningRate = LearningRateSchedule.Constant(0.2) }, callbacks: best.Listening());
        EpochPoint expected = result.Epochs.MinBy(e => e.TestLoss)!;
        Assert.Equal(expected, best.Point);
        Assert.NotEqual(result.Epochs[^1], best.Point);
        (double[] parameters, _) = Train(Short with { Epochs = expected.Epoch, LearningRate = LearningRateSchedule.Constant(0.2) });
        Assert.Equal(parameters, best.State!.Parameters);
    }

    [Fact]
    public void Fixed_tensors_stay_as_they_are_and_the_others_do_not()
    {
        SequentialVariationalAutoencoder model = Model();
        double[] transition = model.Parameters["transition.A"].ToArray(), decoder = model.Parameters["decoder.output.weight"].ToArray();
        SequentialAutoencoderTraining.Fit(model, Data, null, Short with { FixedTensors = ["transition.A"], Precision = Precision.Float64 });
        Assert.Equal(transition, model.Parameters["transition.A"].ToArray());
        Assert.NotEqual(decoder, model.Parameters["decoder.output.weight"].ToArray());
    }

    [Fact]
    public void Windows_start_elsewhere_at_every_epoch_and_lie_within_their_sequences()
    {
        SequenceSet set = new([new TimeSeries([.. Enumerable.Range(0, 95).Select(i => (double)i)], 1), new TimeSeries([-1, -2], 1)]);
        SequenceSamples samples = new(set, 10, seed: 1);
        Assert.Equal(10, samples.Count);
        HashSet<double> starts = [];
        for (int epoch = 0; epoch < 20; epoch++)
            for (int i = 0; i < 9; i++)
            {
                TimeSeries window = samples[i, epoch];
                starts.Add(window[0, 0]);
                Assert.Equal(10, window.Length);
                Assert.Equal(window[0, 0] + 9, window[9, 0]);
                Assert.Equal(window.Values.ToArray(), new SequenceSamples(set, 10, seed: 1)[i, epoch].Values.ToArray());
            }
        // 180 draws from 86 places leave about 11 out.
        Assert.InRange(starts.Count, 60, 86);
        Assert.Equal(2, samples[9, 3].Length);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        SequentialVariationalAutoencoder model = Model();
        SequenceSet other = new([new TimeSeries([1, 2], 2)]);
        Assert.Contains(
            "observes 1 variables, the training sequences have 2",
            Assert.Throws<ArgumentException>(() => SequentialAutoencoderTraining.Fit(model, other)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the validation sequences have 2",
            Assert.Throws<ArgumentException>(() => SequentialAutoencoderTraining.Fit(model, Data, other)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "at least 1 step, not 0",
            Assert.Throws<ArgumentException>(
                () => SequentialAutoencoderTraining.Fit(model, Data, null, new() { WindowLength = 0 })).Message,
            StringComparison.Ordinal);
        SequentialVariationalAutoencoder counts = new(new() { Observed = 1, Observation = Observation.Poisson });
        Assert.Contains(
            "Variable 0 at step 0 of training sequence 0",
            Assert.Throws<ArgumentException>(() => SequentialAutoencoderTraining.Fit(counts, Data)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "training on other data",
            Assert.Throws<ArgumentException>(() => Train(Short, new()
            {
                Update = 1,
                Parameters = new double[Model().ParameterCount],
                Moments = [new double[Model().ParameterCount], new double[Model().ParameterCount]]
            })).Message,
            StringComparison.Ordinal);
    }

    private static SequentialAutoencoderTrainingOptions Short
        => new() { Epochs = 4, BatchSize = 3, WindowLength = 7, WarmUpEpochs = 2, CheckpointInterval = TimeSpan.Zero, Seed = 5 };

    // Ten windows, of which one is shorter.
    private static SequenceSet Data => new([LinearChain.Simulate(64, 1), LinearChain.Simulate(5, 2)]);

    private static SequentialVariationalAutoencoder Model() => new(new()
    {
        Observed = 1,
        Latent = 2,
        Inference = SequentialInference.Smoothing,
        Encoder = EncoderCell.ShallowPlrnn,
        EncoderUnits = 5,
        EncoderHidden = 6,
        Transition = TransitionKind.Plrnn,
        Seed = 2,
    });

    private static (double[] Parameters, MinibatchResult Result) Train(
        SequentialAutoencoderTrainingOptions options, TrainingState? resume = null, MinibatchCallbacks? callbacks = null)
    {
        SequentialVariationalAutoencoder model = Model();
        MinibatchResult result = SequentialAutoencoderTraining.Fit(
            model, Data, new([LinearChain.Simulate(20, 3)]), options, resume, callbacks);
        return (model.Parameters.Values.ToArray(), result);
    }

    // The chain itself is given; only the posterior is learnt.
    private static (double Likelihood, double Bound) FitChains(SequentialInference inference, EncoderCell cell)
    {
        const int steps = 100, count = 200;
        SequentialVariationalAutoencoder model = LinearChain.Model(
            new() { Observed = 1, Inference = inference, Encoder = cell, EncoderUnits = 8, Seed = 1 });
        SequenceSet training = Chains(count, 1000), test = Chains(200, 5000);
        SequentialAutoencoderTraining.Fit(model, training, null, new()
        {
            Epochs = 80,
            BatchSize = 20,
            LearningRate = LearningRateSchedule.Exponential(2e-2, 1e-3),
            FixedTensors = LinearChain.GenerativeTensors,
            Seed = 1,
        });
        double likelihood = test.Sequences.Average(x => LinearChain.Kalman(x).LogLikelihood) / steps;
        return (likelihood, SequentialAutoencoderEvaluation.Evaluate(model, test, draws: 10).Bound);

        static SequenceSet Chains(int count, ulong seed)
            => new([.. Enumerable.Range(0, count).Select(i => LinearChain.Simulate(steps, seed + (ulong)i))]);
    }
}
