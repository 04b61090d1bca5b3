using System.Text.Json;
using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Optimizers;

[Trait("Registers", "Any")]
public sealed unsafe class RpropTests
{
    private const int Weights = 21, Steps = 60;

    public static TheoryData<RpropVariant> Variants() => [.. Enum.GetValues<RpropVariant>()];

    [Theory]
    [MemberData(nameof(Variants))]
    public void It_takes_the_steps_of_the_papers_to_the_bit_at_every_width(RpropVariant variant)
    {
        JsonElement[] paths =
            [.. Golden.Read("rprop.golden.json").EnumerateArray().Where(p => p.GetProperty("variant").GetString() == variant.ToString())];
        Assert.Equal(3, paths.Length);
        foreach (JsonElement path in paths)
        {
            double[] c = path.GetProperty("constants").Doubles();
            Optimizer optimizer = Optimizer.Rprop(variant, c[0], c[1], c[2], c[3], c[4]);
            TakesThePath<Lanes128<double>>(optimizer, path);
            TakesThePath<Lanes256<double>>(optimizer, path);
            TakesThePath<Lanes512<double>>(optimizer, path);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Going_on_from_a_state_gives_the_bits_of_never_having_stopped(RpropVariant variant)
    {
        Optimizer optimizer = Optimizer.Rprop(variant);
        using OptimizedParameters<Lanes256<double>, double> whole = new(optimizer, Start(), null);
        TrainingState? state = null;
        Run(whole, 0, Steps, step =>
        {
            if (step == 23)
            {
                whole.Keep();
                state = whole.Export(divergences: 0);
            }
        });
        using OptimizedParameters<Lanes256<double>, double> resumed = new(optimizer, Start(), state);
        Assert.Equal(23, resumed.Update);
        Run(resumed, 23, Steps, _ => { });
        Assert.Equal(new Span<double>(whole.Pointer, Weights).ToArray(), new Span<double>(resumed.Pointer, Weights).ToArray());
    }

    [Fact]
    public void Neither_the_size_of_a_gradient_nor_the_learning_rate_matters()
    {
        double[] once = Moved(1, rate: 1), scaled = Moved(1e-7, rate: 1e-9);
        Assert.Equal(once, scaled);
        Assert.NotEqual(Start(), once);

        static double[] Moved(double scale, double rate)
        {
            using OptimizedParameters<Lanes256<double>, double> parameters = new(Optimizer.Rprop(), Start(), null);
            Run(parameters, 0, Steps, _ => { }, scale, rate);
            return new Span<double>(parameters.Pointer, Weights).ToArray();
        }
    }

    [Fact]
    public void What_pads_the_parameters_stays_zero()
    {
        using OptimizedParameters<Lanes256<double>, double> parameters = new(Optimizer.Rprop(), Start(), null);
        Run(parameters, 0, Steps, _ => { });
        Assert.Equal(24, parameters.Padded);
        Assert.Equal([0, 0, 0], new Span<double>(parameters.Pointer + Weights, 3).ToArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_is_not_passed_over(double value)
    {
        using OptimizedParameters<Lanes256<double>, double> parameters = new(Optimizer.Rprop(), [1, 2], null);
        using AlignedBuffer<double> gradient = new(parameters.Padded);
        gradient.Pointer[1] = value;
        parameters.Update++;
        parameters.Step(gradient.Pointer, 0, parameters.Padded, 1);
        Assert.Equal(1, parameters.Pointer[0]);
        Assert.False(parameters.AreFinite());
    }

    [Fact]
    public void Constants_out_of_their_range_are_refused()
    {
        Assert.Contains("eta+ must be larger than 1", Message(() => Optimizer.Rprop(increase: 1)), StringComparison.Ordinal);
        Assert.Contains("eta- must lie between 0 and 1", Message(() => Optimizer.Rprop(decrease: double.NaN)), StringComparison.Ordinal);
        Assert.Contains("initial step", Message(() => Optimizer.Rprop(initialStep: 51)), StringComparison.Ordinal);
        Assert.Contains("initial step", Message(() => Optimizer.Rprop(initialStep: 0)), StringComparison.Ordinal);
        Assert.Contains("smallest step", Message(() => Optimizer.Rprop(smallestStep: -1)), StringComparison.Ordinal);
        Assert.Contains("largest step", Message(() => Optimizer.Rprop(smallestStep: 1, largestStep: 0.5)), StringComparison.Ordinal);
        Assert.Contains("no such variant", Message(() => Optimizer.Rprop((RpropVariant)9)), StringComparison.Ordinal);
        Assert.NotNull(Optimizer.Rprop(largestStep: double.PositiveInfinity));

        static string Message(Action make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;
    }

    private static void TakesThePath<S>(Optimizer optimizer, JsonElement path)
        where S : unmanaged, ILanes<S, double>
    {
        LinearStream stream = new(7);
        using OptimizedParameters<S, double> parameters = new(optimizer, stream.Take(Weights), null);
        using AlignedBuffer<double> gradient = new(parameters.Padded);
        int row = 0;
        for (int step = 0; step < Steps; step++)
        {
            Fill(gradient, stream.Take(Weights), step);
            parameters.Update++;
            parameters.Step(gradient.Pointer, 0, parameters.Padded, rate: 0.01);
            if (step % 12 != 0 && step != Steps - 1)
                continue;
            parameters.Keep();
            TrainingState state = parameters.Export(0);
            Assert.Equal(path.GetProperty("values")[row].Doubles(), state.Parameters);
            Assert.Equal(path.GetProperty("sizes")[row++].Doubles(), state.Moments[0]);
        }
        Assert.Equal(path.GetProperty("values").GetArrayLength(), row);
    }

    private static void Run(
        OptimizedParameters<Lanes256<double>, double> parameters, int from, int to, Action<int> after, double scale = 1, double rate = 0.01)
    {
        using AlignedBuffer<double> gradient = new(parameters.Padded);
        for (int step = from; step < to; step++)
        {
            Fill(gradient, new LinearStream(step + 1).Take(Weights), step);
            for (int i = 0; i < Weights; i++)
                gradient.Pointer[i] *= scale;
            parameters.Update++;
            parameters.Step(gradient.Pointer, 0, parameters.Padded, rate);
            after(step + 1);
        }
    }

    // As the script has it: runs of one sign, changes of it, zeros, and some so small that a product of two is 0.
    private static void Fill(AlignedBuffer<double> gradient, double[] noise, int step)
    {
        for (int i = 0; i < Weights; i++)
            gradient.Pointer[i] = (step + i) % 11 == 0 ? 0
                : i % 3 == 1 ? 1e-300 * noise[i]
                : noise[i] + (0.7 * (step / (4 + i) % 2 == 0 ? 1 : -1));
    }

    private static double[] Start() => new LinearStream(3).Take(Weights);
}
