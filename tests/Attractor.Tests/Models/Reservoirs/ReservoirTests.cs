using Attractor.Models;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Models.Reservoirs;

[Trait("Registers", "Any")]
public sealed class ReservoirTests
{
    private static readonly double[] s_inputs = [0.3, -1.2, 0.8];

    public static TheoryData<string, ReservoirOptions> OutOfRange => new()
    {
        { "units", new() { Units = 0 } },
        { "layers", new() { Layers = 0 } },
        { "leak", new() { Leak = 0 } },
        { "leak", new() { Leak = 1.1 } },
        { "spectral radius", new() { SpectralRadius = -0.1 } },
        { "spectral radius", new() { SpectralRadius = double.NaN } },
        { "input scale", new() { InputScale = -1 } },
        { "bias scale", new() { BiasScale = double.PositiveInfinity } },
        { "feedback scale", new() { FeedbackScale = -1 } },
        { "connectivity", new() { Connectivity = 0 } },
        { "connectivity", new() { Connectivity = 1.5 } },
        { "input connectivity", new() { InputConnectivity = 0 } },
        { "seed of NumPy's stream", new() { NumpyRandom = true, Seed = 1UL << 32 } },
    };

    [Fact]
    public void Draws_from_NumPys_stream_are_those_of_the_published_experiment()
    {
        Reservoir reservoir = new(3, new() { NumpyRandom = true, Seed = 87 });
        Assert.Equal(500, reservoir.Units);
        Assert.Equal(0.11171265625594, reservoir.InputWeight(0, 0), 1e-12);
        Assert.Equal(-0.07027565539229, reservoir.Bias(0), 1e-12);
        Assert.Equal(0.01687469061597, reservoir.Weight(0, 0), 1e-12);
    }

    [Theory]
    [InlineData(1, Activation.Tanh, 1.0)]
    [InlineData(1, Activation.Identity, 1.0)]
    [InlineData(9, Activation.Tanh, 0.3)]
    [InlineData(24, Activation.Identity, 0.3)]
    [InlineData(100, Activation.Tanh, 0.6)]
    public void A_step_is_the_published_equation(int units, Activation activation, double leak)
    {
        Reservoir reservoir = new(3, new() { Units = units, Activation = activation, Leak = leak, Seed = 1 }, feedback: 2);
        double[] r = State(units), next = new double[units], kept = [.. r], y = [0.4, -0.9];
        reservoir.Step(r, s_inputs, y, next);

        Assert.Equal(kept, r);
        Assert.Equal(Expected(reservoir, r, [.. s_inputs, .. y], 0), next, Close(1e-12));
        reservoir.Step(r, s_inputs, y, r);
        Assert.Equal(next, r);
    }

