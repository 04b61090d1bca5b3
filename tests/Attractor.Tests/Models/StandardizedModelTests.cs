using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Models;

/// <summary>A model of standardised variables does in the units of the data what it does inside.</summary>
public sealed class StandardizedModelTests : IDisposable
{
    private static readonly Standardization s_units = new([1013, -3], [8, 0.01]);

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    public static TheoryData<string> Kinds => ["plrnn", "shplrnn", "clipped-shplrnn", "esn", "ngrc"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_generates_the_orbit_of_the_model_inside(string kind)
    {
        IGenerativeModel inside = Inside(kind), model = StandardizedModel.Of(inside, s_units);
        TimeSeries data = Data();
        TimeSeries expected = s_units.Undo(inside.Generate(s_units.Apply(data), 30, 2, 4)), actual = model.Generate(data, 30, 2, 4);
        for (int i = 0; i < expected.Values.Length; i++)
            Assert.Equal(expected.Values[i], actual.Values[i], 1e-9 * s_units.Scale[i % 2] * 1000);
        Assert.Equal((inside.Kind, inside.ParameterCount, inside.WarmUp), (model.Kind, model.ParameterCount, model.WarmUp));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Exponents_do_not_depend_on_units(string kind)
    {
        IGenerativeModel inside = Inside(kind), model = StandardizedModel.Of(inside, s_units);
        double[] start = FreeRun.StateAt(inside, s_units.Apply(Data()), 6), own = FreeRun.StateAt(model, Data(), 6);
        double expected = Lyapunov.Maximum(inside, start, 5000), actual = Lyapunov.Maximum(model, own, 5000);
        // The norms of a tangent vector differ by a bounded factor.
        Assert.Equal(expected, actual, 2e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_keeps_the_units(string kind)
    {
        string path = Path.Combine(_folder, "model.safetensors");
        IGenerativeModel model = StandardizedModel.Of(Inside(kind), s_units);
        ModelFile.Save(path, model);
        StandardizedModel read = ModelFile.Load<StandardizedModel>(path);
        Assert.Equal(s_units.Mean, read.Standardization.Mean);
        Assert.Equal(s_units.Scale, read.Standardization.Scale);
        Assert.Equal(model is IPiecewiseLinearMap, read is IPiecewiseLinearMap);
        Assert.Equal(model.Generate(Data(), 20, 0, 4).Values, read.Generate(Data(), 20, 0, 4).Values);
        Assert.NotNull(SafeTensors.Read(path).Find("standardization.mean"));
    }

    [Theory]
    [InlineData("plrnn")]
    [InlineData("shplrnn")]
    [InlineData("clipped-shplrnn")]
    public void A_step_is_the_affine_map_of_its_region(string kind)
    {
        IPiecewiseLinearMap map = (IPiecewiseLinearMap)StandardizedModel.Of(Inside(kind), s_units);
        int d = map.Dimension;
        double[] state = [1015, -3.004, 0.3], next = new double[d], boundaries = new double[map.Boundaries], matrix = new double[d * d],
            offset = new double[d];
        map.Step(state, next);
        map.BoundaryValues(state, boundaries);
        ulong[] region = new ulong[(map.Boundaries + 63) / 64];
        for (int i = 0; i < boundaries.Length; i++)
            if (boundaries[i] > 0)
                region[i / 64] |= 1UL << (i % 64);
        map.AffineMap(region, matrix, offset);
        for (int i = 0; i < d; i++)
            Assert.Equal(next[i], offset[i] + Enumerable.Range(0, d).Sum(j => matrix[(i * d) + j] * state[j]), 1e-9);
    }

    [Theory]
    [InlineData(new double[] { 1 }, new double[] { 1 })]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 0 })]
    [InlineData(new double[] { 1, double.NaN }, new double[] { 1, 1 })]
    public void Units_that_are_none_are_refused(double[] mean, double[] scale)
    {
        Assert.Throws<ArgumentException>(() => StandardizedModel.Of(Inside("ngrc"), new(mean, scale)));
        string path = Path.Combine(_folder, "hostile.safetensors");
        ModelFile.Save(path, StandardizedModel.Of(Inside("ngrc"), s_units));
        SafeTensorsFile file = SafeTensors.Read(path);
        SafeTensors.Write(path, [
            .. file.Tensors.Where(t => !t.Name.StartsWith("standardization", StringComparison.Ordinal)),
            new("standardization.mean", [mean.Length], mean), new("standardization.scale", [scale.Length], scale)], file.Metadata);
        Assert.Throws<InvalidDataException>(() => ModelFile.Load(path));
    }

    private static TimeSeries Data()
    {
        double[] values = new double[40];
        for (int t = 0; t < 20; t++)
            (values[2 * t], values[(2 * t) + 1]) = (1013 + (8 * Math.Cos(0.7 * t)), -3 + (0.01 * Math.Sin(0.7 * t)));
        return new(values, 2);
    }

    private static IGenerativeModel Inside(string kind)
    {
        if (kind == "esn")
        {
            EchoStateNetwork network = new(2, new() { Units = 8, Connectivity = 1, Seed = 5 }, new(Input: true));
            network.SetReadout([.. Enumerable.Range(0, 20).Select(i => 0.3 * Math.Sin(i))], [0.1, -0.1], 4);
            return network;
        }
        if (kind == "ngrc")
        {
            NonlinearVectorAutoregression model = new(2);
            model.SetReadout([.. Enumerable.Range(0, 2 * model.FeatureCount).Select(i => 0.02 * Math.Cos(i))]);
            return model;
        }
        Dictionary<string, int> sizes = new() { ["observed"] = 2, ["latent"] = 3 };
        if (RecurrentModel.SizesOf(kind).Contains("hidden"))
            sizes["hidden"] = 7;
        return RecurrentModel.Create(kind, sizes, 3);
    }
}
