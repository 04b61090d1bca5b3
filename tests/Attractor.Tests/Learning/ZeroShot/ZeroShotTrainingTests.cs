using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Learning.ZeroShot;

public sealed class ZeroShotTrainingTests
{
    private static readonly ZeroShotTrainingOptions s_small = new()
    {
        ContextLength = 13,
        SequenceLength = 8,
        ForcingInterval = 3,
        BatchSize = 3,
        Updates = 300,
        MostStride = 2,
        QueryGradient = true,
        Precision = Precision.Float64,
        Tolerance = 0.5,
        CheckpointInterval = 100,
    };

    private static IReadOnlyList<TimeSeries> Recordings { get; } =
    [
        Lorenz63.Default.Simulate(300, dt: 0.02),
        Roessler.Default.Simulate(260, dt: 0.1),
        KnownSystems.Find("hyperrossler").Simulate(200, 0.1, 100, 1),
    ];

    [Theory]
    [InlineData(3, 7, 4, 2, 5, true)]
    [InlineData(3, 7, 4, 2, 5, false)]
    [InlineData(3, 4, 1, 4, 3, true)]
    [InlineData(2, 5, 3, 0, 6, false)]
    [InlineData(1, 3, 2, 1, 4, true)]
    public void Gradients_agree_with_central_differences(int n, int m, int experts, int rectified, int hidden, bool input)
    {
        DynaMixModel model = Perturbed(n, m, experts, rectified, hidden, input);
        GradientCheck check = Gradient.Check(
            x => ZeroShotTraining.LossAndGradient(model, Recordings, s_small, 5, x),
            new DynaMixLayout(model.Parameters).Pack(model.Parameters));
        Assert.True(check.RelativeError < 1e-6, $"{check.RelativeError} at {check.Index}: {check.Analytic[check.Index]}");
        // A of all experts and L take part, and sigma where there is something to choose.
        Assert.DoesNotContain(0.0, check.Numeric.Take(experts * m));
        int last = input ? experts * m * 2 * n : 0;
        Assert.DoesNotContain(0.0, check.Numeric.SkipLast(last).TakeLast((experts > 1 ? n : 0) + ((m - n) * n)));
        Assert.DoesNotContain(0.0, check.Numeric.TakeLast(last));
    }

    /// <summary>Without noise and without forcing an orbit of the model is what the training compares with the window.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_loss_is_that_of_the_orbit(bool input)
    {
        DynaMixModel noisy = Perturbed(3, 7, 4, 2, 5, input), model = new(noisy.Parameters with { Noise = new double[3] });
        ZeroShotTrainingOptions options = s_small with { ForcingInterval = 100, MostNoise = 0, BatchSize = 1 };
        ZeroShotExample example = new ZeroShotSampler([.. Recordings.Select(r => r.Standardize())], 3, options).Draw(4, 0);
        TimeSeries orbit = model.Continue(
            new(example.Context, 3), options.SequenceLength, noise: 0, start: example.Inputs.AsSpan(0, 3));
        double sum = 0;
        for (int t = 0; t < options.SequenceLength; t++)
            for (int i = 0; i < 3; i++)
                sum += Math.Pow(orbit[t, i] - example.Targets[((t + 1) * 3) + i], 2);
        (double loss, _) = ZeroShotTraining.LossAndGradient(model, Recordings, options, 4);
        Assert.Equal(0.5 * Math.Log(1 + (sum / (3 * options.SequenceLength) / 0.5)), loss, 1e-10 * loss);
        Assert.Equal(
            sum / (3 * options.SequenceLength),
            ZeroShotTraining.LossAndGradient(model, Recordings, options with { Tolerance = 0 }, 4).Loss,
            1e-10 * sum);
    }

    /// <summary>The context that a window stands beside has mean 0 and variance 1, and the window is in the same units.</summary>
    [Fact]
    public void Windows_are_in_the_units_of_their_contexts()
    {
        ZeroShotTrainingOptions options = s_small with { MostNoise = 0, ContextLength = 60, RotatedShare = 1 };
        ZeroShotSampler sampler = new([.. Recordings.Select(r => r.Standardize())], 3, options);
        for (int window = 0; window < 20; window++)
        {
            ZeroShotExample example = sampler.Draw(3, window);
            TimeSeries context = new(example.Context, 3);
            for (int i = 0; i < 3; i++)
            {
                double[] column = context.Column(i);
                Assert.Equal(0, column.Average(), 1e-12);
                Assert.Equal(59, column.Sum(x => x * x), 1e-9);
            }
            Assert.Equal(example.Inputs, example.Targets);
            Assert.All(example.Targets, x => Assert.InRange(x, -20, 20));
        }
    }

