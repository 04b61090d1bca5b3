using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Storage;
using Attractor.Tests.Models.Guests;

namespace Attractor.Tests.Models.Autoencoders;

/// <summary>What every observation model is held to, the library's and one from outside.</summary>
public sealed class ObservationConformanceTests : IDisposable
{
    private const double Output = 0.4;

    private readonly string _folder = Directory.CreateTempSubdirectory("observation-conformance").FullName;

    static ObservationConformanceTests() => ObservationModel.Register(new StudentTObservation());

    public static TheoryData<string> Names => [.. ObservationModel.All.Select(m => m.Name).Union(["student-t-3"])];

    private string File => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_is_found_by_its_name(string name)
    {
        ObservationModel model = ObservationModel.Find(name)!;
        Assert.Equal(name, model.Name);
        ObservationModel.Register(model);
        Assert.Single(ObservationModel.All, m => m.Name == name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_that_of_central_differences(string name)
    {
        ObservationModel model = ObservationModel.Find(name)!;
        int parameters = model.Parameters.Count;
        double[] x = [1, 0, 1], at = [0.3, -0.7, 1.1, .. Enumerable.Repeat(-0.4, parameters)];
        GradientCheck check = Gradient.Check(
            (tape, p) => model.LogLikelihood(
                [.. Enumerable.Range(0, parameters).Select(i => p.SliceColumns(3 + i, 1))],
                p.SliceColumns(0, 3),
                tape.Constant(new(1, 3), x)).Sum(),
            new(1, at.Length), at);
        Assert.InRange(check.RelativeError, 0, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_is_normalised_and_has_the_mean(string name)
    {
        ObservationModel model = ObservationModel.Find(name)!;
        bool real = model.Support == Domain.Real;
        // In the real case x = sinh(u), whose tails the trapezoidal rule reaches.
        double[] u = real
            ? [.. Enumerable.Range(-4000, 8001).Select(i => i * 0.005)]
            : [.. Enumerable.Range(0, model.Support == Domain.Binary ? 2 : 60).Select(i => (double)i)];
        double[] x = real ? Array.ConvertAll(u, Math.Sinh) : u, density = Density(model, x);
        double[] weights = real ? Array.ConvertAll(u, v => 0.005 * Math.Cosh(v)) : Array.ConvertAll(u, _ => 1.0);
        Assert.Equal(1, density.Zip(weights, (p, w) => p * w).Sum(), 1e-8);
        // Symmetric about the mean, or with moments enough.
        Assert.Equal(model.Mean(Output, Values(model)), x.Select((v, i) => v * density[i] * weights[i]).Sum(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_follow_the_density(string name)
    {
        ObservationModel model = ObservationModel.Find(name)!;
        RandomStream random = new(3, "draws");
        double[] draws = [.. Enumerable.Range(0, 50_000).Select(_ => model.Sample(Output, Values(model), random))];
        Assert.All(draws, x => Assert.Null(model.Refusal(x)));
        // Below the mean as often as the density says.
        double mean = model.Mean(Output, Values(model)), share = draws.Count(x => x <= mean) / (double)draws.Length, expected;
        if (model.Support == Domain.Real)
            expected = 0.5;
        else
            expected = Density(model, [.. Enumerable.Range(0, (int)Math.Floor(mean) + 1).Select(i => (double)i)]).Sum();
        Assert.Equal(expected, share, 0.01);
        Assert.Equal(mean, draws.Average(), 0.03);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_autoencoder_learns_with_it_and_is_read_again_to_the_bit(string name)
    {
        ObservationModel observation = ObservationModel.Find(name)!;
        RandomStream random = new(4, "rows");
        TimeSeries rows = new([.. Enumerable.Range(0, 3 * 200).Select(i => i / 3 % 2 == 0 ? 1.0 : random.NextInt64(2))], 3);
        VariationalAutoencoder model = new(new() { Observed = 3, Layers = [8], Latent = 2, Observation = observation, Seed = 1 });
        MinibatchResult result = AutoencoderTraining.Fit(model, SampleSet.Of(rows), null, new() { Epochs = 20, BatchSize = 50, Seed = 1 });
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);
        ModelFile.Save(File, model);
        VariationalAutoencoder read = ModelFile.Load<VariationalAutoencoder>(File);
        Assert.Equal(observation.Name, read.Options.Observation.Name);
        Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        Assert.Equal(model.Sample(20, seed: 2, means: false), read.Sample(20, seed: 2, means: false));
    }

    [Fact]
    public void A_file_with_an_observation_model_that_nobody_registered_says_which_are_known()
    {
        ModelFile.Save(File, new VariationalAutoencoder(new() { Observed = 2, Layers = [], Latent = 1, Observation = new Unregistered() }));
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Load(File)).Message;
        Assert.Contains(
            "metadata 'observation' is 'nobody-s', expected one of bernoulli, gaussian, isotropic-gaussian, poisson",
            message,
            StringComparison.Ordinal);
    }

    private static double[] Values(ObservationModel model) => [.. model.Parameters.Select(p => p.Initial)];

    private static double[] Density(ObservationModel model, double[] x)
    {
        using Tape<double> tape = new();
        Variable<double>[] parameters = [.. model.Parameters.Select(p => tape.Constant(new(1, 1), [p.Initial]))];
        Variable<double> output = tape.Constant(new(1, x.Length), [.. Enumerable.Repeat(Output, x.Length)]);
        return Array.ConvertAll(model.LogLikelihood(parameters, output, tape.Constant(new(1, x.Length), x)).Value.ToArray(), Math.Exp);
    }

    private sealed record Unregistered : ObservationModel
    {
        public override string Name => "nobody-s";

        public override string Family => "nobody's";

        public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
            => (x - output).Square() * -0.5;

        public override double Mean(double output, ReadOnlySpan<double> parameters) => output;

        public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random) => output;
    }
}
