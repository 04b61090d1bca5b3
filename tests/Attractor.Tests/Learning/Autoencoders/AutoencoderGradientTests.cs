using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Autoencoders;

[Trait("Registers", "Narrow")]
public sealed class AutoencoderGradientTests
{
    private const int Samples = 7;

    public static TheoryData<Observation, LayerActivation, int, double> Cases()
    {
        TheoryData<Observation, LayerActivation, int, double> cases = [];
        foreach (Observation observation in Enum.GetValues<Observation>())
            foreach ((int draws, double beta) in ((int, double)[])[(1, 1), (1, 0.3), (3, 1), (3, 0.3)])
                cases.Add(observation, LayerActivation.Tanh, draws, beta);
        foreach (LayerActivation activation in Enum.GetValues<LayerActivation>())
            cases.Add(Observation.Bernoulli, activation, 1, 1);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_the_loss_agrees_with_central_differences(
        Observation observation, LayerActivation activation, int draws, double beta)
    {
        VariationalAutoencoder model = new(
            new() { Observed = 5, Layers = [4, 3], Latent = 2, Activation = activation, Observation = observation, Seed = 3 });
        using AutoencoderShard<double> shard = new(model, SampleSet.Of(Data(observation)), draws, seed: 4, Samples);
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, model.Parameters.Tensors);
        GradientCheck check = Gradient.Check(at => LossAndGradient(shard, parameters, at, new(true, 0, 5, beta)), model.Parameters.Values);
        Assert.True(check.RelativeError < 1e-6, check.ToString());
    }

    [Fact]
    public void The_loss_is_minus_the_bound_and_the_bound_its_two_parts()
    {
        VariationalAutoencoder model = new(new() { Observed = 5, Layers = [4], Latent = 2, Seed = 3 });
        using AutoencoderShard<double> shard = new(model, SampleSet.Of(Data(Observation.Bernoulli)), 1, seed: 4, Samples);
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, model.Parameters.Tensors);
        (double loss, _, BoundSums sums) = Loss(shard, parameters, model.Parameters.Values.ToArray(), new(true, 0, 5, 1));
        Assert.Equal(-loss, sums.Bound, 1e-12);
        Assert.Equal(sums.LogLikelihood - sums.Divergence, sums.Bound, 1e-12);
        Assert.Equal(Samples, sums.Count);
        (double half, _, _) = Loss(shard, parameters, model.Parameters.Values.ToArray(), new(true, 0, 5, 0.5));
        Assert.Equal((0.5 * sums.Divergence) - sums.LogLikelihood, half, 1e-12);
    }

    private static TimeSeries Data(Observation observation)
    {
        RandomStream random = new(1, "data");
        double[] values = new double[Samples * 5];
        for (int i = 0; i < values.Length; i++)
            values[i] = observation switch
            {
                Observation.Bernoulli => random.NextDouble() < 0.4 ? 1 : 0,
                Observation.Poisson => Math.Floor(4 * random.NextDouble()),
                _ => random.NextNormal(),
            };
        return new(values, 5);
    }

    private static (double, double[]) LossAndGradient(
        AutoencoderShard<double> shard, TapeParameters<double> parameters, double[] at, BatchPlace place)
    {
        (double loss, double[] gradient, _) = Loss(shard, parameters, at, place);
        return (loss, gradient);
    }

    private static unsafe (double Loss, double[] Gradient, BoundSums Sums) Loss(
        AutoencoderShard<double> shard, TapeParameters<double> parameters, double[] at, BatchPlace place)
    {
        // What a parameter's gradient holds before the pass means nothing: it is replaced.
        double[] gradient = [.. at.Select(_ => double.NaN)];
        fixed (double* values = at, g = gradient)
        {
            parameters.Tape.Reset();
            parameters.Put(values, g);
            Variable<double> loss = shard.Loss(parameters, [.. Enumerable.Range(0, Samples)], place, out BoundSums sums);
            parameters.Tape.Backward(loss);
            return (loss.Scalar, gradient, sums);
        }
    }
}
