using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class MixtureFileTests : IDisposable
{
    // x, y: real numbers; s: a count; b: 0 or 1; c: one of three categories. Some are missing.
    private static readonly TimeSeries s_rows = new(
        [
            0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 1, 1, 0.5, 0.5, double.NaN, 0, 0, 4, 4, 7, 1, 2,
            5, 4, 9, 1, 2, 4, double.NaN, 5, 1, 1, 2, 2.5, 4, double.NaN, 2, 4.5, 4, 6, 1, double.NaN,
        ], 5, 1, ["x", "y", "s", "b", "c"]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Kinds
    {
        get
        {
            TheoryData<string, string> kinds = [];
            foreach (string block in (string[])["known", "shared", "spherical", "diagonal", "full", "counts", "all"])
                foreach (string weights in (string[])["uniform", "fixed", "dirichlet", "concentrations"])
                    kinds.Add(block, weights);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_read_to_the_bit(string blocks, string weights)
    {
        Mixture model = Fitted(blocks, weights);
        ModelFile.Save(File, model);
        Mixture read = ModelFile.Load<Mixture>(File);
        Assert.Equal(model.Snapshot(), read.Snapshot());
        Assert.Equal(model.Description, read.Description);
        Assert.Equal(model.Prior.Proportions, read.Prior.Proportions);
        Assert.Equal(model.Prior.Concentration, read.Prior.Concentration);
        Assert.Equal(model.LogPredictive(s_rows), read.LogPredictive(s_rows));
        Assert.Equal(model.Responsibilities(s_rows), read.Responsibilities(s_rows));
        Assert.Equal(model.Sample(20, seed: 3).Values.ToArray(), read.Sample(20, seed: 3).Values.ToArray());
        // The priors as well: a sweep on from there is the same.
        Assert.Equal(OneSweepOn(model), OneSweepOn(read));
    }

    [Theory]
    [InlineData("components", "0", "expected 1 to")]
    [InlineData("components", "4096", "but a mixture of 4096 components")]
    [InlineData("components", "1000000000", "expected 1 to")]
    [InlineData("components", null, "it lacks the metadata 'components'")]
    [InlineData("blocks", null, "it lacks the metadata 'blocks'")]
    [InlineData("weights", null, "it lacks the metadata 'weights'")]
    [InlineData("blocks", "[", "there is no such mixture")]
    [InlineData("blocks", "5", "there is no such mixture")]
    [InlineData("blocks", "[]", "but a mixture of 2 components of its blocks has 2")]
    [InlineData("blocks", "[5]", "there is no such mixture")]
    [InlineData("blocks", """[{"kind":"poisson","columns":["s"],"shape":1}]""", "there is no such mixture")]
    [InlineData("blocks", """[{"kind":"poisson","columns":["s"],"shape":-1,"rate":1}]""", "shape must be above 0")]
    [InlineData("blocks", """[{"kind":"poisson","columns":["s"],"shape":1e999,"rate":1}]""", "shape must be above 0 and finite")]
    [InlineData("blocks", """[{"kind":"poisson","columns":["s","t"],"shape":1,"rate":1}]""", "has one column")]
    [InlineData("blocks", """[{"kind":"poisson","columns":[],"shape":1,"rate":1}]""", "has one column")]
    [InlineData("blocks", """[{"kind":"cauchy","columns":["s"]}]""", "'cauchy' is no kind of block")]
    [InlineData("blocks", """[{"kind":"categorical","columns":["c"],"concentration":1,"levels":["a","a"]}]""", "the same name")]
    [InlineData(
        "blocks", """[{"kind":"categorical","columns":["c"],"concentration":1,"levels":["a","\ud800"]}]""", "there is no such mixture")]
    [InlineData(
        "blocks",
        """[{"kind":"normal-wishart","columns":["x"],"kappa":1,"degrees_of_freedom":0,"prior_mean":[0],"inverse_scale":[1]}]""",
        "degrees of freedom must be above 0")]
    [InlineData(
        "blocks",
        """[{"kind":"normal-wishart","columns":["x"],"kappa":1,"degrees_of_freedom":2,"prior_mean":[0],"inverse_scale":[-1]}]""",
        "not positive definite")]
    [InlineData("blocks", """[{"kind":"poisson","columns":["s"],"shape":1,"rate":1}]""", "but a mixture of 2 components")]
    [InlineData("weights", "5", "there is no such mixture")]
    [InlineData("weights", """{"dirichlet":[1,2,3]}""", "3 weights for 2 components")]
    [InlineData("weights", """{"dirichlet":[0]}""", "Concentrations are above 0")]
    [InlineData("weights", """{"fixed":[0.5,0.6]}""", "sum to 1")]
    [InlineData("weights", "{}", "but a mixture of 2 components")]
    public void Metadata_that_do_not_fit_are_refused_at_little_cost(string key, string? value, string words)
    {
        ModelFile.Save(File, Fitted("all", "dirichlet"));
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

    [Theory]
    [InlineData("weights.concentration", 0, "weights.concentration holds values that are not above 0")]
    [InlineData("1.shape", -1, "1.shape holds values that are not above 0")]
    [InlineData("0.mean", double.NaN, "not finite")]
    [InlineData("0.degrees_of_freedom", 1, "degrees of freedom that are not above 1")]
    [InlineData("0.inverse_scale", -1, "not positive definite")]
    public void Values_of_no_posterior_are_refused(string tensor, double value, string words)
    {
        ModelFile.Save(File, Fitted("all", "dirichlet"));
        SafeTensorsFile file = SafeTensors.Read(File);
        file.Find(tensor)!.Values[^1] = value;
        SafeTensors.Write(File, file.Tensors, file.Metadata);
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Load(File)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shared")]
    [InlineData("diagonal")]
    [InlineData("all")]
    public void Mutated_files_are_read_or_refused(string blocks)
    {
        ModelFile.Save(File, Fitted(blocks, "dirichlet"));
        byte[] good = Unsealed.Read(File);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                System.IO.File.WriteAllBytes(File, value % 5 == 0 ? bad[..at.Item2] : bad);
                try
                {
                    ModelFile.Load<Mixture>(File).Sample(1, 1);
                    return true;
                }
                catch (InvalidDataException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static double[] OneSweepOn(Mixture model)
    {
        CoordinateAscentOptions options = new() { MaxSweeps = 1, Responsibilities = model.Responsibilities(s_rows) };
        return CoordinateAscent.Fit(model, s_rows, options).Mixture.Snapshot();
    }

    private static Mixture Fitted(string blocks, string weights)
    {
        Mixture model = new(2, Blocks(blocks), weights switch
        {
            "uniform" => MixtureWeights.Uniform,
            "fixed" => MixtureWeights.Fixed([0.4, 0.6]),
            "dirichlet" => MixtureWeights.Dirichlet(0.7),
            _ => MixtureWeights.Dirichlet([0.5, 2]),
        });
        return CoordinateAscent.Fit(model, s_rows, new() { Restarts = 2, MaxSweeps = 5, Seed = 4 }).Mixture;
    }

    private static ConjugateBlock[] Blocks(string name) => name switch
    {
        "known" => [new GaussianMeanBlock(["x", "y"], 1.5, [2, 2], 0.1)],
        "shared" => [new GaussianMeanBlock(["y", "x"], 2, 1.5, [2, 2.25], 0.1)],
        "spherical" => [new NormalGammaBlock(["x", "y"], [1, 2], 0.02, 1.5, 0.75)],
        "diagonal" => [new NormalGammaBlock(["x"], [1], 0.02, 1.5, 0.75), new NormalGammaBlock(["y"], [3], 0.03, 2.5, 0.25)],
        "full" => [new NormalWishartBlock(["x", "y"], [1, 0.25, 0.25, 2], [1, 2], 0.02, 2.5)],
        "counts" => [new PoissonBlock("s", 1.5, 0.25), new BernoulliBlock("b", 0.5, 0.75)],
        _ =>
        [
            new NormalWishartBlock(["x", "y"], [1, 0.25, 0.25, 2], [1, 2], 0.02, 2.5), new PoissonBlock("s", 1.5, 0.25), new BernoulliBlock(
                "b", 0.5, 0.75),
            new CategoricalBlock("c", ["red", "a \"quoted\" green", "blau und grün"], 0.25),
        ],
    };
}
