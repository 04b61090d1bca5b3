using Attractor.Models;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class SequentialAutoencoderFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<TransitionKind, EncoderCell, SequentialInference> Kinds
    {
        get
        {
            TheoryData<TransitionKind, EncoderCell, SequentialInference> kinds = [];
            foreach (TransitionKind transition in Enum.GetValues<TransitionKind>())
                foreach (EncoderCell encoder in Enum.GetValues<EncoderCell>())
                    foreach (SequentialInference inference in Enum.GetValues<SequentialInference>())
                        if (transition != TransitionKind.StandardNormal || inference != SequentialInference.Correcting)
                            kinds.Add(transition, encoder, inference);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_read_to_the_bit(TransitionKind transition, EncoderCell encoder, SequentialInference inference)
    {
        SequentialVariationalAutoencoder model = Model(transition, encoder, inference);
        SequentialVariationalAutoencoder read = Again(model);
        Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        Assert.Equal(model.Options.DecoderLayers, read.Options.DecoderLayers);
        Assert.Equal(model.Options with { DecoderLayers = [], Seed = 0 }, read.Options with { DecoderLayers = [] });
        TimeSeries sequence = new([0.5, -1, 2, double.NaN, 0.25, 3, 1, 1, -2], 3);
        Assert.Equal(model.Reconstruct(sequence).Values.ToArray(), read.Reconstruct(sequence).Values.ToArray());
        Assert.Equal(model.Generate(6, seed: 2).Observations.Values.ToArray(), read.Generate(6, seed: 2).Observations.Values.ToArray());
    }

    // What the smallest models hold is the least that their sizes can ask for: each of these is refused if that is overestimated.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Models_of_any_sizes_pass_the_look_at_how_much_their_files_hold(
        TransitionKind transition, EncoderCell encoder, SequentialInference inference)
    {
        foreach ((int observed, int latent, int units, int hidden, int transitionHidden) in ((int, int, int, int, int)[])[
            (1, 1, 1, 1, 1), (40, 1, 1, 1, 1), (1, 40, 1, 1, 1), (1, 1, 40, 1, 1), (1, 1, 1, 40, 1), (1, 1, 1, 1, 40)
        ])
            foreach (int[] layers in (int[][])[[], [1], [40, 1]])
            {
                SequentialVariationalAutoencoder model = new(new()
                {
                    Observed = observed,
                    Latent = latent,
                    Transition = transition,
                    TransitionHidden = transitionHidden,
                    Inference = inference,
                    Encoder = encoder,
                    EncoderUnits = units,
                    EncoderHidden = hidden,
                    DecoderLayers = layers,
                    Observation = Observation.Bernoulli,
                });
                Assert.Equal(model.ParameterCount, Again(model).ParameterCount);
            }
    }

    [Theory]
    [InlineData(Observation.Bernoulli)]
    [InlineData(Observation.Gaussian)]
    [InlineData(Observation.IsotropicGaussian)]
    [InlineData(Observation.Poisson)]
    public void Every_observation_and_nonlinearity_is_kept(Observation observation)
    {
        foreach (LayerActivation activation in Enum.GetValues<LayerActivation>())
        {
            SequentialVariationalAutoencoder read = Again(new(new()
            {
                Observed = 3,
                Latent = 2,
                EncoderUnits = 3,
                DecoderLayers = [4, 5],
                Activation = activation,
                Observation = observation
            }));
            Assert.Equal(((ObservationModel)observation, activation), (read.Options.Observation, read.Options.Activation));
        }
    }

    [Theory]
    [InlineData("latent", "0", "expected 1 to")]
    [InlineData("latent", "1000000", "too few for a model of the sizes")]
    [InlineData("latent", "99999999999", "latent")]
    [InlineData("observed", "1000000", "too few for a model of the sizes")]
    [InlineData("encoder_units", "1000000", "too few for a model of the sizes")]
    [InlineData("encoder_hidden", "1000000", "too few for a model of the sizes")]
    [InlineData("transition_hidden", "1000000", "too few for a model of the sizes")]
    [InlineData("layers", "1000000,1000000", "too few for a model of the sizes")]
    [InlineData("layers", "100,100", "too few for a model of the sizes")]
    [InlineData("layers", "4,x", "numbers are expected")]
    [InlineData("transition", "plrn", "expected one of standard-normal, linear, plrnn")]
    [InlineData("transition", "standard-normal", "there is no such model")]
    [InlineData("transition", "plrnn", "transition")]
    [InlineData("posterior", "guessing", "expected one of filtering")]
    [InlineData("encoder", "lstm", "expected one of gru")]
    [InlineData("activation", "step", "expected one of relu")]
    [InlineData("observation", "cauchy", "expected one of bernoulli")]
    [InlineData("observation", null, "it lacks the metadata 'observation'")]
    [InlineData("latent", null, "it lacks the metadata 'latent'")]
    public void Metadata_that_do_not_fit_are_refused_at_little_cost(string key, string? value, string words)
    {
        ModelFile.Save(File, Model(TransitionKind.ShallowPlrnn, EncoderCell.ShallowPlrnn, SequentialInference.Correcting));
        SafeTensorsFile file = SafeTensors.Read(File);
        Dictionary<string, string> metadata = new(file.Metadata);
        metadata.Remove(key);
        if (value is not null)
            metadata[key] = value;
        SafeTensors.Write(File, file.Tensors, metadata);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Load(File)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Hidden_units_that_no_network_has_cost_nothing()
    {
        SequentialVariationalAutoencoder model = new(new()
        {
            Observed = 2,
            Latent = 2,
            EncoderUnits = 3,
            EncoderHidden = AutoencoderOptions.MostUnits,
            Transition = TransitionKind.Linear,
            TransitionHidden = AutoencoderOptions.MostUnits,
        });
        Assert.Equal(model.Options.EncoderHidden, Again(model).Options.EncoderHidden);
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        ModelFile.Save(File, Model(TransitionKind.Gated, EncoderCell.Gru, SequentialInference.Smoothing));
        byte[] good = Unsealed.Read(File);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                System.IO.File.WriteAllBytes(File, value % 5 == 0 ? bad[..at.Item2] : bad);
                try
                {
                    ModelFile.Load<SequentialVariationalAutoencoder>(File).Generate(2, 1);
                    return true;
                }
                catch (InvalidDataException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }).QuickCheckThrowOnFailure();
    }

    private SequentialVariationalAutoencoder Again(SequentialVariationalAutoencoder model)
    {
        ModelFile.Save(File, model);
        return ModelFile.Load<SequentialVariationalAutoencoder>(File);
    }

    private static SequentialVariationalAutoencoder Model(TransitionKind transition, EncoderCell encoder, SequentialInference inference)
        => new(new()
        {
            Observed = 3,
            Latent = 2,
            Transition = transition,
            TransitionHidden = 5,
            Inference = inference,
            Encoder = encoder,
            EncoderUnits = 4,
            EncoderHidden = 6,
            DecoderLayers = [5, 4],
            Activation = LayerActivation.Softplus,
            Observation = Observation.Gaussian,
            Seed = 8,
        });
}
