using System.Diagnostics;
using System.Globalization;

namespace Attractor.Cli.Tests;

/// <summary>Fits of mixtures that are interrupted.</summary>
public sealed class MixtureRunTests : IDisposable
{
    // Components that run into each other take hundreds of sweeps.
    private const int Rows = 20_000;
    private const string CoordinateAscent = "--restarts 2 --sweeps 400",
        Batches = "--batch 500 --epochs 250 --restarts 2 --tolerance 1e-12";

    private static readonly string[] s_columns =
    [
        "--position", "lon,lat", "--count", "shocks", "--components", "6", "--covariance", "full", "--seed", "3", "-q"
    ];

    private readonly TemporaryFolder _folder = new();

    public MixtureRunTests() => MixtureTables.Write(_folder.File("rocks.csv"), Rows, missing: 0.01, spread: 2.5);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CoordinateAscent, 300)]
    // While the start is looked for in a sample, and later.
    [InlineData(Batches, 0)]
    [InlineData(Batches, 900)]
    public void Ctrl_C_leaves_a_run_that_goes_on_to_the_same_bits(string way, int delay)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("the signal is sent by kill");
        using (Process process = Start("RUN", way))
        {
            for (int i = 0; i < 6000 && !File.Exists(_folder.File("RUN/config.json")); i++)
                Thread.Sleep(10);
            Thread.Sleep(delay);
            Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
            string errors = process.StandardError.ReadToEnd();
            Assert.True(process.ExitCode == 130, errors);
            Assert.Contains("--resume RUN", errors, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
        Command.Run(_folder.Path, "evaluate", "RUN").IsBadInput("RUN is not finished", "--resume RUN");
        // Whether it converges is not what these tests are about.
        Assert.InRange(Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Code, 0, 1);
        Whole(Command.Run, way);
        Assert.Equal(Model("WHOLE"), Model("RUN"));
        Assert.Equal(Elbos("WHOLE"), Elbos("RUN"));
    }

    [Theory]
    [InlineData(CoordinateAscent)]
    [InlineData(Batches)]
    public void A_run_killed_at_random_instants_ends_in_the_same_bits(string way)
    {
        Stopwatch clock = Stopwatch.StartNew();
        Whole(Command.RunProcess, way);
        int whole = (int)clock.ElapsedMilliseconds;
        Random random = new(5);
        for (int kills = 0; !File.Exists(_folder.File("RUN/model.safetensors"));)
        {
            using Process process = File.Exists(_folder.File("RUN/config.json"))
                ? Command.Start(_folder.Path, "train", "--resume", "RUN", "-q")
                : Start("RUN", way);
            // The last attempt is left alone: between two kills so near no checkpoint is written.
            if (process.WaitForExit(kills < 2 ? random.Next(whole / 5, whole) : 120_000))
            {
                Assert.True(process.ExitCode is 0 or 1, process.StandardError.ReadToEnd());
                continue;
            }
            process.Kill();
            process.WaitForExit();
            kills++;
        }
        Assert.Equal(Model("WHOLE"), Model("RUN"));
        Assert.Equal(Elbos("WHOLE"), Elbos("RUN"));
    }

    [Fact]
    public void A_run_folder_in_use_is_refused_to_others()
    {
        using Process process = Start("RUN", "--restarts 20 --sweeps 1000");
        for (int i = 0; i < 6000 && !File.Exists(_folder.File("RUN/config.json")); i++)
            Thread.Sleep(10);
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("RUN is in use by another process");
        Command.Run(_folder.Path, "train", "mixture", "rocks.csv", "--count", "shocks", "-o", "RUN", "--overwrite").IsBadInput(
            "RUN is in use by another process");
        Assert.False(process.HasExited, "the run ended before it was looked at");
        process.Kill();
        process.WaitForExit();
        Command.Run(_folder.Path, "train", "mixture", "rocks.csv", "--count", "shocks", "-o", "RUN").IsBadInput(
            "RUN holds an unfinished run", "--resume RUN", "--overwrite");
    }

    [Fact]
    public void Responsibilities_to_start_from_are_found_again_from_elsewhere()
    {
        MixtureTables.WriteEight(_folder);
        string[] settings = ["train", "mixture", "eight.csv", "--position", "x,y", "--components", "2", "--start", "r.csv", "-q", "-o"];
        Command.Run(_folder.Path, [.. settings, "WHOLE"]).Succeeds();
        Command.Run(_folder.Path, [.. settings, "RUN"]).Succeeds();
        File.Delete(_folder.File("RUN/model.safetensors"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        // As if it had been killed after its last checkpoint.
        Command.Run(_folder.File("elsewhere"), "train", "--resume", "../RUN", "-q").Succeeds();
        Assert.Equal(Model("WHOLE"), Model("RUN"));
        File.Delete(_folder.File("RUN/model.safetensors"));
        File.Delete(_folder.File("r.csv"));
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("r.csv");
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_by_name()
    {
        MixtureTables.WriteEight(_folder);
        Command.Run(_folder.Path, "train", "mixture", "eight.csv", "--position", "x,y", "--components", "2", "-q", "-o", "RUN").Succeeds();
        File.Delete(_folder.File("RUN/model.safetensors"));
        File.WriteAllBytes(_folder.File("RUN/checkpoint/state.safetensors"), [1, 2, 3]);
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("state.safetensors");
    }

    private Process Start(string run, string way)
        => Command.Start(_folder.Path, ["train", "mixture", "rocks.csv", "-o", run, .. s_columns, .. way.Split(' ')]);

    private void Whole(Func<string, string[], Outcome> run, string way)
        => Assert.InRange(run(_folder.Path, ["train", "mixture", "rocks.csv", "-o", "WHOLE", .. s_columns, .. way.Split(' ')]).Code, 0, 1);

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));

    // Without the seconds, which are another time's.
    private string[] Elbos(string run) => [.. File.ReadLines(_folder.File($"{run}/metrics.jsonl"))
        .Where(l => l.Contains("\"elbo\"", StringComparison.Ordinal))
        .Select(l => l[..l.IndexOf(",\"seconds\"", StringComparison.Ordinal)])];
}