    /// <summary>Of a recording of one kind of row its rotations have the same covariance: a multiple of the identity stays one.</summary>
    [Fact]
    public void Rotations_keep_lengths()
    {
        double[] values = new double[3 * 200];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Sin(i * i);
        TimeSeries noise = new(values, 3);
        ZeroShotTrainingOptions options = s_small with { MostNoise = 0, ContextLength = 3, SequenceLength = 1, MostStride = 1 };
        ZeroShotExample plain = new ZeroShotSampler([noise], 3, options with { RotatedShare = 0 }).Draw(0, 0);
        ZeroShotExample again = new ZeroShotSampler([noise], 3, options with { RotatedShare = 0 }).Draw(0, 0);
        ZeroShotExample rotated = new ZeroShotSampler([noise], 3, options with { RotatedShare = 1 }).Draw(0, 0);
        Assert.Equal(plain.Context, again.Context);
        Assert.NotEqual(plain.Context, rotated.Context);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void It_learns_and_resumes_to_the_same_bits_on_any_number_of_threads(Precision precision)
    {
        DynaMixModel model = DynaMixModel.Create(3, 10, 3, 2, 5, seed: 1);
        ZeroShotTrainingOptions options = s_small with
        {
            Precision = precision,
            BatchSize = 20,
            ContextLength = 40,
            LearningRate = LearningRateSchedule.Constant(5e-3)
        };
        List<TrainingState> states = [];
        ZeroShotResult whole = ZeroShotTraining.Fit(
            model, Recordings, options with { Threads = 1 }, checkpoint: (state, _) => states.Add(state));
        ZeroShotResult resumed = ZeroShotTraining.Fit(model, Recordings, options with { Threads = 2 }, states[0]);
        Assert.Equal(100, states[0].Update);
        Assert.Equal(whole.Training.State.Parameters, resumed.Training.State.Parameters);
        Assert.Equal(whole.Model.Parameters.W, resumed.Model.Parameters.W);
        IReadOnlyList<LossPoint> losses = whole.Training.Losses;
        Assert.True(losses[^1].Loss < 0.95 * losses[0].Loss, $"{losses[0].Loss} to {losses[^1].Loss}");
    }

    [Fact]
    public void Bad_recordings_and_options_are_named()
    {
        DynaMixModel model = DynaMixModel.Create(3, 10, 3, 2, 5, seed: 1);
        string Message(IReadOnlyList<TimeSeries> recordings, ZeroShotTrainingOptions options)
            => Assert.Throws<ArgumentException>(() => ZeroShotTraining.Check(model, recordings, options)).Message;
        Assert.Contains("no recording", Message([], s_small));
        Assert.Contains("has 2 variables", Message([Recordings[0].Columns([0, 1])], s_small));
        Assert.Contains("has 20 rows: contexts and windows take 26", Message([Recordings[0].Slice(0, 20)], s_small));
        Assert.Contains("at least 3, not 2", Message(Recordings, s_small with { ContextLength = 2 }));
        Assert.Contains("largest noise", Message(Recordings, s_small with { MostNoise = double.NaN }));
        Assert.Throws<ArgumentException>(() => DynaMixModel.Create(3, 2, 3, 2, 5, seed: 1));
    }

    // Away from what is special about the beginning: h = 0, D = [I 0].
    private static DynaMixModel Perturbed(int n, int m, int experts, int rectified, int hidden, bool input)
    {
        DynaMixModel model = DynaMixModel.Create(n, m, experts, rectified, hidden, seed: 3, input);
        DynaMixLayout layout = new(model.Parameters);
        double[] values = layout.Pack(model.Parameters);
        Attractor.Numerics.RandomStream random = new(2, "test");
        foreach (ref double value in values.AsSpan())
            value += 0.1 * random.NextNormal();
        values[layout.AttentionTemperature.Offset] = -0.3;
        values[layout.GateTemperature.Offset] = 0.4;
        return new(layout.Unpack(values));
    }
}
