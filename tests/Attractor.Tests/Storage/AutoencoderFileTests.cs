using Attractor.Models;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class AutoencoderFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<Observation, int> Kinds => new()
    {
        { Observation.Bernoulli, 2 },
        { Observation.Gaussian, 0 },
        { Observation.IsotropicGaussian, 1 },
        { Observation.Poisson, 3 }
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_read_to_the_bit(Observation observation, int layers)
    {
        VariationalAutoencoder model = Model(observation, layers);
        ModelFile.Save(File, model);
        VariationalAutoencoder read = ModelFile.Load<VariationalAutoencoder>(File);
        Assert.Equal(model.Parameters.Values.ToArray(), read.Parameters.Values.ToArray());
        Assert.Equal(model.Options.Layers, read.Options.Layers);
        Assert.Equal(model.Options with { Layers = [], Seed = 0 }, read.Options with { Layers = [] });
        Assert.Equal(model.Sample(3, seed: 1), read.Sample(3, seed: 1));
    }

    [Theory]
    [InlineData("latent", "0", "expected 1 to")]
    [InlineData("observed", "1000000", "but a model of the sizes that its metadata give has")]
    [InlineData("layers", "1000000,1000000", "but a model of the sizes that its metadata give has")]
    [InlineData("layers", "4,x", "numbers are expected")]
    [InlineData("activation", "step", "expected one of relu, leaky-relu, tanh, sigmoid, softplus")]
    [InlineData("observation", "cauchy", "expected one of bernoulli")]
    [InlineData("image", "2x", "expected rows and columns such as 28x28")]
    [InlineData("image", "3x3", "there is no such model")]
    [InlineData("latent", null, "it lacks the metadata 'latent'")]
    public void Metadata_that_do_not_fit_are_refused_at_little_cost(string key, string? value, string words)
    {
        ModelFile.Save(File, Model(Observation.Bernoulli, 2));
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
    public void Mutated_files_are_read_or_refused()
    {
        ModelFile.Save(File, Model(Observation.Gaussian, 1));
        byte[] good = Unsealed.Read(File);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                System.IO.File.WriteAllBytes(File, value % 5 == 0 ? bad[..at.Item2] : bad);
                try
                {
                    ModelFile.Load<VariationalAutoencoder>(File).Sample(1, 1);
                    return true;
                }
                catch (InvalidDataException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }).QuickCheckThrowOnFailure();
    }

    private static VariationalAutoencoder Model(Observation observation, int layers) => new(new()
    {
        Observed = 6,
        Layers = [.. Enumerable.Range(4, layers)],
        Latent = 3,
        Activation = LayerActivation.Tanh,
        Observation = observation,
        Image = (2, 3),
        Seed = 8,
    });
}
