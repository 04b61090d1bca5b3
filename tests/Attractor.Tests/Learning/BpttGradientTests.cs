using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Tests.Models.Recurrent;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed class BpttGradientTests
{
    private static readonly string[] s_forcings = ["stf", "gtf", "warm-up", "none", "full"];

    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds];

    public static TheoryData<string, int, int, int, string> Cases()
    {
        TheoryData<string, int, int, int, string> cases = [];
        foreach (string kind in LibraryCells.Kinds)
            foreach (string forcing in s_forcings)
            {
                cases.Add(kind, 2, 2, 5, forcing);
                cases.Add(kind, 2, 4, 7, forcing);
                cases.Add(kind, 3, 9, 33, forcing);
            }
        return cases;
    }

    // The others are held against PyTorch.
    public static TheoryData<string, int, int, int, string> PiecewiseLinearCases()
        => new(Cases().Where(c => LibraryCells.PiecewiseLinear.Contains(c.Data.Item1)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_of_every_parameter_agrees_with_central_differences(
        string kind, int observed, int latent, int hidden, string forcing)
    {
        TrainingOptions options = Options(forcing, steps: 23);
        RecurrentModel model = Model(kind, observed, latent, hidden, seed: 5);
        TimeSeries[] windows = Windows(observed, count: 11, options.SequenceLength + 1, seed: 3);

        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                ClearDiagonal(model);
                return Training.LossAndGradient(model, windows, options);
            },
            model.Parameters.Values,
            step: 1e-7);

        Assert.True(
            check.RelativeError <= 1e-6, $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
    }

    [Theory]
    [MemberData(nameof(PiecewiseLinearCases))]
    public void Loss_and_gradient_agree_with_a_plain_scalar_implementation(
        string kind, int observed, int latent, int hidden, string forcing)
    {
        TrainingOptions options = Options(forcing, steps: 45);
        RecurrentModel model = Model(kind, observed, latent, hidden, seed: 6);
        TimeSeries[] windows = Windows(observed, count: 19, options.SequenceLength + 1, seed: 4);

        (double loss, double[] gradient) = Training.LossAndGradient(model, windows, options);
        (double expectedLoss, double[] expected) = PlainBptt.LossAndGradient(model, windows, options);

        Assert.Equal(expectedLoss, loss, 1e-12 * expectedLoss);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradient[i], 1e-11 * scale);
    }

    [Theory]
    [InlineData("shplrnn", 41)]
    [InlineData("clipped-shplrnn", 41)]
    [InlineData("plrnn", 67)]
    [InlineData("alrnn", 67)]
    public void A_network_too_large_for_accumulators_by_lane_has_the_same_gradient(string kind, int latent)
        => Loss_and_gradient_agree_with_a_plain_scalar_implementation(kind, observed: 3, latent, hidden: 123, "stf");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generalised_forcing_with_alpha_1_gives_the_gradient_of_one_step_predictions(string kind)
    {
        RecurrentModel model = Model(kind, 3, 3, 12, seed: 7);
        TimeSeries window = Windows(3, count: 1, 31, seed: 5)[0];
        TimeSeries[] pairs = [.. Enumerable.Range(0, 30).Select(t => window.Slice(t, 2))];

        (double loss, double[] gradient) = Training.LossAndGradient(
            model, [window], new() { Forcing = TeacherForcing.Generalized(1), SequenceLength = 30 });
        (double oneStepLoss, double[] oneStep) = Training.LossAndGradient(
            model, pairs, new() { Forcing = TeacherForcing.Generalized(0), SequenceLength = 1 });

        Assert.Equal(oneStepLoss, loss, 1e-13);
        AssertClose(oneStep, gradient);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generalised_forcing_with_alpha_0_is_plain_backpropagation_through_time(string kind)
    {
        RecurrentModel model = Model(kind, 3, 5, 12, seed: 8);
        TimeSeries[] windows = Windows(3, count: 4, 31, seed: 6);

        (double loss, double[] gradient) = Training.LossAndGradient(
            model, windows, new() { Forcing = TeacherForcing.Generalized(0), SequenceLength = 30 });
        (double plainLoss, double[] plain) = Training.LossAndGradient(
            model, windows, new() { Forcing = TeacherForcing.Sparse(1000), SequenceLength = 30 });

        Assert.Equal(plainLoss, loss, 1e-14);
        AssertClose(plain, gradient);
    }

    [Fact]
    public void Warm_up_leaves_the_first_predictions_out_of_the_loss()
    {
        RecurrentModel model = Model("shplrnn", 2, 4, 9, seed: 2);
        TimeSeries window = Windows(2, count: 1, 41, seed: 9)[0];
        TrainingOptions options = new() { Forcing = TeacherForcing.Sparse(1000), WarmUp = 39, SequenceLength = 40 };
        (double loss, _) = Training.LossAndGradient(model, [window], options);
        double[] state = new double[4];
        model.InitialState(window.Row(0), state);
        for (int t = 0; t < 40; t++)
        {
            if (t < 39)
                window.Row(t).CopyTo(state);
            model.Step(state, state);
        }
        double expected = 0;
        for (int n = 0; n < 2; n++)
            expected += Math.Pow(state[n] - window[40, n], 2) / 2;

        Assert.Equal(expected, loss, 1e-13);
    }

    /// <summary>A network of any kind with thresholds other than zero; hidden units where the kind has them.</summary>
    internal static RecurrentModel Model(string kind, int observed, int latent, int hidden, ulong seed)
    {
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, observed, latent, hidden), seed);
        RandomStream random = new(seed, "thresholds");
        double[] h1 = [.. Enumerable.Range(0, latent).Select(_ => 0.3 * random.NextNormal())];
        double[] h2 = [.. Enumerable.Range(0, hidden).Select(_ => 0.7 * random.NextNormal())];
        if (model is RectifiedStateNetwork)
        {
            model.Parameters.Set("h", h1);
            return model;
        }
        if (model is SaturatingNetwork)
            return model;
        model.Parameters.Set("h1", h1);
        model.Parameters.Set("h2", h2);
        return model;
    }

    internal static TimeSeries[] Windows(int observed, int count, int rows, ulong seed)
    {
        RandomStream random = new(seed, "windows");
        return [.. Enumerable.Range(0, count).Select(
            _ => new TimeSeries([.. Enumerable.Range(0, rows * observed).Select(_ => random.NextNormal())], observed))];
    }

    /// <summary>The diagonal of W is no parameter but of an almost-linear network: whatever is put there has no part in it.</summary>
    internal static void ClearDiagonal(RecurrentModel model)
    {
        if (model is RectifiedStateNetwork and not AlmostLinearRnn)
            model.Parameters.Set("W", [.. model.Parameters["W"].ToArray().Select((w, i) => i % (model.Latent + 1) == 0 ? 0 : w)]);
    }

    private static TrainingOptions Options(string forcing, int steps) => forcing switch
    {
        "stf" => new() { Forcing = TeacherForcing.Sparse(5), SequenceLength = steps },
        "gtf" => new() { Forcing = TeacherForcing.Generalized(0.15), SequenceLength = steps },
        "full" => new() { Forcing = TeacherForcing.Generalized(1), SequenceLength = steps },
        "warm-up" => new() { Forcing = TeacherForcing.Sparse(6), WarmUp = 8, SequenceLength = steps },
        _ => new() { Forcing = TeacherForcing.Generalized(0), SequenceLength = steps },
    };

    private static void AssertClose(double[] expected, double[] actual)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12 * scale);
    }
}
