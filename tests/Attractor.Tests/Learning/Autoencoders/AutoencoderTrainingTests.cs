using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Autoencoders;

[Trait("Registers", "Narrow")]
public sealed class AutoencoderTrainingTests
{
    private const int Variables = 30;

    private static readonly AutoencoderTrainingOptions s_options = new()
    {
        Epochs = 4,
        BatchSize = 32,
        Seed = 5,
        CheckpointInterval = TimeSpan.Zero
    };

    [Theory]
    [InlineData(1, 0.0, 1)]
    [InlineData(3, 0.0, 1)]
    [InlineData(1, 2.0, 8)]
    public void One_thread_and_two_give_the_same_bits(int draws, double clip, int shards)
    {
        double[][] parameters = [.. ((int[])[1, 2]).Select(threads =>
        {
            VariationalAutoencoder model = Model();
            AutoencoderTraining.Fit(model, SampleSet.Of(Images(200), Binarization.Sampled), SampleSet.Of(Images(50)), s_options with
            {
                Threads = threads,
                ImportanceSamples = draws,
                GradientClip = clip,
                Shards = shards == 1 ? null : shards,
            });
            return model.Parameters.Values.ToArray();
        })];
        Assert.Equal(parameters[0], parameters[1]);
        Assert.NotEqual(Model().Parameters.Values.ToArray(), parameters[0]);
    }

    [Fact]
    public void A_training_that_is_resumed_from_any_epoch_ends_in_the_same_bits()
    {
        SampleSet samples = SampleSet.Of(Images(200), Binarization.Sampled);
        AutoencoderTrainingOptions options = s_options with { WarmUpEpochs = 3 };
        List<TrainingState> states = [];
        VariationalAutoencoder whole = Model();
        MinibatchResult result = AutoencoderTraining.Fit(
            whole, samples, SampleSet.Of(Images(40)), options, callbacks: new() { Checkpoint = (state, _) => states.Add(state) });
        Assert.Equal(4, states.Count);
        foreach (TrainingState state in states[..^1])
        {
            VariationalAutoencoder resumed = Model(seed: 99);
            MinibatchResult rest = AutoencoderTraining.Fit(resumed, samples, SampleSet.Of(Images(40)), options, state);
            Assert.Equal(whole.Parameters.Values.ToArray(), resumed.Parameters.Values.ToArray());
            Assert.Equal(result.Epochs[^1].Loss, rest.Epochs[^1].Loss);
            Assert.Equal(result.Epochs[^1].TestLoss, rest.Epochs[^1].TestLoss);
        }
    }

    [Fact]
    public void A_training_that_is_cancelled_within_an_epoch_goes_back_to_its_beginning()
    {
        using CancellationTokenSource source = new();
        VariationalAutoencoder model = Model();
        MinibatchResult result = AutoencoderTraining.Fit(
            model,
            SampleSet.Of(Images(200)),
            null,
            s_options with { Epochs = 100_000 },
            null,
            new() { Progress = new CancelIn(source, update: 17) },
            source.Token);
        Assert.Equal(TrainingEnding.Cancelled, result.Ending);
        Assert.Equal(0, result.State.Update % 7);
        Assert.Equal(result.State.Parameters, model.Parameters.Values.ToArray());
        Assert.Equal(result.Epochs[^1].Update, result.State.Update);
        Assert.True(result.Epochs.Count >= 2);
    }