    [Fact]
    public void A_higher_layer_receives_the_new_state_of_the_one_below()
    {
        Reservoir reservoir = new(3, new() { Units = 20, Layers = 3, Seed = 2 });
        double[] r = State(60), next = new double[60];
        reservoir.Step(r, s_inputs, [], next);

        double[] received = s_inputs;
        for (int layer = 0; layer < 3; layer++)
        {
            received = Expected(reservoir, r[(20 * layer)..(20 * (layer + 1))], received, layer);
            Assert.Equal(received, next[(20 * layer)..(20 * (layer + 1))], Close(1e-12));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(131)]
    public void Sparse_and_dense_weights_make_the_same_step(int units)
    {
        Reservoir reservoir = new(1, new() { Units = units, Connectivity = 0.2, Seed = 3 });
        ReservoirLayer sparse = reservoir.Layers[0];
        Assert.IsType<SparseWeights>(sparse.Weights);
        ReservoirLayer dense = new(
            1, sparse.InputWeights, sparse.Bias, new DenseWeights(Matrix(reservoir).ToRowMajorArray(), units), 0.6, Activation.Tanh);
        double[] r = State(units), one = new double[units], other = new double[units];
        sparse.Step(r, [0.5], one);
        dense.Step(r, [0.5], other);
        Assert.Equal(one, other, Close(1e-14));
    }

    [Fact]
    public void A_ring_passes_its_states_on()
    {
        Reservoir reservoir = new(1, new()
        {
            Units = 13,
            Topology = ReservoirTopology.Ring,
            SpectralRadius = 0.9,
            Activation = Activation.Identity,
            Leak = 1,
            BiasScale = 0
        });
        double[] start = State(13), r = [.. start];
        for (int t = 0; t < 10; t++)
            reservoir.Step(r, [0], [], r);
        for (int i = 0; i < 13; i++)
            Assert.Equal(Math.Pow(0.9, 10) * start[i], r[(i + 10) % 13], 1e-14);
    }

    [Theory]
    [InlineData(40, 0.1, 4)]
    [InlineData(90, 0.2, 18)]
    [InlineData(30, 0.5, 15)]
    [InlineData(200, 0.001, 1)]
    public void Every_unit_receives_from_as_many_as_the_connectivity_says(int units, double connectivity, int expected)
    {
        Reservoir reservoir = new(1, new() { Units = units, Connectivity = connectivity, Seed = 4 });
        foreach (Vector<double> row in Matrix(reservoir).EnumerateRows())
            Assert.Equal(expected, row.Count(w => w != 0));
    }

    [Fact]
    public void Every_unit_receives_as_many_inputs_as_the_input_connectivity_says()
    {
        Reservoir reservoir = new(10, new() { Units = 30, InputConnectivity = 0.3 }, feedback: 1),
            least = new(10, new() { Units = 30, InputConnectivity = 0.01 });
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(3, Enumerable.Range(0, 10).Count(j => reservoir.InputWeight(i, j) != 0));
            Assert.NotEqual(0, reservoir.InputWeight(i, 10));
            Assert.Equal(1, Enumerable.Range(0, 10).Count(j => least.InputWeight(i, j) != 0));
        }
    }

