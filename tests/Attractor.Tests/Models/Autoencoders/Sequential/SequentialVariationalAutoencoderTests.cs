using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Autoencoders.Sequential;

public sealed class SequentialVariationalAutoencoderTests
{
    public static TheoryData<SequentialInference, EncoderCell, TransitionKind, Observation> Cases
    {
        get
        {
            TheoryData<SequentialInference, EncoderCell, TransitionKind, Observation> cases = [];
            foreach (SequentialInference inference in Enum.GetValues<SequentialInference>())
            {
                foreach (EncoderCell cell in Enum.GetValues<EncoderCell>())
                    cases.Add(inference, cell, TransitionKind.Linear, Observation.Gaussian);
                foreach (TransitionKind transition in Enum.GetValues<TransitionKind>())
                    if (inference != SequentialInference.Correcting || transition != TransitionKind.StandardNormal)
                        cases.Add(inference, EncoderCell.Gru, transition, Observation.Bernoulli);
                cases.Add(inference, EncoderCell.Gru, TransitionKind.Gated, Observation.Poisson);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_the_bound_agrees_with_central_differences(
        SequentialInference inference, EncoderCell cell, TransitionKind transition, Observation observation)
    {
        SequentialVariationalAutoencoder model = Model(inference, cell, transition, observation);
        PackedSequences packed = new(Sequences(observation, missing: true));
        double[] noise = Noise(packed.Layout.Rows * model.Latent);
        GradientCheck check = Gradient.Check(
            values => BoundOnTape.Of(model, WithoutDiagonals(model, values), packed, noise), Perturbed(model), step: 1e-7);
        Assert.InRange(check.RelativeError, 0, 2e-6);
    }

    [Theory]
    [InlineData(SequentialInference.Filtering, EncoderCell.Gru, TransitionKind.Gated)]
    [InlineData(SequentialInference.Smoothing, EncoderCell.ShallowPlrnn, TransitionKind.ClippedShallowPlrnn)]
    [InlineData(SequentialInference.Correcting, EncoderCell.ClippedShallowPlrnn, TransitionKind.ShallowPlrnn)]
    public void The_bound_of_a_batch_is_the_sum_of_those_of_its_sequences(
        SequentialInference inference, EncoderCell cell, TransitionKind transition)
    {
        SequentialVariationalAutoencoder model = Model(inference, cell, transition, Observation.Bernoulli);
        TimeSeries[] sequences = Sequences(Observation.Bernoulli, missing: true);
        PackedSequences packed = new(sequences);
        double[] noise = Noise(packed.Layout.Rows * model.Latent), together = BoundOnTape.Rows(model, packed, noise);
        for (int i = 0; i < sequences.Length; i++)
        {
            int[] rows = packed.Layout.RowsOf(i);
            double[] own = [.. rows.SelectMany(r => noise.AsSpan(r * model.Latent, model.Latent).ToArray())];
            double[] alone = BoundOnTape.Rows(model, new(sequences[packed.Layout.Order[i]]), own);
            for (int t = 0; t < rows.Length; t++)
                Assert.Equal(alone[t], together[rows[t]], 1e-10);
        }
    }

    [Fact]
    public void What_is_missing_has_no_likelihood()
    {
        SequentialVariationalAutoencoder model = Model(
            SequentialInference.Filtering, EncoderCell.Gru, TransitionKind.Linear, Observation.Gaussian);
        TimeSeries nothing = new([.. Enumerable.Repeat(double.NaN, 4 * 3)], 3);
        double[] noise = Noise(4 * model.Latent), before = BoundOnTape.Rows(model, new(nothing), noise);
        model.Parameters.Set("decoder.output.bias", [5, -7, 100]);
        Assert.Equal(before, BoundOnTape.Rows(model, new(nothing), noise));
        Assert.NotEqual(before, BoundOnTape.Rows(model, new(new TimeSeries(new double[12], 3)), noise));
    }

    [Theory]
    [InlineData(TransitionKind.Linear)]
    [InlineData(TransitionKind.Plrnn)]
    [InlineData(TransitionKind.ShallowPlrnn)]
    [InlineData(TransitionKind.ClippedShallowPlrnn)]
    public void Generation_without_noise_is_the_orbit_of_the_learnt_map(TransitionKind transition)
    {
        SequentialVariationalAutoencoder model = Model(SequentialInference.Filtering, EncoderCell.Gru, transition, Observation.Gaussian);
        RecurrentModel map = model.ToRecurrentModel();
        double[] state = [0.3, -1.2];
        GeneratedSequence generated = model.Generate(20, seed: 1, GenerationNoise.None, state);
        for (int t = 0; t < 20; t++)
        {
            map.Step(state, state);
            for (int j = 0; j < 2; j++)
                Assert.Equal(state[j], generated.Latents[t, j], 1e-5);
        }
        Assert.Equal(model.Decode(generated.Latents).Values.ToArray(), generated.Observations.Values.ToArray());
    }

    [Theory]
    [InlineData(TransitionKind.StandardNormal)]
    [InlineData(TransitionKind.Gated)]
    public void A_prior_that_is_no_recurrent_network_says_so(TransitionKind transition)
    {
        SequentialVariationalAutoencoder model = Model(SequentialInference.Filtering, EncoderCell.Gru, transition, Observation.Gaussian);
        Assert.Contains(
            "is no recurrent network", Assert.Throws<InvalidOperationException>(model.ToRecurrentModel).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_have_the_moments_of_the_chain()
    {
        SequentialVariationalAutoencoder model = LinearChain.Model(new() { Observed = 1 });
        const int steps = 20_000;
        GeneratedSequence sample = model.Generate(steps, seed: 5);
        double[] z = sample.Latents.Column(0), x = sample.Observations.Column(0);
        // Effective samples: T (1 - 0.9) / (1 + 0.9), about 1,000; five standard errors of the
        // variances, which are sqrt(2 / 1,000) of them.
        double variance = LinearChain.StationaryVariance;
        Assert.Equal(variance, z.Average(v => v * v), 5 * variance * Math.Sqrt(2.0 / 1000));
        Assert.Equal(0.9, z.Skip(1).Zip(z, (a, b) => a * b).Sum() / z.Sum(v => v * v), 5 * Math.Sqrt(0.19 / steps));
        Assert.Equal(1, x.Zip(z, (a, b) => (a - b) * (a - b)).Average(), 5 * Math.Sqrt(2.0 / steps));
        Assert.Equal(sample.Observations.Values.ToArray(), model.Generate(steps, seed: 5).Observations.Values.ToArray());
        Assert.NotEqual(sample.Latents[0, 0], model.Generate(1, seed: 6).Latents[0, 0]);
    }

    [Fact]
    public void A_prior_without_dynamics_generates_independent_steps()
    {
        SequentialVariationalAutoencoder model = Model(
            SequentialInference.Filtering, EncoderCell.Gru, TransitionKind.StandardNormal, Observation.Bernoulli);
        GeneratedSequence sample = model.Generate(5000, seed: 2);
        double[] z = sample.Latents.Column(0);
        Assert.Equal(1, z.Average(v => v * v), 0.1);
        Assert.Equal(0, z.Skip(1).Zip(z, (a, b) => a * b).Average(), 0.08);
        Assert.All(sample.Observations.Values.ToArray(), v => Assert.True(v is 0 or 1));
    }

    [Theory]
    [InlineData(SequentialInference.Filtering)]
    [InlineData(SequentialInference.Smoothing)]
    [InlineData(SequentialInference.Correcting)]
    public void Filtering_knows_the_past_and_smoothing_the_future(SequentialInference inference)
    {
        SequentialVariationalAutoencoder model = Model(inference, EncoderCell.Gru, TransitionKind.Linear, Observation.Gaussian);
        TimeSeries x = Sequences(Observation.Gaussian, missing: false)[0];
        double[] changed = x.Values.ToArray();
        changed[^1] += 1;
        TimeSeries first = model.Encode(x).Means, second = model.Encode(new(changed, 3)).Means;
        Assert.NotEqual(first[x.Length - 1, 0], second[x.Length - 1, 0]);
        if (inference == SequentialInference.Filtering)
            Assert.Equal(first.Row(x.Length - 2).ToArray(), second.Row(x.Length - 2).ToArray());
        else
            Assert.NotEqual(first[0, 0], second[0, 0]);
        Assert.Equal((x.Length, 3), (model.Reconstruct(x).Length, model.Reconstruct(x).Dimension));
    }

    [Fact]
    public void What_cannot_be_is_named()
    {
        Assert.Contains(
            "latent variables must be 1 to",
            Assert.Throws<ArgumentException>(() => new SequentialVariationalAutoencoder(new() { Observed = 1, Latent = 0 })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "a standard normal prior has none",
            Assert.Throws<ArgumentException>(
                () => new SequentialVariationalAutoencoder(new() { Observed = 1, Inference = SequentialInference.Correcting })).Message,
            StringComparison.Ordinal);
        SequentialVariationalAutoencoder model = Model(
            SequentialInference.Filtering, EncoderCell.Gru, TransitionKind.Linear, Observation.Bernoulli);
        Assert.Contains(
            "observes 3 variables, the series has 1",
            Assert.Throws<ArgumentException>(() => model.Encode(new([1], 1))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Variable 1 of row 0 is 2",
            Assert.Throws<ArgumentException>(() => model.Encode(new([0, 2, 0], 3))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "has 2 values, found 1",
            Assert.Throws<ArgumentException>(() => model.Generate(3, 1, state: [1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "has 2 latent variables", Assert.Throws<ArgumentException>(() => model.Decode(new([1], 1))).Message, StringComparison.Ordinal);
    }

    private static SequentialVariationalAutoencoder Model(
        SequentialInference inference, EncoderCell cell, TransitionKind transition, Observation observation) => new(new()
        {
            Observed = 3,
            Latent = 2,
            Inference = inference,
            Encoder = cell,
            EncoderUnits = 4,
            EncoderHidden = 5,
            Transition = transition,
            TransitionHidden = 3,
            DecoderLayers = [3],
            Activation = Attractor.Models.LayerActivation.Tanh,
            Observation = observation,
            Seed = 3,
        });

    // The diagonal of a PLRNN's W is no parameter: nothing flows into it.
    private static double[] WithoutDiagonals(SequentialVariationalAutoencoder model, double[] values)
    {
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(t => t.Name.EndsWith(".W", StringComparison.Ordinal)))
            for (int i = 0; i < tensor.Rows; i++)
                values[tensor.Offset + (i * (tensor.Columns + 1))] = 0;
        return values;
    }

    // Away from the zeros at which networks start, some of which lie on kinks.
    private static double[] Perturbed(SequentialVariationalAutoencoder model)
    {
        double[] values = model.Parameters.Values.ToArray(), noise = new LinearStream(8).Take(values.Length, 0.2);
        for (int i = 0; i < values.Length; i++)
            values[i] += noise[i];
        return values;
    }

    private static TimeSeries[] Sequences(Observation observation, bool missing)
    {
        RandomStream random = new(9, "sequences");
        int[] lengths = [4, 6, 1, 6];
        TimeSeries[] sequences = new TimeSeries[lengths.Length];
        for (int i = 0; i < sequences.Length; i++)
        {
            double[] values = new double[3 * lengths[i]];
            for (int k = 0; k < values.Length; k++)
                values[k] = observation switch
                {
                    Observation.Bernoulli => random.NextDouble() < 0.4 ? 1 : 0,
                    Observation.Poisson => Math.Floor(4 * random.NextDouble()),
                    _ => random.NextNormal(),
                };
            if (missing && values.Length > 3)
                values[i + 1] = double.NaN;
            sequences[i] = new(values, 3);
        }
        return sequences;
    }

    private static double[] Noise(int count)
    {
        RandomStream random = new(4, "noise");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
