using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Optimizers;

[Trait("Registers", "Any")]
public sealed unsafe class OptimizedParametersTests
{
    private static readonly double[] s_start = [.. Enumerable.Range(0, 21).Select(i => Math.Cos(i))];

    [Fact]
    public void A_step_in_parts_is_a_step_in_one_go()
    {
        Optimizer optimizer = Optimizer.Adam();
        using OptimizedParameters<Lanes128<double>, double> whole = new(optimizer, s_start, null), parts = new(optimizer, s_start, null);
        using AlignedBuffer<double> gradient = Gradient(whole.Padded);
        for (int step = 1; step <= 5; step++)
        {
            whole.Update = parts.Update = step;
            whole.Step(gradient.Pointer, 0, whole.Padded, 0.1);
            parts.Step(gradient.Pointer + 8, 8, parts.Padded - 8, 0.1);
            parts.Step(gradient.Pointer, 0, 8, 0.1);
        }
        Assert.Equal(Current(whole), Current(parts));
        Assert.NotEqual(s_start, Current(whole));
        Assert.Equal(21, whole.Count);
        Assert.Equal(24, whole.Padded);
        for (int i = whole.Count; i < whole.Padded; i++)
            Assert.Equal(0, whole.Pointer[i]);
    }

    [Fact]
    public void What_is_kept_can_be_gone_back_to_and_gone_on_from()
    {
        Optimizer optimizer = Optimizer.Adam();
        using OptimizedParameters<Lanes128<double>, double> parameters = new(optimizer, s_start, null);
        using AlignedBuffer<double> gradient = Gradient(parameters.Padded);
        Step(parameters, gradient);
        Assert.Equal(s_start, parameters.Export(0).Parameters);
        parameters.Keep();
        TrainingState state = parameters.Export(divergences: 3);
        Assert.Equal(1, state.Update);
        Assert.Equal(3, state.Divergences);
        Assert.Equal(2, state.Moments.Length);
        Step(parameters, gradient);
        double[] second = Current(parameters);
        Assert.Equal(state.Parameters, parameters.Export(0).Parameters);
        parameters.Restore();
        Assert.Equal(1, parameters.Update);
        Assert.Equal(state.Parameters, Current(parameters));
        Step(parameters, gradient);
        Assert.Equal(second, Current(parameters));

        using OptimizedParameters<Lanes128<double>, double> resumed = new(optimizer, s_start, state with { LearningRateScale = 0.25 });
        Assert.Equal(0.25, resumed.LearningRateScale);
        Step(resumed, gradient);
        Assert.Equal(second, Current(resumed));
    }

    [Fact]
    public void A_parameter_that_is_no_number_is_found()
    {
        using OptimizedParameters<Lanes128<double>, double> parameters = new(Optimizer.Sgd(), s_start, null);
        Assert.True(parameters.AreFinite());
        parameters.Pointer[20] = double.NaN;
        Assert.False(parameters.AreFinite());
        parameters.Restore();
        Assert.True(parameters.AreFinite());
    }

    [Fact]
    public void A_state_of_another_model_or_optimiser_is_refused()
    {
        TrainingState state = new() { Update = 0, Parameters = [1, 2], Moments = [[0, 0]] };
        string message = Assert.Throws<ArgumentException>(
            () => new OptimizedParameters<Lanes128<double>, double>(Optimizer.Adam(), [1, 2], state)).Message;
        Assert.Contains("2 parameters and 1 moments; expected 2 and 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OptimizedParameters<Lanes128<double>, double>(Optimizer.Sgd(), [1, 2, 3], state));
    }

    private static void Step(OptimizedParameters<Lanes128<double>, double> parameters, AlignedBuffer<double> gradient)
    {
        parameters.Update++;
        parameters.Step(gradient.Pointer, 0, parameters.Padded, 0.1);
    }

    private static double[] Current(OptimizedParameters<Lanes128<double>, double> parameters)
        => new Span<double>(parameters.Pointer, parameters.Count).ToArray();

    private static AlignedBuffer<double> Gradient(long padded)
    {
        AlignedBuffer<double> gradient = new(padded);
        for (int i = 0; i < s_start.Length; i++)
            gradient.Pointer[i] = Math.Sin(i) + 0.1;
        return gradient;
    }
}