    [Fact]
    public void An_epoch_whose_last_update_leaves_no_finite_parameters_is_not_counted()
    {
        VariationalAutoencoder model = Model();
        MinibatchResult result = AutoencoderTraining.Fit(
            model,
            SampleSet.Of(Images(200)),
            null,
            s_options with { Epochs = 1, BatchSize = 200, LearningRate = LearningRateSchedule.Constant(1e39), MaxDivergences = 0 });
        Assert.Equal(TrainingEnding.Diverged, result.Ending);
        Assert.Equal(0, result.State.Update);
        Assert.All(model.Parameters.Values.ToArray(), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void A_training_that_diverges_is_undone_with_half_the_rate_until_it_gives_up()
    {
        VariationalAutoencoder model = Model();
        MinibatchResult result = AutoencoderTraining.Fit(
            model,
            SampleSet.Of(Images(200)),
            null,
            s_options with { LearningRate = LearningRateSchedule.Constant(1e30), MaxDivergences = 2 });
        Assert.Equal(TrainingEnding.Diverged, result.Ending);
        Assert.Equal(3, result.State.Divergences);
        Assert.Equal([.. Model().Parameters.Values.ToArray().Select(v => (double)(float)v)], model.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(7)]
    public void Gradients_that_are_formed_on_the_spot_are_those_of_the_pass(int batch)
    {
        // Large enough weights for that; a limit that nothing reaches needs the whole gradient beforehand.
        double[][] parameters = [.. ((double[])[0, 1e300]).Select(clip =>
        {
            VariationalAutoencoder model = new(new() { Observed = Variables, Layers = [192, 200], Latent = 8, Seed = 1 });
            Assert.Contains(true, ParameterPart.Deferred(model.Parameters.Tensors, [], lanes: 8));
            AutoencoderTraining.Fit(
                model,
                SampleSet.Of(Images(130)),
                null,
                s_options with { Epochs = 2, BatchSize = batch, GradientClip = clip, Precision = Precision.Float64 });
            return model.Parameters.Values.ToArray();
        })];
        for (int i = 0; i < parameters[0].Length; i++)
            Assert.Equal(parameters[0][i], parameters[1][i], 1e-8);
    }

    [Fact]
    public void The_weight_of_the_divergence_rises_over_the_warm_up()
    {
        AutoencoderTrainingOptions options = s_options with { Beta = 2, WarmUpEpochs = 2, WarmUpStart = 0.5 };
        Assert.Equal(1, options.BetaAt(0, 10));
        Assert.Equal(1.5, options.BetaAt(10, 10));
        Assert.Equal(2, options.BetaAt(20, 10));
        Assert.Equal(2, options.BetaAt(1000, 10));
        Assert.Equal(1, new MinibatchOptions().BetaAt(0, 10));
    }

    [Fact]
    public void A_tensor_that_is_held_fixed_stays_as_it_is()
    {
        VariationalAutoencoder model = Model();
        double[] before = model.Parameters["decoder.0.weight"].ToArray(), other = model.Parameters["decoder.0.bias"].ToArray();
        AutoencoderTraining.Fit(model, SampleSet.Of(Images(100)), null, s_options with { FixedTensors = ["decoder.0.weight"] });
        // A model that was trained in float32 holds float32 values.
        Assert.Equal([.. before.Select(v => (double)(float)v)], model.Parameters["decoder.0.weight"].ToArray());
        Assert.NotEqual(other, model.Parameters["decoder.0.bias"].ToArray());
    }

    [Fact]
    public void What_it_has_learnt_beats_independent_pixels_and_more_draws_tighten_the_bound()
    {
        ImageSet images = Images(600), held = Images(200, seed: 9);
        VariationalAutoencoder model = Model();
        MinibatchResult result = AutoencoderTraining.Fit(model, SampleSet.Of(images), SampleSet.Of(held), s_options with { Epochs = 40 });
        IReadOnlyList<ImportanceWeightedEstimate> bounds = ImportanceWeighting.Estimate(model, SampleSet.Of(held), [1, 20, 400]);
        // The test bound of the training is the same quantity by one draw each.
        Assert.Equal(-result.Epochs[^1].TestLoss!.Value, bounds[0].Mean, 0.3);
        Assert.True(bounds[0].Mean < bounds[1].Mean && bounds[1].Mean < bounds[2].Mean);
        Assert.True(bounds[0].Mean > IndependentPixels(images, held) + 1, $"{bounds[0].Mean} against {IndependentPixels(images, held)}");
        float[] means = model.Encode(held.Pixels).Means;
        Assert.InRange(ActiveUnits.Count(means, model.Latent), 1, model.Latent);
    }

    [Theory]
    [InlineData("batch", "batch size must be positive")]
    [InlineData("draws", "importance samples must be positive")]
    [InlineData("width", "observes 30 variables, the training samples have 2")]
    [InlineData("value", "Variable 1 of training sample 0 (from 0) is 3: a Bernoulli decoder observes 0 to 1")]
    [InlineData("state", "expected")]
    [InlineData("other data", "not the end of an epoch")]
    [InlineData("tensor", "no tensor 'x'")]
    public void What_cannot_be_learnt_is_refused_in_words(string what, string words)
    {
        VariationalAutoencoder model = what == "value" ? new(new() { Observed = 2, Layers = [], Latent = 1 }) : Model();
        SampleSet samples = what is "width" or "value" ? SampleSet.Of(new TimeSeries([0, 3], 2)) : SampleSet.Of(Images(10));
        AutoencoderTrainingOptions options = what switch
        {
            "batch" => s_options with { BatchSize = 0 },
            "draws" => s_options with { ImportanceSamples = 0 },
            "tensor" => s_options with { FixedTensors = ["x"] },
            "other data" => s_options with { BatchSize = 4 },
            _ => s_options,
        };
        double[] zeros = new double[model.ParameterCount];
        TrainingState? state = what switch
        {
            "state" => new() { Update = 0, Parameters = [1], Moments = [] },
            "other data" => new() { Update = 1, Parameters = zeros, Moments = [zeros, zeros] },
            _ => null,
        };
        Assert.Contains(
            words,
            Assert.Throws<ArgumentException>(() => AutoencoderTraining.Fit(model, samples, null, options, state)).Message,
            StringComparison.Ordinal);
    }

    // Reports come about ten times a second.
    private sealed class CancelIn(CancellationTokenSource source, long update) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Update >= update)
                source.Cancel();
        }
    }

    private static VariationalAutoencoder Model(ulong seed = 1)
        => new(new() { Observed = Variables, Layers = [24], Latent = 6, Seed = seed });

    // Five prototypes, each pixel flipped now and then.
    private static ImageSet Images(int count, ulong seed = 3)
    {
        RandomStream shapes = new(7, "prototypes"), random = new(seed, "images");
        float[] prototypes = new float[5 * Variables], pixels = new float[count * Variables];
        for (int i = 0; i < prototypes.Length; i++)
            prototypes[i] = shapes.NextDouble() < 0.5 ? 1 : 0;
        for (int n = 0; n < count; n++)
        {
            int which = (int)random.NextInt64(5);
            for (int j = 0; j < Variables; j++)
                pixels[(n * Variables) + j] = random.NextDouble() < 0.1
                    ? 1 - prototypes[(which * Variables) + j]
                    : prototypes[(which * Variables) + j];
        }
        return new(pixels, 1, Variables);
    }

    private static double IndependentPixels(ImageSet training, ImageSet held)
    {
        double total = 0;
        for (int j = 0; j < Variables; j++)
        {
            double on = (Enumerable.Range(0, training.Count).Sum(n => training[n][j]) + 1) / (training.Count + 2.0);
            total += Enumerable.Range(0, held.Count).Average(n => held[n][j] > 0.5 ? Math.Log(on) : Math.Log(1 - on));
        }
        return total;
    }
}
