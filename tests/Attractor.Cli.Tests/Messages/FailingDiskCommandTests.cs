using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>
/// Every step in which a verb changes the disk fails once, in turn, also in the middle of a write: its output is the old one or the new
/// one, whole, and the message is one line.
/// </summary>
public sealed class FailingDiskCommandTests : IDisposable
{
    private const string Old = "what was there";

    private static readonly string[] s_lines =
    [
        "train ngrc data.npy -o RUN -q", "train mixture data.npy -o MIX --position x1,x2 --sweeps 3 -q",
        "train shplrnn data.npy -o NET --hidden 3 --updates 2 --sequence 8 --batch 2 --verdict no -q",
        "study create STUDY ngrc data.npy --vary ridge=1e-4,1e-2 --sampler grid -q", "study run STUDY -q",
    ];

    private readonly TemporaryFolder _folder = new();

    public FailingDiskCommandTests()
    {
        _folder.WriteData();
        File.WriteAllText(_folder.File("net.json"), """{"A": [2], "W": [[-3.5]], "h": [1], "P": 1}""");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("report RUN -o out.html", "full")]
    [InlineData("report RUN -o out.html", "forbidden")]
    [InlineData("report MIX -o out.html", "full")]
    [InlineData("generate RUN --steps 50 -o out.csv", "full")]
    [InlineData("generate RUN --steps 50 -o out.npy", "forbidden")]
    [InlineData("simulate henon --steps 50 -o out.parquet", "full")]
    [InlineData("evaluate MIX data.npy --responsibilities out.csv", "full")]
    [InlineData("forecast data.npy --only linear --steps 5 -o out.csv", "full")]
    [InlineData("forecast data.npy --only linear --steps 5 -o other.csv --intervals out.npy", "forbidden")]
    [InlineData("export NET -o out.c", "full")]
    [InlineData("export NET -o out.onnx", "forbidden")]
    [InlineData("import net.json --overwrite -o out.safetensors", "full")]
    [InlineData("embed data.npy --delay 2 --dimension 2 -o out.npy", "full")]
    [InlineData("plot data.npy -o out.svg", "forbidden")]
    [InlineData("laplace -0.5*(y-2)^2 --variable y --report out.html", "full")]
    [InlineData("study best STUDY -o out.json", "full")]
    [InlineData("study export STUDY -o out.csv", "full")]
    [InlineData("study slurm STUDY --tasks 2 --node a -o out.sh", "forbidden")]
    public void An_output_is_the_old_one_or_the_new_one(string line, string fault)
    {
        Prepare(line);
        string output = _folder.File(line.Split(' ')[^1]);
        string[] words = [.. line.Split(' '), "-q"];
        Command.Run(_folder.Path, words).Succeeds();
        byte[] expected = File.ReadAllBytes(output);
        int torn = 0, failing = 1;
        for (; ; failing++)
        {
            File.WriteAllText(output, Old);
            (Outcome outcome, string? failed) = RunWithFault(words, failing, fault);
            if (failed is null)
            {
                outcome.Succeeds();
                break;
            }
            torn += failed == "write" ? 1 : 0;
            IsExplained(outcome, fault);
            Assert.Equal(Old, File.ReadAllText(output));
            Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));
        }
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(output)));
        Assert.True(torn > 0 && failing > 4, $"{torn} torn writes of {failing - 1} steps");
    }

    [Theory]
    [InlineData("train ngrc data.npy -o RUN --overwrite --noise 0.01", "full")]
    [InlineData("train ngrc data.npy -o RUN --overwrite --noise 0.01", "forbidden")]
    [InlineData("train mixture data.npy -o MIX --overwrite --position x1,x2 --sweeps 2 --restarts 1 --components 2", "full")]
    public void A_run_that_is_replaced_is_the_old_one_or_the_new_one(string line, string fault)
    {
        Prepare(line);
        string[] words = [.. line.Split(' '), "-q"];
        string run = words[4], kept = _folder.File("kept"), model = Path.Combine(run, "model.safetensors");
        byte[] old = File.ReadAllBytes(_folder.File(model));
        Directory.Move(_folder.File(run), kept);
        Command.Run(_folder.Path, words);
        byte[] expected = File.ReadAllBytes(_folder.File(model));
        Assert.NotEqual(old, expected);
        for (int failing = 1; ; failing++)
        {
            Directory.Delete(_folder.File(run), recursive: true);
            Copy(kept, _folder.File(run));
            (Outcome outcome, string? failed) = RunWithFault(words, failing, fault);
            if (failed is null)
            {
                Assert.InRange(failing, 10, 400);
                break;
            }
            string where = $"{failed}, step {failing}: {outcome.Errors}";
            if (outcome.Code != 0)
                IsExplained(outcome, fault);
            // What was decided is brought to its end by whoever opens the run next, and what was begun by going on with it.
            Command.Run(_folder.Path, "train", "--resume", run, "-q");
            byte[] found = File.ReadAllBytes(_folder.File(model));
            Assert.True(old.AsSpan().SequenceEqual(found) || expected.AsSpan().SequenceEqual(found), where);
            Command.Run(_folder.Path, "report", run, "-o", "look.html", "-q").Succeeds();
        }
    }

    // The runs and studies that a line names.
    private void Prepare(string line)
    {
        string[] named = line.Split(' ');
        foreach (string[] made in s_lines.Select(l => l.Split(' ')).Where(made => made.Any(w => named.Contains(w) && w.All(char.IsUpper))))
            Assert.InRange(Command.Run(_folder.Path, made).Code, 0, 1);
    }

    private (Outcome Outcome, string? Failed) RunWithFault(string[] words, int failing, string fault)
    {
        int steps = 0;
        string? failed = null;
        FileSteps.Before = (step, path) =>
        {
            if (Interlocked.Increment(ref steps) != failing)
                return;
            failed = step;
            throw fault == "forbidden"
                ? new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
                : new IOException($"No space left on device : '{path}'");
        };
        try
        {
            return (Command.Run(_folder.Path, words), failed);
        }
        finally
        {
            FileSteps.Before = null;
        }
    }

    private static void IsExplained(Outcome outcome, string fault)
    {
        Assert.Equal(fault == "full" ? 1 : 2, outcome.Code);
        string message = Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
        Assert.Contains(fault == "full" ? "free space, then" : "is denied", message, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", message, StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string inner in Directory.GetDirectories(from))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }
}
