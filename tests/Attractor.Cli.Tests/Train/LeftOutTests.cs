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
