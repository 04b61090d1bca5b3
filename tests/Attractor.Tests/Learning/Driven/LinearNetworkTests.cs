using System.Text.Json;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Driven;

/// <summary>The network s_k = x_k w_x + s_(k-1) w_rec that is to sum its inputs: every number is known.</summary>
[Trait("Registers", "Any")]
public sealed class LinearNetworkTests
{
    private static readonly JsonElement s_golden = Golden.Read("linear_network.golden.json");

    private static SequenceSet Inputs { get; } = new(
        [.. s_golden.GetProperty("inputs").EnumerateArray().Select(x => new TimeSeries(x.Doubles(), 1))]);

    private static double[][] Targets { get; } = [.. s_golden.GetProperty("targets").Doubles().Select(t => new[] { t })];

    [Fact]
    public void Loss_gradient_and_state_gradients_are_those_worked_out_by_hand()
    {
        foreach (JsonElement point in s_golden.GetProperty("points").EnumerateArray())
        {
            double[] at = point.GetProperty("at").Doubles(), expected = point.GetProperty("gradient").Doubles();
            DrivenNetwork network = Network(at[0], at[1]);
            (double loss, double[] gradient) = DrivenTraining.LossAndGradient(network, Inputs, Targets);
            Assert.Equal(point.GetProperty("loss").GetDouble(), loss, 1e-13 * loss);
            // cell.A, cell.W, cell.h, C.
            double[] found = [gradient[3], gradient[0]];
            for (int i = 0; i < 2; i++)
                Assert.Equal(expected[i], found[i], 1e-13 * Math.Max(Math.Abs(expected[0]), Math.Abs(expected[1])));

            IReadOnlyList<TimeSeries> states = DrivenTraining.StateGradients(network, Inputs, Targets);
            AssertRelative(point.GetProperty("states")[0].Doubles(), states[0].Column(0));
            AssertRelative(point.GetProperty("states")[1].Doubles(), states[29].Column(0));
        }
    }

    [Fact]
    public void The_gradient_at_1_2_has_the_published_digits()
    {
        double[] gradient = DrivenTraining.LossAndGradient(Network(1.2, 1.2), Inputs, Targets).Gradient;
        Assert.Equal("35831.71124367", gradient[3].ToString("F8", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("521568.4066673", gradient[0].ToString("F7", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_gradient_agrees_with_central_differences_at_a_hundred_random_points()
    {
        RandomStream random = new(1, "points");
        for (int i = 0; i < 100; i++)
        {
            double[] at = [random.NextUniform(-2, 2), random.NextUniform(-2, 2)];
            GradientCheck check = Gradient.Check(
                w =>
                {
                    (double loss, double[] gradient) = DrivenTraining.LossAndGradient(Network(w[0], w[1]), Inputs, Targets);
                    return (loss, [gradient[3], gradient[0]]);
                },
                at);
            Assert.True(check.RelativeError <= 1e-7, $"at ({at[0]}, {at[1]}): {check.RelativeError}");
        }
    }

    [Fact]
    public void Resilient_backpropagation_takes_the_published_path_to_the_published_weights()
    {
        (DrivenNetwork network, List<double[]> path, MinibatchResult result) = Trained(Options());
        Assert.Equal(501, path.Count);
        int row = 0;
        foreach (JsonElement expected in s_golden.GetProperty("path").EnumerateArray())
            Assert.Equal(expected.Doubles(), path[50 * row++]);
        Assert.Equal(11, row);
        Assert.Equal("1.6779304274", network.Parameters["C"][0].ToString("F10", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("0.9398291779", network.Parameters["cell.A"][0].ToString("F10", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(500, result.State.Update);

        TimeSeries states = network.States(new([.. Enumerable.Repeat((double[])[0.66, 0.33, 0.33, 0.66, 1], 4).SelectMany(x => x)], 1));
        Assert.Equal(20, states.Length);
        Assert.Equal(s_golden.GetProperty("test_output").GetDouble(), states[19, 0], 1e-13);
        Assert.Equal("12.07678517", states[19, 0].ToString("F8", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Going_on_from_a_state_gives_the_bits_of_never_having_stopped_and_so_do_any_threads()
    {
        (DrivenNetwork whole, _, MinibatchResult result) = Trained(Options());
        MinibatchResult half = Trained(Options() with { Epochs = 217 }).Result;
        DrivenNetwork resumed = Network(0, 0);
        MinibatchResult rest = DrivenTraining.Fit(
            resumed, Inputs, Targets, Options() with { Threads = 1 }, half.State, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Parameters.Values.ToArray(), resumed.Parameters.Values.ToArray());
        for (int i = 0; i < 2; i++)
            Assert.Equal(result.State.Moments[i], rest.State.Moments[i]);
    }

    private static MinibatchOptions Options() => new()
    {
        Epochs = 500,
        BatchSize = 30,
        // The published rule halves 0.001 before the first step.
        Optimizer = Optimizer.Rprop(RpropVariant.Minus, initialStep: 0.0005),
        FixedTensors = ["cell.W", "cell.h"],
        Precision = Precision.Float64,
        CheckpointInterval = TimeSpan.Zero,
    };

    private static (DrivenNetwork Network, List<double[]> Path, MinibatchResult Result) Trained(MinibatchOptions options)
    {
        DrivenNetwork network = Network(-1.5, 2);
        List<double[]> path = [[-1.5, 2]];
        MinibatchResult result = DrivenTraining.Fit(
            network,
            Inputs,
            Targets,
            options,
            callbacks: new() { Checkpoint = (state, _) => path.Add([state.Parameters[3], state.Parameters[0]]) },
            cancellationToken: TestContext.Current.CancellationToken);
        return (network, path, result);
    }

    private static DrivenNetwork Network(double wx, double wrec)
    {
        DrivenNetwork network = new("plrnn", inputs: 1, outputs: 1, units: 1);
        network.Parameters.Set([wrec, 0, 0, wx]);
        return network;
    }

    private static void AssertRelative(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12 * Math.Abs(expected[i]));
    }
}
