using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Models.Reservoirs;

[Trait("Registers", "Any")]
public sealed class EchoStateNetworkTests
{
    private const int Observed = 2;

    public static TheoryData<string> Kinds => new()
    {
        "plain", "squares", "input and constant", "everything", "two layers", "dense", "linear", "input and feedback", "feedback alone"
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_Jacobian_is_what_central_differences_say(string kind)
    {
        const double H = 6e-6;
        EchoStateNetwork network = Network(kind);
        int d = network.Dimension;
        double[] state = ReservoirTests.State(d), jacobian = new double[d * d], above = new double[d], below = new double[d];
        network.Jacobian(state, jacobian);
        for (int j = 0; j < d; j++)
        {
            double[] moved = [.. state];
            moved[j] += H;
            network.Step(moved, above);
            moved[j] = state[j] - H;
            network.Step(moved, below);
            for (int i = 0; i < d; i++)
                Assert.Equal((above[i] - below[i]) / (2 * H), jacobian[(i * d) + j], 1e-7);
        }
        Assert.Contains(jacobian, value => Math.Abs(value) > 0.01);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tangent_vectors_follow_the_Jacobian(string kind)
    {
        EchoStateNetwork network = Network(kind);
        int d = network.Dimension;
        double[] state = ReservoirTests.State(d), jacobian = new double[d * d], step = new double[d];
        network.Jacobian(state, jacobian);
        network.Step(state, step);
        foreach (int k in new[] { 1, 3, 11 })
        {
            double[] vectors = ReservoirTests.State(d * k), result = new double[d * k], next = new double[d];
            result.AsSpan().Fill(double.NaN);
            network.StepTangent(state, next, vectors, result);
            Assert.Equal(step, next, ReservoirTests.Close(1e-14));
            for (int i = 0; i < d; i++)
                for (int c = 0; c < k; c++)
                    Assert.Equal(Enumerable.Range(0, d).Sum(j => jacobian[(i * d) + j] * vectors[(j * k) + c]), result[(i * k) + c], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_is_driven_by_what_the_network_itself_observes(string kind)
    {
        EchoStateNetwork network = Network(kind);
        double[] state = ReservoirTests.State(network.Dimension), own = new double[Observed],
            free = new double[network.Dimension], forced = new double[network.Dimension];
        network.Observe(state, own);
        network.Step(state, free);
        network.ForcedStep(state, own, forced);
        Assert.Equal(free, forced);
        network.ForcedStep(state, [own[0], double.NaN], forced);
        Assert.Equal(free, forced);
        network.ForcedStep(state, [own[0] + 1, double.NaN], forced);
        Assert.NotEqual(free, forced);
        network.Step(state, state);
        Assert.Equal(free, state);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_free_run_after_a_warm_up_is_a_loop_by_hand(string kind)
    {
        const int Start = 20, WarmUp = 15, Rows = 10;
        EchoStateNetwork network = Network(kind);
        TimeSeries history = History(40);
        Reservoir reservoir = network.Reservoir;
        double[] r = new double[reservoir.Units], x = new double[network.Inputs], y = new double[Observed];
        List<double> expected = [.. history.Row(Start)];
        for (int t = Start - WarmUp; t < Start + Rows; t++)
        {
            ReadOnlySpan<double> taken = t <= Start ? history.Row(t) : y;
            if (t > Start)
                expected.AddRange(taken);
            taken[..x.Length].CopyTo(x);
            reservoir.Step(r, x, taken[..reservoir.Feedback], r);
            double[] output = new double[Observed];
            network.Read(r, x, output);
            y = output;
        }

        TimeSeries run = FreeRun.After(network, history, Start, Rows, WarmUp),
            generated = network.Generate(history, Rows, Start - WarmUp, WarmUp);

        Assert.Equal(expected, run.Values.ToArray(), ReservoirTests.Close(1e-12));
        Assert.Equal(run.Values, generated.Values);
        Assert.Equal(history.Row(Start), generated.Row(0));
        Assert.Equal(history.Dt, generated.Dt);
    }

    [Fact]
    public void Outputs_for_a_series_of_inputs_begin_at_the_state_0_and_are_fed_back()
    {
        EchoStateNetwork network = Network("input and feedback");
        TimeSeries inputs = History(25);
        TimeSeries outputs = network.Predict(inputs);
        double[] r = new double[network.Reservoir.Units], y = new double[Observed];
        for (int t = 0; t < inputs.Length; t++)
        {
            network.Reservoir.Step(r, inputs.Row(t), y, r);
            network.Read(r, inputs.Row(t), y);
            Assert.Equal(y, outputs.Row(t));
        }
    }

    [Fact]
    public void A_network_without_inputs_runs_for_as_many_rows_as_it_is_given()
    {
        EchoStateNetwork network = Network("feedback alone");
        TimeSeries one = network.Predict(new(new double[30], 1)), other = network.Predict(History(30));
        Assert.Equal(30, one.Length);
        Assert.Equal(one.Values, other.Values);
        Assert.NotEqual(one.Row(28).ToArray(), one.Row(29).ToArray());
    }

    [Fact]
    public void Inputs_of_another_size_are_refused()
        => Assert.Contains(
            "2 inputs, the series 3", Assert.Throws<ArgumentException>(() => Network("plain").Predict(new(new double[30], 3))).Message);

    [Fact]
    public void A_network_that_does_not_predict_its_input_cannot_go_on_by_itself()
    {
        EchoStateNetwork network = new(new Reservoir(3, new() { Units = 10 }), outputs: 1);
        double[] state = new double[10];
        Assert.Contains("3 inputs and 1 outputs", Assert.Throws<InvalidOperationException>(() => network.Observed).Message);
        Assert.Throws<InvalidOperationException>(() => network.Step(state, state));
        Assert.Throws<InvalidOperationException>(() => network.ForcedStep(state, [1], state));
        Assert.Throws<InvalidOperationException>(() => network.Jacobian(state, new double[100]));
        Assert.Throws<InvalidOperationException>(() => network.Generate(new(new double[30], 1), 5));
        Assert.Equal(30, network.Predict(new(new double[90], 3)).Length);
    }

    [Fact]
    public void The_readout_must_fit()
    {
        EchoStateNetwork network = Network("everything");
        Assert.Equal(33, network.FeatureCount);
        Assert.Contains("Expected 2 x 33 weights, found 3", Assert.Throws<ArgumentException>(() => network.SetReadout([1, 2, 3])).Message);
        Assert.Contains(
            "Expected 2 constants, found 1", Assert.Throws<ArgumentException>(() => network.SetReadout(new double[66], [1])).Message);
        network.SetReadout(new double[66], [1, 2], warmUp: 7);
        double[] y = new double[2];
        network.Observe(ReservoirTests.State(32), y);
        Assert.Equal([1, 2], y);
        Assert.Equal(7, network.WarmUp);
        Assert.Equal(68, network.ParameterCount);
        Assert.Throws<ArgumentException>(() => new EchoStateNetwork(new Reservoir(1, new() { Units = 5 }, feedback: 2), outputs: 3));
    }

    private static EchoStateNetwork Network(string kind)
    {
        ReservoirOptions options = new()
        {
            Units = 30,
            Connectivity = kind == "dense" ? 1 : 0.2,
            Layers = kind == "two layers" ? 2 : 1,
            Seed = 1
        };
        options = options with { Activation = kind == "linear" ? Activation.Identity : Activation.Tanh };
        ReadoutFeatures features = kind switch
        {
            "squares" => new(Squares: true),
            "input and constant" or "input and feedback" or "feedback alone" => new(Input: true, Constant: true),
            "everything" => new(true, true, true),
            _ => new(),
        };
        int inputs = kind == "feedback alone" ? 0 : Observed, feedback = kind.Contains("feedback", StringComparison.Ordinal) ? Observed : 0;
        EchoStateNetwork network = new(new Reservoir(inputs, options, feedback), Observed, features);
        RandomStream random = new(2, "readout");
        network.SetReadout([.. Enumerable.Range(0, Observed * network.FeatureCount).Select(_ => 0.4 * random.NextNormal())], [0.2, -0.1]);
        return network;
    }

    private static TimeSeries History(int rows)
    {
        RandomStream random = new(3, "history");
        return new([.. Enumerable.Range(0, rows * Observed).Select(_ => random.NextNormal())], Observed, 0.5);
    }
}
