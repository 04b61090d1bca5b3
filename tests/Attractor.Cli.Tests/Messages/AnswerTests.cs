using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>What damaged commands and files once brought out: answers that were untrue, raw, or no numbers.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnswerTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> SeededVerbs => new(
        "train ngrc data.npy -o RUN --overwrite --verdict no -q",
        "train shplrnn data.npy -o RUN --overwrite --updates 1 --sequence 8 --hidden 2 --start random --verdict no -q",
        "train vae data.npy -o RUN --overwrite --layers 2 --epochs 1 -q",
        "train mixture data.npy -o RUN --overwrite --position x1 --components 1 --sweeps 2 -q",
        "simulate henon --steps 10 -o out.npy",
        "cycles henon --max-order 1 --starts 1",
        "gradients plrnn data.npy --sequence 8 --windows 1 --grid 0 -o out.html");

    [Theory]
    [MemberData(nameof(SeededVerbs))]
    public void A_seed_is_a_whole_number_from_0_on_for_every_verb(string line)
    {
        string[] words = [.. line.Split(' '), "--seed"];
        Assert.InRange(Command.Run(_folder.Path, [.. words, "9223372036854775807"]).Code, 0, 1);
        foreach ((string seed, string said) in ((string, string)[])
        [
            ("-1", "--seed must not be negative, not -1"),
            ("9223372036854775808", "--seed takes a whole number, not 9223372036854775808, which is beyond 9223372036854775807"),
            ("1.5", "--seed takes a whole number, not 1.5"),
            ("1e3", "--seed takes a whole number, not 1e3; write 1000"),
            ("", "--seed"),
        ])
            Command.Run(_folder.Path, [.. words, seed]).IsBadInput(said);
    }

    [Theory]
    [InlineData("--lr 1e400", "--lr takes a number, not 1e400, which is beyond 1.8e308")]
    [InlineData("--sequence 1000", "--sequence 1000 takes 1001 rows in a row", "has 400", "--sequence 399 fits")]
    [InlineData("--sequence 2147483647", "--sequence 2147483647 takes 2147483648 rows in a row", "--sequence 399 fits")]
    [InlineData("--batch 99999999999", "--batch must be at most 2147483647, not 99999999999")]
    public void A_value_that_cannot_be_is_named_with_one_that_can(string options, params string[] words)
        => Command.Run(_folder.Path, ["train", "shplrnn", "data.npy", "-o", "RUN", .. options.Split(' ')]).IsBadInput(words);

    [Fact]
    public void An_empty_word_is_named()
    {
        Command.Run(_folder.Path, "look", "").IsBadInput("an empty word is given for <data>");
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "").IsBadInput("--output is given an empty word");
        Command.Run(_folder.Path, "evaluate", "RUN", "--reference", "").IsBadInput("--reference is given an empty word");
        Command.Run(_folder.Path, "simulate", "henon", "--steps", "").IsBadInput("--steps takes a whole number, not an empty word");
    }

    [Theory]
    [InlineData("lyapunov henon --steps 50 --transient 10")]
    [InlineData("lyapunov henon --steps 50 --transient 10 --spectrum")]
    public void Too_few_steps_for_an_error_bar_give_none(string line)
    {
        string output = Command.Run(_folder.Path, [.. line.Split(' '), "-q"]).Succeeds().Output;
        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
        Assert.DoesNotContain("+-", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_whose_squares_have_no_room_have_moments()
    {
        // +-1e300 in turn, about 0.5e300: the deviation is 1e300.
        SeriesFile.Write(_folder.File("large.npy"), new([.. Enumerable.Range(0, 200).Select(t => t % 2 == 0 ? 1.5e300 : -0.5e300)], 1));
        JsonElement statistics = Command.Run(_folder.Path, "look", "large.npy", "--json").Succeeds().Json.GetProperty("statistics")[0];
        Assert.Equal(0.5e300, statistics.GetProperty("mean").GetDouble(), 1e288);
        Assert.Equal(1e300, statistics.GetProperty("standard_deviation").GetDouble(), 1e288);
        Assert.DoesNotContain(
            "Infinity", Command.Run(_folder.Path, "look", "data.npy", "--dt", "1e308").Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(12)]
    public void A_score_of_too_few_rows_for_a_floor_has_none(int rows)
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "--verdict", "no", "-q").Succeeds();
        SeriesFile.Write(_folder.File("short.npy"), SeriesFile.Read(_folder.File("data.npy")).Slice(0, rows));
        Outcome outcome = Command.Run(_folder.Path, "evaluate", "RUN", "short.npy", "--verdict", "no", "-q");
        // A score that is none has its reason below; a floor that is none is said to be.
        Assert.Equal(1, outcome.Code);
        Assert.Contains("PE(20) is not a number", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" none\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_described_in_words_of_its_own()
    {
        Command.Run(_folder.Path, "simulate", "henon", "--steps", "40", "-o", "whole.parquet", "-q").Succeeds();
        byte[] whole = File.ReadAllBytes(_folder.File("whole.parquet"));
        for (int at = 4; at < whole.Length - 8; at += 7)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x55;
            File.WriteAllBytes(_folder.File("damaged.parquet"), damaged);
            Outcome outcome = Command.Run(_folder.Path, "look", "damaged.parquet");
            Assert.InRange(outcome.Code, 0, 2);
            foreach (string raw in (string[])["Index was", "Specified argument", "Parameter '", "Object reference", "fault of the program"])
                Assert.DoesNotContain(raw, outcome.Errors, StringComparison.Ordinal);
        }
    }
}
