using System.Diagnostics;

namespace Attractor.Cli.Tests;

/// <summary>One training of four processes that the <c>mpirun</c> of this machine starts.</summary>
public sealed class DistributedTests : IDisposable
{
    private const string Mixture = "train mixture table.csv --position lon,lat --count shocks --components 3 --restarts 1 --sweeps 8 -q";

    private static readonly string? s_mpirun = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mpirun")).FirstOrDefault(File.Exists);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Mixture, 1)]
    [InlineData("train esn data.npy --units 30 --washout 20 -q", 0)]
    public void Four_ranks_write_the_bits_of_one_process(string command, int code)
    {
        RequireMpi();
        Write();
        Assert.Equal(code, Run(command + " -o one").Code);
        Outcome four = Mpirun(4, command + " -o four --distributed --json");
        Assert.True(four.Code == code, four.Errors);
        Assert.Equal("four", four.Json.GetProperty("run").GetString());
        Assert.Equal(File.ReadAllBytes(_folder.File("one/model.safetensors")), File.ReadAllBytes(_folder.File("four/model.safetensors")));
        // What somebody resumes or repeats knows nothing of ranks.
        Assert.Equal(File.ReadAllText(_folder.File("one/config.json")), File.ReadAllText(_folder.File("four/config.json")));
    }

    [Fact]
    public void Ranks_that_were_killed_go_on_as_others_do_to_the_same_bits()
    {
        RequireMpi();
        Write();
        string command = "train vae table.csv --columns lon,lat,shocks --layers 16 --latent 2 --batch 256 -q --epochs";
        Run($"{command} 6 -o one").Succeeds();
        Run($"{command} 2 -o four").Succeeds();
        // As a kill leaves it: a checkpoint of two epochs of the six that the config asks for, and no model.
        File.Delete(_folder.File("four/model.safetensors"));
        string config = _folder.File("four/config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"epochs\": 2", "\"epochs\": 6", StringComparison.Ordinal));
        Outcome four = Mpirun(4, "train --resume four --distributed -q");
        Assert.True(four.Code == 0, four.Errors);
        Assert.Equal(File.ReadAllBytes(_folder.File("one/model.safetensors")), File.ReadAllBytes(_folder.File("four/model.safetensors")));
    }

    [Fact]
    public void What_is_wrong_is_said_once()
    {
        RequireMpi();
        Write();
        Outcome missing = Mpirun(3, Mixture.Replace("table.csv", "nothing.csv", StringComparison.Ordinal) + " --distributed -o four");
        Assert.Equal(2, missing.Code);
        Assert.Single(missing.Errors.Split('\n'), line => line.Contains("attractor: ", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.File("four")));
    }

    [Fact]
    public void What_cannot_be_shared_is_refused_and_where_there_is_no_mpi_it_says_so()
    {
        Write();
        Command.RunProcessIn(
            _folder.Path, new() { ["ATTRACTOR_MPI"] = "no-such-library.so" }, [.. Mixture.Split(' '), "--distributed"])
            .IsBadInput("ATTRACTOR_MPI", "no-such-library.so");
        Run(Mixture + " --distributed --seeds 1..2").IsBadInput("--distributed", "--seeds");
        Run("train auto data.npy --distributed").IsBadInput("--distributed");
        if (s_mpirun is not null)
            Command.RunProcess(_folder.Path, "train", "shplrnn", "data.npy", "--distributed", "-o", "four")
                .IsBadInput("shplrnn", "one process");
        Assert.False(Directory.Exists(_folder.File("four")));
    }

    private static void RequireMpi() => Assert.SkipWhen(s_mpirun is null, "no MPI is installed (apt-get install openmpi-bin)");

    private void Write()
    {
        MixtureTables.Write(_folder.File("table.csv"), rows: 900);
        _folder.WriteData(rows: 900);
    }

    private Outcome Run(string command) => Command.Run(_folder.Path, command.Split(' '));

    private Outcome Mpirun(int ranks, string command)
    {
        ProcessStartInfo start = new(s_mpirun!)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        // Open MPI's own words; those of MPICH are fewer, and it needs none.
        string[] open = Launcher().Contains("Open MPI", StringComparison.Ordinal) ? ["--allow-run-as-root", "--oversubscribe"] : [];
        foreach (string word in (string[])[.. open, "-n", $"{ranks}", "dotnet", Command.Path, .. command.Split(' ')])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("mpirun hangs");
        }
        return new(process.ExitCode, output.Result, errors.Result);
    }

    private static string Launcher()
    {
        using Process version = Process.Start(new ProcessStartInfo(s_mpirun!, "--version") { RedirectStandardOutput = true })!;
        return version.StandardOutput.ReadToEnd();
    }
}
