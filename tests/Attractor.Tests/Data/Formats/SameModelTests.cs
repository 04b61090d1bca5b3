using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Tests.Data.Formats;

/// <summary>One recording in every format, as other programs wrote it, gives the same model to the bit.</summary>
public sealed class SameModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("orbit.csv")]
    [InlineData("orbit_comma.csv")]
    [InlineData("orbit_trials.csv")]
    [InlineData("orbit.npz")]
    [InlineData("orbit.parquet")]
    [InlineData("orbit.feather")]
    [InlineData("orbit.h5")]
    [InlineData("orbit5.mat")]
    [InlineData("orbit73.mat")]
    [InlineData("orbit.xlsx")]
    public void The_format_of_the_data_does_not_show_in_the_model(string file)
    {
        (byte[] expected, double[] values) = Trained("orbit.npy");
        (byte[] model, double[] read) = Trained(file);
        Assert.Equal(values, read);
        Assert.Equal(expected, model);
    }

    [Fact]
    public void Samples_of_16_bits_give_the_model_of_their_values()
    {
        (byte[] expected, double[] values) = Trained("orbit_digits.npy");
        (byte[] model, double[] read) = Trained("orbit.edf");
        Assert.Equal(values, read);
        Assert.Equal(expected, model);
        Assert.NotEqual(Trained("orbit.npy").Model, model);
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    [InlineData(".feather")]
    public void What_is_written_is_the_same_data(string extension)
    {
        string copy = _folder.File("copy" + extension);
        SeriesFile.Write(copy, SeriesFile.Read(Fixture.Path("orbit.npy")));
        Assert.Equal(Trained("orbit.npy").Model, Trained(copy).Model);
    }

    private (byte[] Model, double[] Values) Trained(string file)
    {
        // Where nothing in the file says it.
        double? dt = System.IO.Path.GetExtension(file) is ".edf" or ".xlsx" || file is "orbit.csv" or "orbit.parquet" or "orbit.feather"
            ? null
            : 0.05;
        string? trial = file == "orbit_trials.csv" ? "who" : null;
        DataReading reading = DataFile.Read(
            System.IO.Path.IsPathRooted(file) ? file : Fixture.Path(file), new() { Dt = dt, Trial = trial });
        TimeSeries data = reading.Trials.Single();
        Assert.Equal((150, 3, 0.05), (data.Length, data.Dimension, data.Dt));
        Standardization units = Standardization.Of([data]);
        NonlinearVectorAutoregression model = new(data.Dimension);
        VectorAutoregressionTraining.Fit(model, units.Apply(data));
        string path = _folder.File("model.safetensors");
        ModelFile.Save(path, StandardizedModel.Of(model, units));
        return (File.ReadAllBytes(path), data.Values.ToArray());
    }
}
