using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor atlas</c></summary>
public sealed class AtlasTests : IDisposable
{
    private static readonly string[] s_keys =
    [
        "map", "state_dimension", "boundaries", "steps", "regions_visited", "regions", "transitions", "stays", "words",
        "boundary_crossings", "flips", "graph_entropy", "word_entropy", "markov_entropy", "manifolds", "crossings", "basins",
        "bifurcations", "symbols", "report",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_that_is_the_Lozi_map_has_its_regions_manifolds_and_homoclinic_points()
    {
        SaveLozi();
        JsonElement json = Run(
            "atlas", "lozi.safetensors", "--steps", "20000", "--words", "4", "--iterations", "8", "--basins", "12", "-o", "symbols.npy",
            "--report", "atlas.html", "--json").Json;
        Assert.Equal(s_keys, json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, json.GetProperty("state_dimension").GetInt32());
        Assert.Equal(4, json.GetProperty("boundaries").GetInt32());
        JsonElement[] regions = [.. json.GetProperty("regions").EnumerateArray()];
        Assert.Equal(1, regions.Sum(r => r.GetProperty("occupancy").GetDouble()), 1e-9);
        JsonElement[] real = [.. regions.Select(r => r.GetProperty("fixed_point")).Where(f => f.GetProperty("real").GetBoolean())];
        Assert.All(real, f => Assert.Equal("saddle", f.GetProperty("stability").GetString()));
        // Lozi: the saddle in x > 0 is at (1, b) / (1 + a - b).
        Assert.Contains(real, f => Math.Abs(f.GetProperty("point")[0].GetDouble() - (1 / 2.2)) < 1e-9);
        Assert.NotEqual(0, json.GetProperty("crossings").GetArrayLength());
        Assert.All(json.GetProperty("manifolds").EnumerateArray(), m => Assert.Equal(1, m.GetProperty("dimension").GetInt32()));
        Assert.Equal(12, json.GetProperty("basins").GetProperty("resolution").GetInt32());
        TimeSeries symbols = SeriesFile.Read(_folder.File("symbols.npy"));
        Assert.Equal((20_000, 1), (symbols.Length, symbols.Dimension));
        Assert.Equal(
            regions[0].GetProperty("visits").GetInt32(), symbols.Column(0).Count(s => s == 0));
        Assert.Contains("svg", File.ReadAllText(_folder.File("atlas.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_names_regions_entropies_and_crossings()
    {
        SaveLozi();
        string printed = Run("atlas", "lozi.safetensors", "--steps", "5000", "--iterations", "8").Output;
        foreach (string word in (string[])["occupancy", "real, saddle", "entropies", "cross in"])
            Assert.Contains(word, printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fixed_points_of_the_Lozi_map_fold_where_its_offset_passes_zero()
    {
        // x' = mu + y - 1.7 |x|, y' = 0.5 x: mu / 2.2 in x > 0 and mu / -1.2 in x < 0, both there for mu > 0 alone.
        SaveLozi();
        string[] command =
        [
            "atlas", "lozi.safetensors", "--steps", "1000", "--iterations", "0", "--along", "h1[0]", "--from", "-0.53", "--to", "1"
        ];
        JsonElement found = Run([.. command, "--report", "along.html", "--json"]).Json.GetProperty("bifurcations");
        JsonElement fold = found.GetProperty("found").EnumerateArray().First(b => b.GetProperty("kind").GetString() == "nonsmooth_fold");
        Assert.Equal(0, fold.GetProperty("value").GetDouble(), 1e-8);
        Assert.Equal(1, found.GetProperty("present").GetDouble());
        string printed = Run(command).Output.Replace("-0.0000", "0.0000", StringComparison.Ordinal);
        Assert.Contains("nonsmooth fold at 0.0000", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("atlas lozi.safetensors --along h9[0]", "h1 (2)")]
    [InlineData("atlas lozi.safetensors --along W1[0]", "W1[0,1]")]
    [InlineData("atlas lozi.safetensors --along h1[2]", "0 to 1")]
    [InlineData("atlas lozi.safetensors --along h1[0] --from 2 --to 1", "from a lower")]
    [InlineData("atlas lozi.safetensors --from 2", "--along")]
    [InlineData("atlas henon", "not piecewise linear")]
    [InlineData("atlas missing.safetensors", "missing.safetensors")]
    [InlineData("atlas lozi.safetensors --steps 1", "--steps")]
    [InlineData("atlas lozi.safetensors --words 0", "--words")]
    [InlineData("atlas lozi.safetensors --basins 5000", "--basins")]
    [InlineData("atlas lozi.safetensors -o lozi.safetensors", "lozi.safetensors")]
    public void Bad_input_gets_one_line(string command, string word)
    {
        SaveLozi();
        Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);
    }

    [Fact]
    public void A_network_whose_orbit_leaves_fails_in_words()
    {
        Plrnn net = new(2, 2);
        net.Parameters.Set("A", [3, 3]);
        net.Parameters.Set("W", [0, 0, 0, 0]);
        net.Parameters.Set("h", [1, 1]);
        ModelFile.Save(_folder.File("away.safetensors"), net);
        Command.Run(_folder.Path, "atlas", "away.safetensors").Fails("does not stay finite");
    }

    // x' = 1 + y - 1.7 |x|, y' = 0.5 x as z' = A z + W1 relu(W2 z + h2) + h1: y and -y, x and -x are rectified apart.
    private void SaveLozi()
    {
        ShallowPlrnn net = new(2, 2, 4);
        net.Parameters.Set("A", [1.7, 0]);
        net.Parameters.Set("W1", [-3.4, 0, 1, -1, 0.5, -0.5, 0, 0]);
        net.Parameters.Set("W2", [1, 0, -1, 0, 0, 1, 0, -1]);
        net.Parameters.Set("h1", [1, 0]);
        net.Parameters.Set("h2", [0, 0, 0, 0]);
        ModelFile.Save(_folder.File("lozi.safetensors"), net);
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
