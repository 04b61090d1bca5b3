using System.Diagnostics;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>What a process is given too little of: file handles, files with an end.</summary>
public sealed class LimitedProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LimitedProcessTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits and pipes are set by a shell");
        _folder.WriteData();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_seeds_than_file_handles_are_trained_each_in_its_turn()
    {
        (int code, string output) = Shell("ulimit -n 160; exec attractor train ngrc data.npy --seeds 1..200 -o ALL --verdict no -q");
        Assert.True(code == 0, output);
        Assert.Equal(200, Directory.GetFiles(_folder.File("ALL"), "model.safetensors", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_run_that_is_refused_leaves_no_folders_behind()
    {
        (int code, _) = Shell("exec attractor train ngrc data.npy --seeds 1..50 --delays 500 -o ALL -q");
        Assert.Equal(2, code);
        Assert.False(Directory.Exists(_folder.File("ALL")));
    }

    [Fact]
    public void Workers_of_one_machine_count_its_memory_among_them()
        => Command.RunProcessIn(
            _folder.Path,
            new() { [Runs.MemoryNeed.SharedBy] = "1000000000" },
            "train", "shplrnn", "data.npy", "-o", "RUN").IsBadInput("of which there are 0.0 GB");

    [Fact]
    public void A_network_is_imported_from_no_device()
        => Command.Run(_folder.Path, "import", "/dev/zero", "-o", "NET").IsBadInput("/dev/zero is a device");

    [Theory]
    [InlineData("look /dev/stdin --json")]
    [InlineData("floor /dev/stdin --json")]
    [InlineData("dimension /dev/stdin --json")]
    [InlineData("lyapunov /dev/stdin --json")]
    [InlineData("embed /dev/stdin --json")]
    public void Text_through_a_pipe_is_read_as_a_file_is(string line)
    {
        Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "1500", "-o", "l.csv", "-q").Succeeds();
        (int code, string piped) = Shell($"cat l.csv | attractor {line} -q");
        Assert.True(code == 0, piped);
        (_, string read) = Shell($"attractor {line.Replace("/dev/stdin", "l.csv", StringComparison.Ordinal)} -q");
        Assert.Equal(
            Names(read),
            Names(piped));
    }

    [Theory]
    [InlineData("train ngrc /dev/stdin -o RUN", "a run needs its data again")]
    [InlineData("report /dev/stdin -o r.html", "is a pipe")]
    [InlineData("train seqvae /dev/zero -o RUN", "device")]
    [InlineData("look /dev/zero", "is a device")]
    [InlineData("lyapunov /dev/zero", "device")]
    [InlineData("simulate /dev/zero.ode", "zero.ode")]
    [InlineData("train ngrc data.npy --config /dev/zero -o RUN", "is a device")]
    [InlineData("evaluate /dev/zero data.npy", "is a device")]
    public void What_cannot_be_read_as_it_is_meant_is_refused_by_name(string line, string words)
    {
        (int code, string output) = Shell($"cat data.npy | attractor {line} -q 2>&1");
        Assert.Equal(2, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_without_an_end_is_read_in_little_memory()
    {
        Command.Run(
            _folder.Path, "train", "clipped-shplrnn", "data.npy", "-o", "RUN", "--updates", "100", "--sequence", "20", "-q").Succeeds();
        using (FileStream sparse = File.Open(_folder.File("RUN/metrics.jsonl"), FileMode.Append))
            sparse.SetLength(3L << 30);
        (int code, string output) = Shell("ulimit -v 400000000; exec attractor report RUN -q 2>&1");
        Assert.True(code == 0, output);
        Assert.Single(Storage.RunFolder.ReadLosses(_folder.File("RUN")));
    }

    private static string[] Names(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateObject().Select(p => p.Name)];

    private (int Code, string Output) Shell(string script)
    {
        ProcessStartInfo start = new("bash", ["-c", script.Replace("attractor ", $"dotnet '{Command.Path}' ", StringComparison.Ordinal)])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        return (process.ExitCode, output);
    }
}