    [Theory]
    [InlineData(20, 0.5, WeightDistribution.Gaussian)]
    [InlineData(60, 0.1, WeightDistribution.Uniform)]
    [InlineData(100, 1.0, WeightDistribution.Gaussian)]
    [InlineData(150, 0.05, WeightDistribution.Bernoulli)]
    [InlineData(200, 0.02, WeightDistribution.Gaussian)]
    [InlineData(300, null, WeightDistribution.Gaussian)]
    public void The_spectral_radius_is_the_one_asked_for(int units, double? connectivity, WeightDistribution distribution)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            Reservoir reservoir = new(
                1, new() { Units = units, Connectivity = connectivity, Weights = distribution, SpectralRadius = 1.3, Seed = seed });
            Assert.Equal(1.3, Matrix(reservoir).Evd().EigenValues.Max(e => e.Magnitude), 1e-10);
        }
    }

    [Fact]
    public void Every_layer_has_the_spectral_radius_asked_for_and_weights_of_its_own()
    {
        Reservoir reservoir = new(1, new() { Units = 70, Layers = 2, SpectralRadius = 0.5 });
        Assert.Equal(0.5, Matrix(reservoir, 1).Evd().EigenValues.Max(e => e.Magnitude), 1e-10);
        Assert.NotEqual(Matrix(reservoir, 0), Matrix(reservoir, 1));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void A_spectral_radius_of_0_leaves_no_recurrent_weights(double connectivity)
        => Assert.All(
            Matrix(new(1, new() { Units = 60, SpectralRadius = 0, Connectivity = connectivity })).Enumerate(), w => Assert.Equal(0, w));

    [Fact]
    public void One_weight_per_unit_is_enough_to_be_scaled()
    {
        // Each unit receives from one: following the weights back must end in a cycle, which has eigenvalues other than 0.
        for (ulong seed = 0; seed < 50; seed++)
        {
            Reservoir reservoir = new(1, new() { Units = 60, Connectivity = 0.001, Weights = WeightDistribution.Bernoulli, Seed = seed });
            Assert.Equal(0.75, Matrix(reservoir).Evd().EigenValues.Max(e => e.Magnitude), 1e-10);
        }
    }

    [Fact]
    public void Weights_are_of_the_distribution_and_the_scale_asked_for()
    {
        ReservoirOptions options = new()
        {
            Units = 4000,
            Connectivity = 0.001,
            InputScale = 0.2,
            BiasScale = 0.5,
            FeedbackScale = 3,
            Topology = ReservoirTopology.Ring
        };
        Reservoir bernoulli = new(
            1, options with { InputWeights = WeightDistribution.Bernoulli, Bias = WeightDistribution.Uniform }, feedback: 1);
        double[] input = [.. Enumerable.Range(0, 4000).Select(i => bernoulli.InputWeight(i, 0))],
            feedback = [.. Enumerable.Range(0, 4000).Select(i => bernoulli.InputWeight(i, 1))];
        double[] bias = [.. Enumerable.Range(0, 4000).Select(i => bernoulli.Bias(i))];
        Assert.All(input, w => Assert.Equal(0.2, Math.Abs(w)));
        Assert.All(feedback, w => Assert.Equal(3, Math.Abs(w)));
        Assert.InRange(input.Count(w => w > 0), 1850, 2150);
        Assert.InRange(bias.Max(), 0.49, 0.5);
        Assert.InRange(bias.Min(), -0.5, -0.49);
        Reservoir gaussian = new(1, options);
        Assert.Equal(0.2, Math.Sqrt(Enumerable.Range(0, 4000).Average(i => Math.Pow(gaussian.InputWeight(i, 0), 2))), 0.01);
    }

    [Fact]
    public void The_same_seed_draws_the_same_reservoir_and_another_another()
    {
        ReservoirOptions options = new() { Units = 60, Seed = 5 };
        Assert.Equal(Matrix(new(1, options)), Matrix(new(1, options)));
        Assert.NotEqual(Matrix(new(1, options)), Matrix(new(1, options with { Seed = 6 })));
    }

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_its_range_is_named(string option, ReservoirOptions options)
        => Assert.Contains($"The {option} must be", Assert.Throws<ArgumentException>(() => new Reservoir(1, options)).Message);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("nothing to respond to", Assert.Throws<ArgumentException>(() => new Reservoir(0, new())).Message);
        Reservoir reservoir = new(2, new() { Units = 10 }, feedback: 1);
        double[] r = new double[10];
        Assert.Contains("input", Assert.Throws<ArgumentException>(() => reservoir.Step(r, [1], [1], r)).Message);
        Assert.Contains("feedback", Assert.Throws<ArgumentException>(() => reservoir.Step(r, [1, 2], [], r)).Message);
        Assert.Contains("of the state", Assert.Throws<ArgumentException>(() => reservoir.Step(new double[9], [1, 2], [1], r)).Message);
        Assert.Contains("next state", Assert.Throws<ArgumentException>(() => reservoir.Step(r, [1, 2], [1], new double[11])).Message);
    }

    internal static double[] State(int units)
    {
        RandomStream random = new(9, "state");
        return [.. Enumerable.Range(0, units).Select(_ => random.NextUniform(-1, 1))];
    }

    internal static Func<double, double, bool> Close(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;

    private static Matrix<double> Matrix(Reservoir reservoir, int layer = 0)
        => Matrix<double>.Build.Dense(reservoir.Options!.Units, reservoir.Options.Units, (i, j) => reservoir.Weight(i, j, layer));

    private static double[] Expected(Reservoir reservoir, double[] r, double[] received, int layer)
    {
        double a = reservoir.Options!.Leak;
        double[] next = new double[r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            double u = reservoir.Bias(i, layer);
            for (int j = 0; j < r.Length; j++)
                u += reservoir.Weight(i, j, layer) * r[j];
            for (int j = 0; j < received.Length; j++)
                u += reservoir.InputWeight(i, j, layer) * received[j];
            next[i] = ((1 - a) * r[i]) + (a * (reservoir.Options.Activation is Activation.Tanh ? Math.Tanh(u) : u));
        }
        return next;
    }
}
