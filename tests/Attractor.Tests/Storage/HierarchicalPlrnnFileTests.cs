using Attractor.Models;
using Attractor.Storage;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Storage;

public sealed class HierarchicalPlrnnFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_model_survives_its_file_to_the_bit(int latent)
    {
        HierarchicalShallowPlrnn model = HierarchicalTrainingTests.Model(2, latent, hidden: 5, features: 3, subjects: 4);
        model.Standardization = new([1, 2], [0.5, 3]);
        ModelFile.Save(_file, model);
        HierarchicalShallowPlrnn read = ModelFile.Load<HierarchicalShallowPlrnn>(_file);

        Assert.Equal(model.Parameters.Values, read.Parameters.Values);
        Assert.Equal(model.Subjects, read.Subjects);
        Assert.Equal(model.Standardization.Scale, read.Standardization!.Scale);
        Assert.Equal("hierarchical-shplrnn", SafeTensors.Read(_file).Metadata["model"]);
    }

    [Theory]
    [InlineData("subjects", "[\"s0\",\"s1\"]", "values, but a model of the sizes")]
    [InlineData("subjects", "[\"s0\",\"s0\",\"s1\",\"s2\"]", "there are two subjects 's0'")]
    [InlineData("subjects", "[1,2,3,4]", "'subjects' is no JSON array of names")]
    [InlineData("subjects", "{", "'subjects' is no JSON array of names")]
    [InlineData("hidden", "900000", "values, but a model of the sizes")]
    [InlineData("features", "0", "metadata 'features' is '0'")]
    public void A_file_that_claims_something_else_is_refused(string key, string value, string message)
    {
        SafeTensorsFile file = Written();
        SafeTensors.Write(_file, file.Tensors, new Dictionary<string, string>(file.Metadata) { [key] = value });

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ModelFile.Load(_file));
        Assert.Contains(message, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_subject_that_is_not_there_is_refused_with_those_that_are()
    {
        HierarchicalShallowPlrnn model = HierarchicalTrainingTests.Model(2, 2, hidden: 5, features: 3, subjects: 2);
        Assert.Equal(1, model.IndexOf("s1"));
        ArgumentException refused = Assert.Throws<ArgumentException>(() => model.IndexOf("s3"));
        Assert.Contains("there is no subject 's3'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("there are s0, s1", refused.Message, StringComparison.Ordinal);
    }

    private SafeTensorsFile Written()
    {
        ModelFile.Save(_file, HierarchicalTrainingTests.Model(2, 2, hidden: 5, features: 3, subjects: 4));
        return SafeTensors.Read(_file);
    }
}
