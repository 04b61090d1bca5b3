using Attractor.Learning;
using Attractor.Learning.Optimizers;
using Attractor.Numerics.Lanes;

namespace Attractor.Tests.Learning.Optimizers;

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
            whole.Step(gradient.Pointer, 0, whole.Padded, 0.1, step);
            parts.Step(gradient.Pointer + 8, 8, parts.Padded - 8, 0.1, step);
            parts.Step(gradient.Pointer, 0, 8, 0.1, step);
        }
        Assert.Equal(whole.Current(), parts.Current());
        Assert.NotEqual(s_start, whole.Current());
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
        parameters.Step(gradient.Pointer, 0, parameters.Padded, 0.1, 1);
        Assert.Equal(s_start, parameters.Parameters());
        parameters.Keep();
        TrainingState state = new() { Update = 1, Parameters = parameters.Parameters(), Moments = parameters.Moments() };
        Assert.Equal(2, state.Moments.Length);
        parameters.Step(gradient.Pointer, 0, parameters.Padded, 0.1, 2);
        double[] second = parameters.Current();
        Assert.Equal(state.Parameters, parameters.Parameters());
        parameters.Restore();
        Assert.Equal(state.Parameters, parameters.Current());
        parameters.Step(gradient.Pointer, 0, parameters.Padded, 0.1, 2);
        Assert.Equal(second, parameters.Current());

        using OptimizedParameters<Lanes128<double>, double> resumed = new(optimizer, s_start, state);
        resumed.Step(gradient.Pointer, 0, resumed.Padded, 0.1, 2);
        Assert.Equal(second, resumed.Current());
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
        string message = Assert.Throws<ArgumentException>(() => new OptimizedParameters<Lanes128<double>, double>(Optimizer.Adam(), [1, 2], state)).Message;
        Assert.Contains("2 parameters and 1 moments; expected 2 and 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OptimizedParameters<Lanes128<double>, double>(Optimizer.Sgd(), [1, 2, 3], state));
    }

    private static AlignedBuffer<double> Gradient(long padded)
    {
        AlignedBuffer<double> gradient = new(padded);
        for (int i = 0; i < s_start.Length; i++)
            gradient.Pointer[i] = Math.Sin(i) + 0.1;
        return gradient;
    }
}
