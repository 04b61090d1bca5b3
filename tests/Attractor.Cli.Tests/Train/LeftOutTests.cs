using System.Globalization;

namespace Attractor.Cli.Tests;

/// <summary>Recordings that are too short and rows that are missing: left out by every learner alike, counted and said.</summary>
public sealed class LeftOutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clipped-shplrnn --updates 100 --sequence 30 --hidden 8 --verdict no", "31 rows")]
    [InlineData("esn --units 30 --washout 29 --verdict no", "31 rows")]
    [InlineData("ngrc --delays 30 --orders 1 --verdict no", "31 rows")]
    public void Short_recordings_are_counted(string kind, string needed)
    {
        Write(200, 10, 1, 5, 150);
        Outcome outcome = Train(kind, "--trial", "trial");
        Assert.Equal(3, outcome.Json.GetProperty("recordings_left_out").GetInt32());
        Assert.Equal(0, outcome.Json.GetProperty("rows_left_out").GetInt64());
        Outcome said = Command.Run(_folder.Path, [.. Line(kind), "--trial", "trial", "-o", "SAID"]).Succeeds();
        Assert.Contains(
            $"3 of 5 recordings, shorter than the {needed} without a gap that a sample takes", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_missing_are_counted()
    {
        Write(200);
        string[] lines = File.ReadAllLines(_folder.File("own.csv"));
        lines[100] = "1,NaN,NaN";
        File.WriteAllLines(_folder.File("own.csv"), lines);
        Outcome outcome = Train("clipped-shplrnn --updates 100 --sequence 30 --hidden 8 --verdict no --missing skip", "--columns", "a,b");
        Assert.Equal(1, outcome.Json.GetProperty("rows_left_out").GetInt64());
        Assert.Equal(1, Train("ngrc --verdict no", "--columns", "a,b").Json.GetProperty("rows_left_out").GetInt64());
        Assert.Equal(
            1, Train("esn --units 30 --washout 29 --verdict no", "--columns", "a,b").Json.GetProperty("rows_left_out").GetInt64());
        Command.Run(_folder.Path, "train", "esn", "own.csv", "--columns", "a,b", "--washout", "150", "-o", "NONE").IsBadInput(
            "The longest stretch without missing values has 100 rows, of which a --washout of 150 states leaves nothing");
    }

    [Fact]
    public void A_reservoir_learns_nothing_across_a_gap()
    {
        // The same as of the two sides as trials of their own.
        Write(120, 90);
        string[] lines = File.ReadAllLines(_folder.File("own.csv"));
        File.WriteAllLines(_folder.File("gap.csv"), [lines[0], .. lines[1..121], "0,NaN,NaN", .. lines[121..]]);
        string[] options = ["--units", "30", "--washout", "29", "-o"];
        Command.Run(_folder.Path, ["train", "esn", "own.csv", "--trial", "trial", .. options, "TRIALS"]).Succeeds();
        Command.Run(_folder.Path, ["train", "esn", "gap.csv", "--columns", "a,b", .. options, "GAP"]).Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("TRIALS/model.safetensors")), File.ReadAllBytes(_folder.File("GAP/model.safetensors")));
    }

    [Fact]
    public void Cells_that_a_network_fills_itself_are_counted()
    {
        Write(200);
        string[] lines = File.ReadAllLines(_folder.File("own.csv"));
        for (int i = 3; i < lines.Length; i += 7)
            lines[i] = lines[i][..lines[i].LastIndexOf(',')] + ",NaN";
        File.WriteAllLines(_folder.File("own.csv"), lines);
        string kind = "clipped-shplrnn --updates 100 --sequence 30 --hidden 8 --verdict no";
        Command.Run(_folder.Path, [.. Line(kind), "--columns", "a,b", "-o", "RUN"]).IsBadInput("--missing skip", "--missing model");
        Outcome outcome = Train(kind + " --missing model", "--columns", "a,b");
        Assert.Equal(29, outcome.Json.GetProperty("missing_values").GetInt64());
        Assert.Equal(0, outcome.Json.GetProperty("rows_left_out").GetInt64());
        Outcome said = Command.Run(
            _folder.Path, [.. Line(kind), "--missing", "model", "--columns", "a,b", "-o", "SAID"]).Succeeds();
        Assert.Contains(
            "the network's own predictions take the place of, and the loss leaves out, 29 missing values",
            said.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_is_used_nothing_is_said()
    {
        Write(200, 150);
        Outcome outcome = Train("ngrc --verdict no", "--trial", "trial");
        Assert.False(outcome.Json.TryGetProperty("recordings_left_out", out _));
    }

    private static string[] Line(string kind) => ["train", .. kind.Split(' ')[..1], "own.csv", .. kind.Split(' ')[1..]];

    private Outcome Train(string kind, params string[] more)
        => Command.Run(_folder.Path, [.. Line(kind), .. more, "-o", $"RUN{Guid.NewGuid():N}", "--json"]).Succeeds();

    private void Write(params int[] lengths) => File.WriteAllText(
        _folder.File("own.csv"),
        "trial,a,b\n" + string.Concat(lengths.SelectMany((length, trial) => Enumerable.Range(0, length).Select(t => string.Create(
            CultureInfo.InvariantCulture, $"{trial},{Math.Cos(0.2 * t):R},{Math.Sin(0.2 * t) + (0.1 * Math.Cos(0.5 * t)):R}\n")))));
}
