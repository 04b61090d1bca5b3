using System.Text.Json.Nodes;

namespace Attractor.Cli.Tests;

/// <summary>What the command finds in the assemblies that ATTRACTOR_PACKAGES names.</summary>
public sealed class GuestPackageTests : IDisposable
{
    private static readonly Dictionary<string, string> s_guests = new()
    {
        ["ATTRACTOR_PACKAGES"] = Path.Combine(AppContext.BaseDirectory, "Attractor.Guests.dll"),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_format_is_read_and_written_and_an_optimiser_has_a_word()
    {
        Run("simulate", "lorenz63", "--steps", "500", "-o", "data.lines").Succeeds();
        Assert.StartsWith("%lines ", File.ReadAllText(_folder.File("data.lines")), StringComparison.Ordinal);

        Run("train", "shplrnn", "data.lines", "--updates", "20", "--sequence", "20", "--optimizer", "sign-descent", "-o", "RUN").Succeeds();
        JsonNode config = JsonNode.Parse(File.ReadAllText(_folder.File("RUN/config.json")))!;
        Assert.Equal("sign-descent", (string)config["optimizer"]!);
        Run("generate", "RUN", "--steps", "50", "-o", "orbit.lines").Succeeds();
        Assert.Equal(51, File.ReadLines(_folder.File("orbit.lines")).Count());
    }

    [Fact]
    public void Help_and_messages_name_them()
    {
        string help = string.Join(
            ' ', Run("train", "--help").Succeeds().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("radam, adam, sgd, rprop, sign-descent [radam]", help, StringComparison.Ordinal);
        Assert.Contains(
            ".xlsx, .xls, .wav, .lines, .pairs or .kv, several trials as .npz, .h5, .hdf5, .mat, .edf, .bdf or .ts",
            help,
            StringComparison.Ordinal);

        Outcome refused = Run("simulate", "lorenz63", "--steps", "10", "-o", "data.kv");
        Assert.Equal(2, refused.Code);
        Assert.Contains(
            "data.kv: .kv files can be read but not written; write .npy, .npz, .csv, .tsv, .txt, .dat, .parquet, .arrow, .feather "
            + "or .lines",
            refused.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_package_there_is_no_such_word()
    {
        File.WriteAllText(_folder.File("data.lines"), "%lines 1\n1\n2\n");
        Outcome unknown = Command.RunProcess(_folder.Path, "train", "shplrnn", "data.lines", "-o", "RUN");
        Assert.Equal(2, unknown.Code);
        Assert.Contains(
            "data.lines: has the extension .lines, expected .npy, .npz, .csv, .tsv, .txt, .dat, .jsonl, .ndjson, .parquet, .arrow, "
            + ".feather, .xlsx, .xls, .h5, .hdf5, .mat, .wav, .edf, .bdf or .ts",
            unknown.Errors,
            StringComparison.Ordinal);
        Outcome word = Command.RunProcess(_folder.Path, "train", "shplrnn", "data.lines", "--optimizer", "sign-descent", "-o", "RUN");
        Assert.Equal(2, word.Code);
        Assert.Contains(
            "--optimizer takes one of radam, adam, sgd, rprop, not sign-descent", word.Errors, StringComparison.Ordinal);
    }

    private Outcome Run(params string[] arguments) => Command.RunProcessIn(_folder.Path, s_guests, arguments);
}
