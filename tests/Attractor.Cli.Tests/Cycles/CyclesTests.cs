using System.Text.Json;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor cycles</c></summary>
public sealed class CyclesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cycles_of_a_network_and_of_a_map_are_printed_by_order()
    {
        Run("simulate", "lorenz63", "--steps", "2000", "--standardize", "-o", "train.npy");
        Run("train", "clipped-shplrnn", "train.npy", "--hidden", "20", "--updates", "300", "-o", "RUN", "--quiet");
        JsonElement network =
            Run("cycles", "RUN/model.safetensors", "--max-order", "4", "--seed", "1", "--report", "cycles.html", "--json").Json;
        Assert.Equal("clipped-shplrnn", network.GetProperty("map").GetString());
        foreach (JsonElement point in network.GetProperty("fixed_points").EnumerateArray())
        {
            Assert.Equal(3, point.GetProperty("point").GetArrayLength());
            Assert.Equal(3, point.GetProperty("eigenvalues").GetArrayLength());
            Assert.Equal(2, point.GetProperty("eigenvalues")[0].GetArrayLength());
        }
        Assert.True(File.Exists(_folder.File("cycles.html")));
        JsonElement henon = Run("cycles", "henon", "--max-order", "4", "--json").Json;
        Assert.Equal(2, henon.GetProperty("fixed_points").GetArrayLength());
        Assert.Equal([2, 4], henon.GetProperty("cycles").EnumerateArray().Select(c => c.GetProperty("order").GetInt32()));
        Assert.Equal("saddle", henon.GetProperty("cycles")[0].GetProperty("stability").GetString());
    }

    [Fact]
    public void A_published_network_has_one_fixed_point_and_two_cycles_of_order_16()
    {
        Plrnn net = new(2, 2);
        net.Parameters.Set("A", [0.8377689, 0.96461297]);
        net.Parameters.Set("W", [0, -0.64375, 0.52505308, 0]);
        net.Parameters.Set("h", [0.37298253, -0.97931491]);
        ModelFile.Save(_folder.File("plrnn.safetensors"), net);
        JsonElement json = Run("cycles", "plrnn.safetensors", "--max-order", "20", "--seed", "1", "--json").Json;
        Assert.Equal("plrnn", json.GetProperty("map").GetString());
        Assert.Equal(1, json.GetProperty("fixed_points").GetArrayLength());
        Assert.Equal([16, 16], json.GetProperty("cycles").EnumerateArray().Select(c => c.GetProperty("order").GetInt32()));
    }

    [Theory]
    [InlineData("cycles henon --max-order 0", "--max-order")]
    [InlineData("cycles missing.safetensors", "missing.safetensors")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
