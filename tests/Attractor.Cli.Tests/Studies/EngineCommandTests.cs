namespace Attractor.Cli.Tests;

/// <summary>What schedulers are given, and that Slurm does with it what it should.</summary>
public sealed class EngineCommandTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    private const string Settings =
        "--vary hidden=8,9 --set updates=60000 --set sequence=20 --set batch=4 --set select_every=0 --set checkpoint_every=1000 "
        + "--objective loss --sampler grid -q";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_array_job_that_is_put_back_into_the_queue_ends_in_the_bits_of_one_that_was_not()
    {
        Assert.SkipWhen(cluster.WhyNot is not null, cluster.WhyNot ?? "");
        _folder.WriteData();
        foreach (string study in (string[])["STUDY", "WHOLE"])
            Run($"study create {study} shplrnn data.npy {Settings}").Succeeds();

        string job = Command.RunProcessIn(
            _folder.Path, cluster.Variables, "study", "slurm", "STUDY", "--node", SlurmCluster.Node, "--tasks", "2", "--program",
            $"dotnet {Command.Path}", "--submit", "--json").Succeeds().Json.GetProperty("job").GetString()!;
        string checkpoint = _folder.File("STUDY/trials/000000/checkpoint/state.safetensors");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(checkpoint), TimeSpan.FromSeconds(60)), Logs());
        Assert.Equal(0, cluster.Run("scontrol", "requeue", $"{job}_0").Code);
        Run("study run WHOLE -q").Succeeds();

        // Slurm keeps what was put back for two minutes: the other task takes the trial that was handed back.
        Assert.True(SpinWait.SpinUntil(
            () => Run("study status STUDY --json").Json.GetProperty("completed").GetInt32() == 2, TimeSpan.FromSeconds(200)), Logs());
        Assert.Contains(
            Run("study export STUDY --json").Json.GetProperty("trials").EnumerateArray(), t => t.GetProperty("attempt").GetInt32() > 1);
        for (int n = 0; n < 2; n++)
            Assert.Equal(
                File.ReadAllBytes(_folder.File($"WHOLE/trials/{n:D6}/model.safetensors")),
                File.ReadAllBytes(_folder.File($"STUDY/trials/{n:D6}/model.safetensors")));
    }

    [Fact]
    public void A_batch_script_names_what_was_asked_for()
    {
        _folder.WriteData();
        Run($"study create STUDY shplrnn data.npy {Settings}").Succeeds();
        string script = Run(
            "study slurm STUDY --node box --tasks 5 --at-once 2 --cores 3 --time 1:00:00 --memory 4G --notice 90 --json").Succeeds().Json
            .GetProperty("script").GetString()!;
        foreach (string line in (string[])
            [
                "#!/bin/sh", "#SBATCH --array=0-4%2", "#SBATCH --cpus-per-task=3", "#SBATCH --time=1:00:00", "#SBATCH --mem=4G",
                "#SBATCH --nodelist=box", "#SBATCH --signal=B:TERM@90", "#SBATCH --requeue", "trap told TERM"
            ])
            Assert.Contains(line, script.Split('\n'));
        Run("study slurm STUDY -o job.sh --node box").Succeeds();
        Assert.StartsWith("#!/bin/sh\n", File.ReadAllText(_folder.File("job.sh")), StringComparison.Ordinal);

        Run("study slurm STUDY").IsBadInput("one machine", "--store postgres://");
        Run("study kubernetes STUDY").IsBadInput("one machine", "--store postgres://");
        Run("study slurm STUDY --node box;reboot").IsBadInput("--node", "box;reboot");
        Run("study slurm STUDY --node box --tasks 0").IsBadInput("--tasks", "positive");
    }

    private string Logs() => string.Concat(Directory.GetFiles(_folder.File("STUDY"), "slurm-*.log").Select(File.ReadAllText));

    private Outcome Run(string line) => Command.Run(_folder.Path, line.Split(' '));
}
