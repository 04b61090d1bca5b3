using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

public sealed class ZeroShotFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(2, true)]
    public void A_model_survives_its_file_to_the_bit(int latent, bool input)
    {
        DynaMixModel model = DynaMixModel.Create(2, latent, experts: 3, rectified: 1, gateHidden: 4, seed: 5, input);
        ModelFile.Save(_file, model);
        DynaMixModel read = ModelFile.Load<DynaMixModel>(_file);
        Assert.Equal(
            new DynaMixLayout(model.Parameters).Pack(model.Parameters), new DynaMixLayout(read.Parameters).Pack(read.Parameters));
        Assert.Equal((model.ParameterCount, 1), (read.ParameterCount, read.Parameters.Rectified));
        Assert.Equal("zero-shot", SafeTensors.Read(_file).Metadata["model"]);
    }

    [Theory]
    [InlineData("latent", "6", "A has the shape (3, 5), expected (3, 6)")]
    [InlineData("latent", "1", "metadata 'latent' is '1', expected 2 to 1000")]
    [InlineData("experts", "1000000", "metadata 'experts'")]
    [InlineData("rectified", "6", "metadata 'rectified' is '6', expected 0 to 5")]
    [InlineData("gate", "1000", "mlp1 has the shape (4, 7), expected (1000, 7)")]
    public void A_file_that_claims_something_else_is_refused(string key, string value, string message)
    {
        ModelFile.Save(_file, DynaMixModel.Create(2, 5, experts: 3, rectified: 1, gateHidden: 4, seed: 5));
        SafeTensorsFile file = SafeTensors.Read(_file);
        SafeTensors.Write(_file, file.Tensors, new Dictionary<string, string>(file.Metadata) { [key] = value });
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ModelFile.Load(_file));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Temperatures_of_zero_are_refused()
    {
        ModelFile.Save(_file, DynaMixModel.Create(2, 5, experts: 3, rectified: 1, gateHidden: 4, seed: 5));
        SafeTensorsFile file = SafeTensors.Read(_file);
        SafeTensors.Write(_file, [.. file.Tensors.Select(t => t.Name == "temp1" ? new("temp1", [1], [0]) : t)], file.Metadata);
        Assert.Contains("temp1", Assert.Throws<InvalidDataException>(() => ModelFile.Load(_file)).Message, StringComparison.Ordinal);
    }
}
