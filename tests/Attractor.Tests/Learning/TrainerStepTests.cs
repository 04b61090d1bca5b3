using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning;

/// <summary>One update of plain gradient descent moves the parameters by exactly what gradient, penalty and clipping say.</summary>
public sealed class TrainerStepTests
{
    private const int Steps = 12;
    private const double Rate = 0.01;

    private static readonly TrainingOptions s_one = new()
    {
        Updates = 1,
        SequenceLength = Steps,
        BatchSize = 4,
        Optimizer = Optimizer.Sgd(0),
        LearningRate = LearningRateSchedule.Constant(Rate),
        GradientClip = 0,
        Precision = Precision.Float64,
    };

    [Fact]
    public void The_time_that_is_left_is_that_of_the_steps_that_are_left()
    {
        List<TrainingProgress> told = [];
        TrainingOptions options = s_one with { Updates = 2000 };
        Training.Fit(
            Model(),
            [Data()],
            options,
            progress: new TrainingTests.Collect(told.Add),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, told[^1].Remaining);
        foreach (TrainingProgress at in told.Where(p => p.UpdatesPerSecond > 0))
            Assert.Equal((at.Updates - at.Update) / at.UpdatesPerSecond, at.Remaining.TotalSeconds, 1e-3);
    }

    [Fact]
    public void The_penalty_adds_twice_lambda_times_the_distance_from_rest()
    {
        const double Lambda = 0.3;
        (double[] before, double[] gradient, double[] after) = Move(s_one with { L2 = Lambda });
        RecurrentModel model = Model();
        int moved = 0;
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                double expected = before[i] - (Rate * (gradient[i] + (2 * Lambda * (before[i] - tensor.RestingValue))));
                Assert.Equal(expected, after[i], 1e-13);
                moved += Math.Abs(before[i] - tensor.RestingValue) > 1e-3 ? 1 : 0;
            }
        Assert.InRange(moved, 5, before.Length);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_gradient_is_scaled_down_to_the_norm_and_never_up(double factor)
    {
        double norm = Norm(Move(s_one).Gradient);
        (double[] before, double[] gradient, double[] after) = Move(s_one with { GradientClip = factor * norm });
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i] - (Rate * Math.Min(1, factor) * gradient[i]), after[i], 1e-13);
    }

    [Fact]
    public unsafe void The_noise_on_inputs_is_Gaussian_with_the_level_as_its_deviation()
    {
        const double Level = 0.5;
        const int Lanes = 8, Batch = 64;
        TimeSeries data = Data();
        using WindowBatch<double> batch = new([data], Batch, Steps, Lanes, noisyInputs: true);
        batch.Fill([.. Enumerable.Range(0, Batch).Select(_ => new WindowStart(0, 0))]);
        batch.AddInputNoise(Level, new RandomStream(5, "noise"));
        List<double> noise = [];
        for (int block = 0; block < batch.Blocks; block++)
            for (nint i = 0; i < batch.BlockLength; i++)
                noise.Add(batch.Inputs(block)[i] - batch.Targets(block)[i]);
        double count = noise.Count, mean = noise.Average(), variance = noise.Average(v => (v - mean) * (v - mean)),
            kurtosis = noise.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
        Assert.Equal(0, mean, 4 * Level / Math.Sqrt(count));
        Assert.Equal(Level * Level, variance, 4 * Level * Level * Math.Sqrt(2 / count));
        Assert.Equal(3, kurtosis, 4 * Math.Sqrt(24 / count));
    }

    [Fact]
    public void A_check_throws_what_a_training_would_and_nothing_else()
    {
        Training.Check(Model(), [Data()], s_one);
        foreach ((IReadOnlyList<TimeSeries> data, TrainingOptions options) in (IEnumerable<(IReadOnlyList<TimeSeries>, TrainingOptions)>)[
            ([Data().Slice(0, Steps)], s_one), ([new TimeSeries(new double[60], 3)], s_one), ([Data()], s_one with { BatchSize = 0 })])
        {
            string checkedMessage = Assert.ThrowsAny<ArgumentException>(() => Training.Check(Model(), data, options)).Message;
            Assert.Equal(checkedMessage, Assert.ThrowsAny<ArgumentException>(() => Training.Fit(Model(), data, options)).Message);
        }
    }

    [Fact]
    public void The_last_update_of_an_exponential_schedule_has_its_end()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Exponential(1e-2, 1e-6);
        Assert.Equal(1e-2, schedule.At(0, 5));
        Assert.Equal(1e-3, schedule.At(1, 5), 1e-15);
        Assert.Equal(1e-4, schedule.At(2, 5), 1e-16);
        Assert.Equal(1e-6, schedule.At(4, 5), 1e-18);
        Assert.Equal(1e-2, schedule.At(0, 1));
    }

    [Fact]
    public void A_step_is_taken_at_the_update_that_it_names()
    {
        StepRate schedule = new(1, 0.5, [0.5, 0.75]);
        Assert.Equal([1, 0.5, 0.5, 0.25, 0.25], ((long[])[49, 50, 74, 75, 99]).Select(update => schedule.At(update, 100)));
        Assert.Equal(0.5, new StepRate(1, 0.5, [0]).At(0, 100));
    }

    private static (double[] Before, double[] Gradient, double[] After) Move(TrainingOptions options)
    {
        RecurrentModel model = Model();
        double[] before = model.Parameters.Values.ToArray();
        // The data are one window long, so that every window of the batch is it.
        double[] gradient = Training.LossAndGradient(model, [.. Enumerable.Repeat(Data(), options.BatchSize)], options).Gradient;
        Training.Fit(model, Data(), options);
        return (before, gradient, model.Parameters.Values.ToArray());
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));

    private static ShallowPlrnn Model() => new(2, 3, 4, seed: 7);

    private static TimeSeries Data()
        => new([.. Enumerable.Range(0, 2 * (Steps + 1)).Select(i => Math.Sin(0.7 * i) + (0.1 * i))], 2);
}
