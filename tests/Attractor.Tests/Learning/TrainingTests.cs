using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Tests.Models.Recurrent;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed class TrainingTests
{
    private static readonly TrainingOptions s_short = new()
    {
        Updates = 350,
        SequenceLength = 20,
        BatchSize = 16,
        Seed = 3,
        Forcing = TeacherForcing.Sparse(5),
        CheckpointInterval = 100,
    };

    public static TheoryData<string, Precision> Kinds()
    {
        TheoryData<string, Precision> kinds = [];
        foreach (string kind in LibraryCells.Kinds)
        {
            kinds.Add(kind, Precision.Float32);
            kinds.Add(kind, Precision.Float64);
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bits(string kind, Precision precision)
    {
        double[] first = Trained(s_short with { Precision = precision }, kind),
            second = Trained(s_short with { Precision = precision }, kind);
        Assert.Equal(first, second);
        Assert.NotEqual(first, Trained(s_short with { Precision = precision, Seed = 4 }, kind));
    }

    [Fact]
    public void Runs_in_parallel_give_the_bits_they_give_alone()
    {
        double[] alone = Trained(s_short);
        double[][] together = new double[4][];
        Parallel.For(0, 4, i => together[i] = Trained(s_short with { Seed = i == 2 ? 3 : (ulong)i + 100 }));
        Assert.Equal(alone, together[2]);
    }

    [Theory]
    [InlineData("shplrnn", Precision.Float32, "radam")]
    [InlineData("clipped-shplrnn", Precision.Float64, "adam")]
    [InlineData("shplrnn", Precision.Float32, "sgd")]
    [InlineData("plrnn", Precision.Float32, "radam")]
    [InlineData("plrnn", Precision.Float64, "adam")]
    [InlineData("shplrnn", Precision.Float32, "rprop")]
    public void Going_on_from_any_checkpoint_gives_the_bits_of_never_having_stopped(string kind, Precision precision, string optimizer)
    {
        TrainingOptions options = s_short with
        {
            Precision = precision,
            InputNoise = 0.05,
            L2 = 1e-4,
            Optimizer = optimizer switch
            {
                "radam" => Optimizer.RAdam(),
                "adam" => Optimizer.Adam(),
                "rprop" => Optimizer.Rprop(),
                _ => Optimizer.Sgd()
            },
        };
        List<TrainingState> checkpoints = [];
        RecurrentModel model = Model(kind, seed: 1);
        TrainingResult whole = Training.Fit(model, [Data()], options, checkpoint: (state, _) => checkpoints.Add(state));
        Assert.Equal([100, 200, 300, 350], checkpoints.Select(c => c.Update));
        foreach (TrainingState checkpoint in checkpoints)
        {
            RecurrentModel resumed = Model(kind, seed: 99);
            TrainingResult rest = Training.Fit(resumed, [Data()], options, resume: checkpoint);
            Assert.Equal(model.Parameters.Values.ToArray(), resumed.Parameters.Values.ToArray());
            for (int i = 0; i < whole.State.Moments.Length; i++)
                Assert.Equal(whole.State.Moments[i], rest.State.Moments[i]);
        }
    }

    [Fact]
    public void A_cancelled_training_goes_on_to_the_same_bits()
    {
        ShallowPlrnn model = new(2, 3, 10, seed: 1), stopped = new(2, 3, 10, seed: 1);
        Training.Fit(model, Data(), s_short);
        using CancellationTokenSource source = new();
        TrainingResult part = Training.Fit(
            stopped, [Data()], s_short, checkpoint: (state, _) =>
            {
                if (state.Update == 200)
                    source.Cancel();
            }, cancellationToken: source.Token);
        Assert.Equal(TrainingEnding.Cancelled, part.Ending);
        Assert.Equal(200, part.State.Update);
        TrainingResult rest = Training.Fit(stopped, [Data()], s_short, resume: part.State);
        Assert.Equal(TrainingEnding.Completed, rest.Ending);
        Assert.Equal(model.Parameters.Values.ToArray(), stopped.Parameters.Values.ToArray());
    }

    [Fact]
    public void The_training_curve_comes_in_pieces_that_make_the_whole()
    {
        List<LossPoint> pieces = [];
        TrainingResult result = Training.Fit(
            new ShallowPlrnn(2, 3, 10), [Data()], s_short, checkpoint: (_, losses) => pieces.AddRange(losses));
        Assert.Equal(result.Losses, pieces);
        Assert.Equal([100, 200, 300, 350], pieces.Select(p => p.Update));
        Assert.True(pieces[^1].Loss < pieces[0].Loss);
    }

    [Fact]
    public void A_divergence_goes_back_to_the_last_good_state_with_half_the_learning_rate()
    {
        List<string> messages = [];
        ShallowPlrnn model = new(2, 3, 10, seed: 1);
        TrainingOptions options = s_short with
        {
            LearningRate = LearningRateSchedule.Constant(1e12),
            GradientClip = 0,
            Optimizer = Optimizer.Sgd(0),
            MaxDivergences = 3
        };
        TrainingResult result = Training.Fit(model, Data(), options, new Collect(p => messages.Add(p.Message ?? "")));
        Assert.Equal(TrainingEnding.Diverged, result.Ending);
        Assert.Equal(3, messages.Count(m => m.StartsWith("Divergence", StringComparison.Ordinal)));
        Assert.Equal(1.0 / 8, result.State.LearningRateScale);
        Assert.Equal(0, result.State.Update);
        Assert.All(model.Parameters.Values.ToArray(), p => Assert.True(double.IsFinite(p)));
    }

    [Fact]
    public void A_training_survives_a_divergence_once_the_rate_is_low_enough()
    {
        TrainingOptions options = s_short with
        {
            LearningRate = LearningRateSchedule.Constant(3),
            GradientClip = 0,
            Optimizer = Optimizer.Sgd(0),
            MaxDivergences = 40,
            Precision = Precision.Float64
        };
        TrainingResult result = Training.Fit(new ShallowPlrnn(2, 3, 10, seed: 1), Data(), options);
        Assert.Equal(TrainingEnding.Completed, result.Ending);
        Assert.InRange(result.State.Divergences, 1, 40);
        Assert.Equal(Math.Pow(0.5, result.State.Divergences), result.State.LearningRateScale);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_update_allocates_nothing(string kind, Precision precision)
    {
        using Attractor.Learning.Trainer trainer
            = Attractor.Learning.Trainer.Create(
                Model(kind, seed: 0), [Data()], s_short with { InputNoise = 0.1, L2 = 1e-4, Precision = precision }, null);
        for (int i = 0; i < 50; i++)
            trainer.Step();
        // What the runtime allocates on this thread while it compiles the last of it is not the
        // update's: one stretch without any is what counts.
        long least = long.MaxValue;
        for (int stretch = 0; stretch < 5 && least > 0; stretch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
                trainer.Step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void The_penalty_draws_A_to_1_and_the_weights_to_0()
    {
        TrainingOptions options = s_short with
        {
            L2 = 1e6,
            Updates = 3000,
            Optimizer = Optimizer.Adam(),
            LearningRate = LearningRateSchedule.Exponential(1e-2, 1e-5),
            GradientClip = 0
        };
        ShallowPlrnn model = new(2, 3, 10);
        Training.Fit(model, Data(), options);
        Assert.All(model.Parameters["A"].ToArray(), a => Assert.Equal(1, a, 1e-2));
        Assert.All(model.Parameters["W1"].ToArray(), w => Assert.Equal(0, w, 1e-2));
    }

    [Fact]
    public void Gradient_norms_are_clipped()
    {
        ShallowPlrnn model = new(2, 3, 10, seed: 1);
        double[] before = model.Parameters.Values.ToArray();
        Training.Fit(model, Data(), s_short with
        {
            Updates = 1,
            Optimizer = Optimizer.Sgd(0),
            LearningRate = LearningRateSchedule.Constant(1),
            GradientClip = 1e-3,
            Precision = Precision.Float64,
        });
        double norm = Math.Sqrt(before.Zip(model.Parameters.Values.ToArray(), (a, b) => (a - b) * (a - b)).Sum());
        Assert.Equal(1e-3, norm, 1e-9);
    }

    [Theory]
    [InlineData("updates")]
    [InlineData("batch")]
    [InlineData("sequence")]
    [InlineData("warm-up")]
    [InlineData("rate")]
    [InlineData("dimension")]
    [InlineData("nan")]
    [InlineData("short")]
    public void What_cannot_be_trained_is_refused_with_a_sentence(string what)
    {
        TimeSeries data = what switch
        {
            "nan" => new([.. Data().Values[..400], double.NaN, 0], 2),
            "short" => Data().Slice(0, 20),
            "dimension" => new(new double[300], 3),
            _ => Data(),
        };
        TrainingOptions options = what switch
        {
            "updates" => s_short with { Updates = 0 },
            "batch" => s_short with { BatchSize = 0 },
            "sequence" => s_short with { SequenceLength = -1 },
            "warm-up" => s_short with { WarmUp = 20 },
            "rate" => s_short with { LearningRate = LearningRateSchedule.Constant(double.NaN) },
            _ => s_short,
        };
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => Training.Fit(new ShallowPlrnn(2, 3, 10), data, options));
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_network_learns_a_rotation()
    {
        double[] values = new double[4000];
        for (int t = 0; t < 2000; t++)
            (values[2 * t], values[(2 * t) + 1]) = (Math.Cos(0.1 * t), Math.Sin(0.1 * t));
        ShallowPlrnn model = new(2, 2, 10, seed: 2);
        TrainingResult result = Training.Fit(
            model,
            new TimeSeries(values, 2),
            new() { Updates = 2000, SequenceLength = 30, LearningRate = LearningRateSchedule.Exponential(1e-2, 1e-4) });
        Assert.True(result.Losses[^1].Loss < 1e-4, $"loss {result.Losses[^1].Loss}");
    }

    internal static TimeSeries Data()
    {
        RandomStream random = new(1, "data");
        double[] values = new double[1000];
        for (int t = 0; t < 500; t++)
            (values[2 * t], values[(2 * t) + 1]) = (
                Math.Cos(0.2 * t) + (0.1 * random.NextNormal()), Math.Sin(0.2 * t) + (0.1 * random.NextNormal()));
        return new(values, 2);
    }

    private static RecurrentModel Model(string kind, ulong seed)
        => RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 2, 4, 10), seed);

    private static double[] Trained(TrainingOptions options, string kind = "shplrnn")
    {
        RecurrentModel model = Model(kind, seed: 1);
        Training.Fit(model, Data(), options);
        return model.Parameters.Values.ToArray();
    }

    internal sealed class Collect(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
