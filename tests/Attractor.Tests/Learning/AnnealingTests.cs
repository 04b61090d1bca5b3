using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning;

public sealed class AnnealingTests
{
    private static readonly TrainingOptions s_thousand = new()
    {
        Updates = 1000,
        SequenceLength = 20,
        Seed = 3,
        L2 = 0.1,
        Precision = Precision.Float64,
        CheckpointInterval = 100,
    };

    [Fact]
    public void The_weight_is_whole_for_half_of_the_updates_and_gone_for_the_last_tenth()
    {
        Dictionary<long, TrainingState> annealed = States(s_thousand with { L2End = 0 }), constant = States(s_thousand);
        for (long update = 100; update <= 500; update += 100)
            Assert.Equal(constant[update].Parameters, annealed[update].Parameters);
        Assert.NotEqual(constant[600].Parameters, annealed[600].Parameters);
        Dictionary<long, TrainingState> without = States(s_thousand with { L2 = 0 }, annealed[900]);
        Assert.Equal(without[1000].Parameters, annealed[1000].Parameters);
        Assert.NotEqual(States(s_thousand with { L2 = 0 }, annealed[800])[900].Parameters, annealed[900].Parameters);
    }

    /// <summary>At a rate of 1e-9 parameters hardly move: what L2 moves them by is in proportion to the sum of its weights.</summary>
    [Fact]
    public void It_falls_in_a_straight_line()
    {
        TrainingOptions plain = s_thousand with
        {
            Optimizer = Optimizer.Sgd(momentum: 0),
            LearningRate = LearningRateSchedule.Constant(1e-9),
            GradientClip = 0,
            L2 = 1,
        };
        Dictionary<long, TrainingState> annealed = States(plain with { L2End = 0.2 }), without = States(plain with { L2 = 0 });
        double Sum(long update) => Displacement(annealed[update], without[update]);
        double unit = Sum(500) / 500;
        Assert.Equal(unit * Enumerable.Range(500, 200).Sum(u => 1 - (0.8 * (u - 500) / 400)), Sum(700) - Sum(500), Math.Abs(unit) * 1e-3);
        Assert.Equal(unit * 0.2 * 100, Sum(1000) - Sum(900), Math.Abs(unit) * 1e-3);
    }

    [Fact]
    public void A_weight_below_zero_is_refused()
        => Assert.Throws<ArgumentException>(() => Training.Fit(New(), TrainingTests.Data(), s_thousand with { L2End = -1 }));

    /// <summary>From nine tenths on the same updates as of a training without noise: no input keeps what an earlier one had.</summary>
    [Fact]
    public void Noise_on_the_inputs_falls_by_the_same_schedule()
    {
        TrainingOptions noisy = s_thousand with { L2 = 0, InputNoise = 0.1 }, quiet = s_thousand with { L2 = 0 };
        Dictionary<long, TrainingState> annealed = States(noisy with { InputNoiseEnd = 0 }), constant = States(noisy);
        for (long update = 100; update <= 500; update += 100)
            Assert.Equal(constant[update].Parameters, annealed[update].Parameters);
        Assert.NotEqual(constant[600].Parameters, annealed[600].Parameters);
        Assert.Equal(States(quiet, annealed[900])[1000].Parameters, annealed[1000].Parameters);
        Assert.NotEqual(States(quiet, annealed[800])[900].Parameters, annealed[900].Parameters);
        Assert.Throws<ArgumentException>(() => States(noisy with { InputNoiseEnd = -1 }));
    }

    private static double Displacement(TrainingState with, TrainingState without)
        => with.Parameters.Zip(without.Parameters, (a, b) => Math.Abs(a - b)).Sum();

    private static Dictionary<long, TrainingState> States(TrainingOptions options, TrainingState? begun = null)
    {
        Dictionary<long, TrainingState> states = [];
        Training.Fit(New(), [TrainingTests.Data()], options, begun, (state, _) => states[state.Update] = state);
        return states;
    }

    private static ShallowPlrnn New() => new(2, 3, 10, seed: 1);
}
