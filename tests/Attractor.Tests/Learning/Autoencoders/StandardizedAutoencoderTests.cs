using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Autoencoders;

/// <summary>Models with latent variables of data in any units.</summary>
public sealed class StandardizedAutoencoderTests
{
    private static readonly Standardization s_units = new([101325, -3, 0], [10, 1e-6, 1e5]);

    [Fact]
    public void Its_bounds_are_those_of_the_standardised_rows_less_the_logarithm_of_their_units()
    {
        TimeSeries z = Rows(), x = s_units.Undo(z);
        VariationalAutoencoder inside = Model(null), model = Model(s_units);
        AutoencoderTrainingOptions options = new() { Epochs = 3, BatchSize = 20, Seed = 1 };
        List<EpochPoint> expected = [], actual = [];
        AutoencoderTraining.Fit(inside, SampleSet.Of(z), SampleSet.Of(z), options, null, new() { Epoch = expected.Add });
        AutoencoderTraining.Fit(model, SampleSet.Of(x), SampleSet.Of(x), options, null, new() { Epoch = actual.Add });
        for (int e = 0; e < 3; e++)
        {
            Assert.Equal(expected[e].Loss + s_units.LogScale, actual[e].Loss, 1e-4);
            Assert.Equal(expected[e].TestLoss!.Value + s_units.LogScale, actual[e].TestLoss!.Value, 1e-4);
            Assert.Equal(expected[e].Divergence, actual[e].Divergence, 1e-4);
        }
        double bound = ImportanceWeighting.Estimate(inside, SampleSet.Of(z), [5])[0].Mean,
            own = ImportanceWeighting.Estimate(model, SampleSet.Of(x), [5])[0].Mean;
        Assert.Equal(bound - s_units.LogScale, own, 1e-4);
        float[] drawn = inside.Sample(4, 2), drawnOwn = model.Sample(4, 2);
        for (int i = 0; i < drawn.Length; i++)
            Assert.Equal(s_units.Mean[i % 3] + (s_units.Scale[i % 3] * drawn[i]), drawnOwn[i], 0.02 * Math.Max(1, s_units.Scale[i % 3]));
    }

    [Fact]
    public void The_units_of_missing_values_are_those_of_their_variables()
        => Assert.Equal(
            Math.Log(s_units.Scale[1]) + Math.Log(s_units.Scale[0]) + Math.Log(s_units.Scale[2]),
            Model(s_units).LogScaleOfMissing<double>([1, 0, 1, 0, 1, 0]),
            1e-12);

    [Fact]
    public void Sequences_too_and_a_missing_value_takes_none()
    {
        TimeSeries z = Rows();
        double[] values = z.Values.ToArray();
        values[4] = double.NaN;
        z = new(values, 3);
        TimeSeries x = s_units.Undo(z);
        SequentialVariationalAutoencoder inside = Sequential(null), model = Sequential(s_units);
        SequentialAutoencoderTrainingOptions options = new() { Epochs = 2, WindowLength = 20, BatchSize = 3 };
        SequentialAutoencoderTraining.Fit(inside, new([z]), null, options);
        SequentialAutoencoderTraining.Fit(model, new([x]), null, options);
        SequenceLikelihood expected = SequentialAutoencoderEvaluation.Evaluate(inside, new([z]), 3),
            actual = SequentialAutoencoderEvaluation.Evaluate(model, new([x]), 3);
        double units = s_units.LogScale - (Math.Log(s_units.Scale[1]) / z.Length);
        Assert.Equal(expected.Bound - units, actual.Bound, 1e-3);
        Assert.Equal(expected.ImportanceWeighted - units, actual.ImportanceWeighted, 1e-3);
        TimeSeries reconstructed = s_units.Apply(model.Reconstruct(x)), other = inside.Reconstruct(z);
        for (int i = 0; i < other.Values.Length; i++)
            Assert.Equal(other.Values[i], reconstructed.Values[i], 1e-2);
    }

    [Fact]
    public void Counts_begin_at_their_means_and_stay_counts()
    {
        VariationalAutoencoder model = new(new()
        {
            Observed = 2,
            Latent = 1,
            Layers = [8],
            Observation = ObservationModel.Poisson,
            Seed = 1,
        })
        {
            Standardization = new([100, 400], [10, 20]),
        };
        float[] means = model.Decode(new float[50]);
        Assert.InRange(Enumerable.Range(0, 50).Average(i => Math.Log(means[2 * i])), Math.Log(100) - 0.1, Math.Log(100) + 0.1);
        Assert.InRange(Enumerable.Range(0, 50).Average(i => Math.Log(means[(2 * i) + 1])), Math.Log(400) - 0.05, Math.Log(400) + 0.05);
        Assert.All(model.Sample(20, 1, means: false), v => Assert.Equal(MathF.Floor(v), v));
    }

    [Fact]
    public void Notes_have_no_units()
        => Assert.Throws<ArgumentException>(() => new SequentialVariationalAutoencoder(new()
        {
            Observed = 3,
            Latent = 2,
            Observation = ObservationModel.Bernoulli,
        })
        { Standardization = s_units });

    private static VariationalAutoencoder Model(Standardization? units)
        => new(new() { Observed = 3, Latent = 2, Layers = [8], Observation = ObservationModel.Gaussian, Seed = 3 })
        {
            Standardization = units,
        };

    private static SequentialVariationalAutoencoder Sequential(Standardization? units) => new(new()
    {
        Observed = 3,
        Latent = 2,
        Transition = TransitionKind.ShallowPlrnn,
        TransitionHidden = 5,
        EncoderUnits = 6,
        Observation = ObservationModel.Gaussian,
        Seed = 2,
    })
    { Standardization = units };

    private static TimeSeries Rows()
    {
        RandomStream random = new(2, "rows");
        double[] values = new double[240];
        for (int n = 0; n < 80; n++)
        {
            double common = random.NextNormal();
            for (int d = 0; d < 3; d++)
                values[(3 * n) + d] = (0.8 * common) + (0.6 * random.NextNormal());
        }
        return new(values, 3);
    }
}
