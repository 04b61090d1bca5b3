using Attractor.Differentiation;
using Attractor.Evaluation;
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

    [Theory]
    [MemberData(nameof(Cases))]
    public void Where_values_are_missing_it_does_so_too(Observation observation, LayerActivation activation, int draws, double beta)
    {
        VariationalAutoencoder model = new(
            new() { Observed = 5, Layers = [4, 3], Latent = 2, Activation = activation, Observation = observation, Seed = 3 });
        using AutoencoderShard<double> shard = new(model, SampleSet.Of(WithGaps(Data(observation))), draws, seed: 4, Samples);
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, model.Parameters.Tensors);
        GradientCheck check = Gradient.Check(at => LossAndGradient(shard, parameters, at, new(true, 0, 5, beta)), model.Parameters.Values);
        Assert.True(check.RelativeError < 1e-6, check.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_likelihood_is_that_of_the_values_that_are_there(int draws)
    {
        // A decoder that gives its bias whatever z: the likelihood is known.
        VariationalAutoencoder model = new(new() { Observed = 5, Layers = [4], Latent = 2, Observation = Observation.Gaussian, Seed = 3 });
        double[] means = [0.3, -0.2, 0.5, 1, -1], logVariances = [0.1, -0.3, 0.2, 0, 0.4];
        model.Parameters.Set("decoder.output.weight", new double[20]);
        model.Parameters.Set("decoder.output.bias", means);
        model.Parameters.Set("decoder.log_variance", logVariances);
        TimeSeries data = WithGaps(Data(Observation.Gaussian));
        Assert.InRange(data.CountMissing(), 5, 15);
        double expected = 0;
        for (int t = 0; t < data.Length; t++)
            for (int j = 0; j < 5; j++)
                if (!double.IsNaN(data[t, j]))
                    expected -= 0.5 * (Math.Log(2 * Math.PI) + logVariances[j]
                        + ((data[t, j] - means[j]) * (data[t, j] - means[j]) * Math.Exp(-logVariances[j])));
        using AutoencoderShard<double> shard = new(model, SampleSet.Of(data), draws, seed: 4, Samples);
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, model.Parameters.Tensors);
        BoundSums sums = Loss(shard, parameters, model.Parameters.Values.ToArray(), new(true, 0, 5, 1)).Sums;
        Assert.Equal(expected, sums.LogLikelihood, 1e-10);
    }

    [Fact]
    public void Complete_rows_are_seen_as_if_nothing_were_missing()
    {
        VariationalAutoencoder model = new(new() { Observed = 5, Layers = [4], Latent = 2, Observation = Observation.Gaussian, Seed = 3 });
        float[] whole = [.. Data(Observation.Gaussian).Values.ToArray().Select(v => (float)v)], holes = [.. whole];
        for (int i = 5; i < holes.Length; i += 4)
            holes[i] = float.NaN;
        Assert.Equal(model.Encode(whole).Means[..2], model.Encode(holes).Means[..2]);
        // What is missing is 0 to the encoder.
        Assert.Equal(
            model.Encode([.. holes.Select(v => float.IsNaN(v) ? 0 : v)]).Means, model.Encode(holes).Means);
        ImportanceWeightedEstimate First(float[] rows) => ImportanceWeighting.Estimate(
            model, SampleSet.Of(new TimeSeries([.. rows.Select(v => (double)v)], 5)).Take(1), [3])[0];
        Assert.Equal(First(whole).Mean, First(holes).Mean);
    }

    [Fact]
    public void A_tenth_of_the_values_less_costs_little()
    {
        RandomStream random = new(2, "plane");
        // Six variables in a plane, with noise.
        double[] values = new double[2000 * 6];
        for (int t = 0; t < 2000; t++)
        {
            (double a, double b) = (random.NextNormal(), random.NextNormal());
            for (int j = 0; j < 6; j++)
                values[(t * 6) + j] = (a * Math.Cos(j)) + (b * Math.Sin(j)) + (0.3 * random.NextNormal());
        }
        TimeSeries data = new(values, 6), holes = new([.. values.Select(v => random.NextDouble() < 0.1 ? double.NaN : v)], 6);
        (double whole, double fewer) = (Bound(data), Bound(holes));
        // Independent variables take 8.77 nats a row, the Gaussian that the data are drawn from 4.82.
        Assert.InRange(whole, -5.1, -4.7);
        Assert.InRange(fewer, whole - 0.3, whole + 0.1);

        double Bound(TimeSeries training)
        {
            VariationalAutoencoder model = new(
                new() { Observed = 6, Layers = [20], Latent = 2, Observation = Observation.Gaussian, Seed = 3 });
            AutoencoderTraining.Fit(model, SampleSet.Of(training), null, new() { Epochs = 60, BatchSize = 50, Seed = 1 });
            return ImportanceWeighting.Estimate(model, SampleSet.Of(data).Take(500), [1])[0].Mean;
        }
    }

    private static TimeSeries WithGaps(TimeSeries data)
    {
        RandomStream random = new(9, "gaps");
        return new([.. data.Values.ToArray().Select(v => random.NextDouble() < 0.25 ? double.NaN : v)], data.Dimension);
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
                Observation.Poisson or Observation.NegativeBinomial => Math.Floor(4 * random.NextDouble()),
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
