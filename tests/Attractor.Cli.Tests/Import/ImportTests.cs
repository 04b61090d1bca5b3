using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor import</c></summary>
public sealed class ImportTests : IDisposable
{
    private const string Tent = """{"A": [2], "W": [[-3.5]], "h": [1], "P": 1, "seed": 7, "note": "x"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("NET")]
    [InlineData("net.safetensors")]
    public void What_is_imported_runs_and_has_its_fixed_points(string target)
    {
        File.WriteAllText(_folder.File("tent.json"), Tent);
        Outcome imported = Run("import", "tent.json", "-o", target, "--json");
        Assert.Equal("alrnn", imported.Json.GetProperty("model").GetString());
        Assert.Equal(1, imported.Json.GetProperty("rectified").GetInt32());
        Assert.Contains("left out: seed, note", imported.Errors, StringComparison.Ordinal);

        // z = -1.5 z + 1 above 0, z = 2 z + 1 below.
        JsonElement cycles = Run("cycles", target, "--max-order", "2", "--json").Json;
        double[] points =
            [.. cycles.GetProperty("fixed_points").EnumerateArray().Select(p => p.GetProperty("point")[0].GetDouble()).Order()];
        Assert.Equal(-1, points[0], 1e-12);
        Assert.Equal(0.4, points[1], 1e-12);
        Run("generate", target, "--steps", "4", "-o", "orbit.csv");
        double[] orbit = [.. File.ReadLines(_folder.File("orbit.csv")).Skip(1).Select(double.Parse)];
        Assert.Equal([0, 1, -0.5, 0], orbit);
        Run("generate", target, "--steps", "500", "-o", "long.npy");
        Assert.True(Run("evaluate", target, "long.npy", "--json").Json.TryGetProperty("d_stsp", out _));

        Command.Run(_folder.Path, "import", "tent.json", "-o", target).IsBadInput("--overwrite");
        Run("import", "tent.json", "-o", target, "--overwrite");
    }

    [Theory]
    [InlineData("import tent.json", "where to")]
    [InlineData("import nowhere.json -o NET", "no file nowhere.json")]
    [InlineData("import . -o NET", "is a folder")]
    [InlineData("import tent.json -o tent.json", "is a file")]
    [InlineData("import tent.json -o FULL", "holds other.txt")]
    [InlineData("import tent.json -o NET --rectified 0", "--rectified must be positive")]
    [InlineData("import tent.json -o NET --rectified 2", "cannot be")]
    [InlineData("import tent.json -o NET --model what", "expected one of")]
    public void What_cannot_be_is_refused_in_one_line(string line, string words)
    {
        File.WriteAllText(_folder.File("tent.json"), Tent);
        Directory.CreateDirectory(_folder.File("FULL"));
        File.WriteAllText(_folder.File("FULL/other.txt"), "");
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("NET")));
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
