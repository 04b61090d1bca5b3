using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Models.Autoencoders;

public sealed class ObservationModelTests
{
    private const int Rows = 4, Variables = 3;

    private static readonly double[] s_logVariances = [-1.2, 0.3, 2];

    [Theory]
    [InlineData(Observation.Bernoulli)]
    [InlineData(Observation.Gaussian)]
    [InlineData(Observation.IsotropicGaussian)]
    [InlineData(Observation.Poisson)]
    public unsafe void The_log_likelihood_is_that_of_the_distribution(Observation kind)
    {
        ParameterLayout layout = new();
        ObservedVariables model = new(layout, kind, Variables);
        RandomStream random = new(2, "observations");
        double[] output = [.. Enumerable.Range(0, Rows * Variables).Select(_ => 1.5 * random.NextNormal())];
        double[] x = [.. output.Select(_ => kind switch
        {
            Observation.Bernoulli => random.NextDouble() < 0.5 ? 1.0 : 0,
            Observation.Poisson => Math.Floor(8 * random.NextDouble()),
            _ => 2 * random.NextNormal(),
        })];
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, layout.Tensors);
        fixed (double* values = s_logVariances)
        {
            parameters.Put(values, null);
            Shape shape = new(Rows, Variables);
            ReadOnlySpan<double> found = model.LogLikelihood(parameters, tape.Constant(shape, output), tape.Constant(shape, x)).Value;
            for (int i = 0; i < x.Length; i++)
                Assert.Equal(Expected(kind, output[i], x[i], i % Variables), found[i], 1e-12);
            // One row of x goes with every row of the output.
            ReadOnlySpan<double> repeated = model.LogLikelihood(
                parameters, tape.Constant(shape, output), tape.Constant(new(1, Variables), x.AsSpan(0, Variables))).Value;
            for (int i = 0; i < x.Length; i++)
                Assert.Equal(Expected(kind, output[i], x[i % Variables], i % Variables), repeated[i], 1e-12);
        }
    }

    [Fact]
    public void The_mean_is_that_of_the_distribution()
    {
        foreach (double output in (double[])[-3, 0, 1.7])
        {
            Assert.Equal(new Bernoulli(output).Mean, ObservationModel.Bernoulli.Mean(output, []), 1e-15);
            Assert.Equal(new Poisson(Math.Exp(output)).Mean, ObservationModel.Poisson.Mean(output, []), 1e-14);
            Assert.Equal(output, ObservationModel.Gaussian.Mean(output, [0]));
        }
    }

    [Theory]
    [InlineData(Observation.Bernoulli, new[] { 0, 0.5, 1 }, new[] { -0.1, 1.1, double.NaN, double.PositiveInfinity })]
    [InlineData(Observation.Poisson, new[] { 0, 1, 1e6 }, new[] { -1, 0.5, double.NaN, double.PositiveInfinity })]
    [InlineData(Observation.Gaussian, new[] { -5.0, 0, 1e300 }, new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })]
    [InlineData(
        Observation.IsotropicGaussian, new[] { -5.0, 0, 1e300 }, new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })]
    public void Values_that_cannot_be_observed_are_refused(Observation kind, double[] good, double[] bad)
    {
        Assert.All(good, x => Assert.Null(Model(kind).Refusal(x)));
        Assert.All(bad, x => Assert.NotNull(Model(kind).Refusal(x)));
    }

    [Fact]
    public void The_divergence_of_the_posterior_is_that_of_a_diagonal_gaussian_from_the_standard_one()
    {
        double[] means = [0.3, -1.2, 0, 2.5, -0.1, 0.7], logVariances = [-3, 0.4, 0, 1.1, -0.2, -8];
        using Tape<double> tape = new();
        DiagonalPosterior<double> posterior = new(tape.Constant(new(2, 3), means), tape.Constant(new(2, 3), logVariances));
        double[] divergence = posterior.DivergenceFromStandardNormal().Value.ToArray();
        for (int row = 0; row < 2; row++)
        {
            DiagonalGaussian q = new(
                means.AsSpan()[(3 * row)..(3 * (row + 1))], [.. logVariances[(3 * row)..(3 * (row + 1))].Select(v => Math.Exp(v / 2))]);
            Assert.Equal(
                q.KullbackLeibler(new DiagonalGaussian([0, 0, 0], [1, 1, 1])), divergence[(3 * row)..(3 * (row + 1))].Sum(), 1e-12);
        }
        double[] noise = [1, -1, 0.5, 0, 2, -2], z = posterior.Reparameterize(tape.Constant(new(2, 3), noise)).Value.ToArray();
        for (int i = 0; i < z.Length; i++)
            Assert.Equal(means[i] + (Math.Exp(logVariances[i] / 2) * noise[i]), z[i], 1e-14);
    }

    private static double Expected(Observation kind, double output, double x, int variable) => kind switch
    {
        Observation.Bernoulli => new Bernoulli(output).LogDensity(x),
        Observation.Poisson => new Poisson(Math.Exp(output)).LogDensity(x),
        _ => new Normal(output, Math.Exp(0.5 * s_logVariances[kind == Observation.Gaussian ? variable : 0])).LogDensity(x),
    };

    private static ObservedVariables Model(Observation kind) => new(new(), kind, Variables);
}
