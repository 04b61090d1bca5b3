using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Optimizers;

public sealed unsafe class UpdateRuleTests
{
    private static readonly double[] s_start = [.. Enumerable.Range(0, 21).Select(i => Math.Cos(i))];

    [Fact]
    public void A_rule_sees_all_parameters_and_nothing_that_pads_them()
    {
        using OptimizedParameters<Lanes128<double>, double> whole = new(new Decay(), s_start, null),
            parts = new(new Decay(), s_start, null);
        using AlignedBuffer<double> gradient = new(whole.Padded);
        whole.Update = parts.Update = 1;
        whole.Step(gradient.Pointer, 0, whole.Padded, 0.5);
        parts.Step(gradient.Pointer + 8, 8, parts.Padded - 8, 0.5);
        parts.Step(gradient.Pointer, 0, 8, 0.5);
        for (int i = 0; i < s_start.Length; i++)
        {
            Assert.Equal((s_start[i] / 2) + 1, whole.Pointer[i], 1e-15);
            Assert.Equal(whole.Pointer[i], parts.Pointer[i]);
        }
        for (int i = whole.Count; i < whole.Padded; i++)
            Assert.Equal(0, whole.Pointer[i]);
    }

    [Fact]
    public void Moments_begin_at_0_and_go_with_the_state()
    {
        using OptimizerState<float> whole = new(new Decay(), s_start), first = new(new Decay(), s_start);
        for (int i = 0; i < 6; i++)
            Step(whole);
        for (int i = 0; i < 3; i++)
            Step(first);
        TrainingState state = TrainingState.FromTensors(first.Export().ToTensors());
        Assert.Equal(3, state.Update);
        Assert.All(state.Moments[0], m => Assert.Equal(3, m));
        using OptimizerState<float> rest = new(new Decay(), state);
        for (int i = 0; i < 3; i++)
            Step(rest);
        Assert.Equal(whole.Parameters.ToArray(), rest.Parameters.ToArray());

        static void Step(OptimizerState<float> state)
        {
            for (int i = 0; i < state.Gradient.Length; i++)
                state.Gradient[i] = state.Parameters[i] * i;
            state.Step(1e-2);
        }
    }

    [Fact]
    public void Tensors_that_are_fixed_stay_where_a_rule_would_move_them()
    {
        ParameterLayout layout = new();
        ParameterTensor moved = layout.Vector("moved", 3), held = layout.Vector("held", 3);
        ParameterBuffer parameters = new(layout);
        parameters.Set("held", [1, 2, 3]);
        Minibatches.Fit(
            parameters, new Distance(moved, held), new() { Epochs = 3, BatchSize = 2, Optimizer = new Decay(), FixedTensors = ["held"] });
        Assert.Equal([1, 2, 3], parameters["held"].ToArray());
        Assert.DoesNotContain(0, parameters["moved"].ToArray());
    }

    [Fact]
    public void The_gradient_of_a_model_of_ones_own_is_checked_by_tensor()
    {
        ParameterLayout layout = new();
        ParameterTensor a = layout.Matrix("a", 2, 3), b = layout.Vector("b", 3);
        ParameterBuffer parameters = new(layout);
        parameters.Set([.. Enumerable.Range(0, 9).Select(i => Math.Sin(i))]);
        GradientCheck check = Gradient.Check((_, x) =>
        {
            TapeParameters<double> p = new(x, parameters);
            return (p[a] * p[b].Exp()).Square().Sum();
        }, new(1, 9), parameters.Values);
        Assert.InRange(check.RelativeError, 0, 1e-8);
        Assert.Throws<ArgumentException>(
            () => Gradient.Check((_, x) => new TapeParameters<double>(x, parameters)[a].Sum(), new(1, 8), new double[8]));
    }

    [Fact]
    public void What_is_asked_beyond_the_moments_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            using OptimizerState<double> state = new(new Decay(Moment: 1), 1, 2);
            state.Step(0.1);
        });

    // theta <- (1 - rate) theta + m, m the number of updates.
    private sealed record Decay(int Moment = 0) : UpdateRule
    {
        public override int MomentCount => 1;

        protected override void Apply<T>(in UpdateStep<T> step)
        {
            Span<T> theta = step.Parameters, m = step.Moment(Moment);
            T keep = T.CreateTruncating(1 - step.LearningRate);
            for (int i = 0; i < theta.Length; i++)
            {
                m[i] += T.One;
                theta[i] = (keep * theta[i]) + m[i] + step.Gradient[i];
            }
        }
    }

    private sealed class Distance(ParameterTensor a, ParameterTensor b) : MinibatchObjective
    {
        public override int SampleCount => 4;

        public override Variable<T> Loss<T>(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place)
            => (parameters[a] - parameters[b]).Square().Sum() * samples.Length;
    }
}
