using System.Text;
using Attractor.Learning;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Run => Path.Combine(_folder, "RUN");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_is_open_is_refused_to_others()
    {
        using RunFolder first = RunFolder.Open(Run);
        Assert.Contains("in use", Assert.Throws<RunInUseException>(() => RunFolder.Open(Run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_cuts_the_training_curve_to_the_checkpoint_and_drops_a_torn_line()
    {
        using RunFolder folder = RunFolder.Open(Run);
        folder.Begin([], "");
        folder.Save(State(200), (LossPoint[])[new(100, 2, 1e-3, 1), new(200, 1, 1e-3, 2)]);
        File.AppendAllText(
            Path.Combine(Run, "metrics.jsonl"),
            """{"update":300,"loss":0.5,"learning_rate":0.001,"seconds":3}""" + "\n" + """{"update":400,"lo""");
        Assert.Equal(200, folder.Resume()!.Update);
        Assert.Equal([100, 200], RunFolder.ReadLosses(Run).Select(p => p.Update));
    }

    [Fact]
    public void Leftovers_of_a_killed_process_are_removed()
    {
        RunFolder.Open(Run).Dispose();
        File.WriteAllText(Path.Combine(Run, ".abc.tmp"), "");
        File.WriteAllText(Path.Combine(Run, "checkpoint", ".def.tmp"), "");
        RunFolder.Open(Run).Dispose();
        Assert.Empty(Directory.GetFiles(Run, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_run_without_a_checkpoint_starts_at_the_beginning()
    {
        using RunFolder folder = RunFolder.Open(Run);
        folder.Begin([], "");
        Assert.Null(folder.Resume());
    }

    [Theory]
    [InlineData("""{"format":2}""", "version")]
    [InlineData("{}", "version")]
    [InlineData("[1]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"format":1,"\ud800":2}""", "Unicode")]
    [InlineData("""{"format":1,"data":"\udc00"}""", "Unicode")]
    public void A_config_of_another_kind_is_refused(string config, string words)
    {
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Run, "config.json"), config);
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => RunFolder.Open(Run)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => RunFolder.ReadConfig(Run));
    }

    [Fact]
    public void Random_configs_metrics_and_checkpoints_are_read_or_refused()
    {
        Directory.CreateDirectory(Path.Combine(Run, "checkpoint"));
        Prop.ForAll<byte[]>(bytes =>
        {
            File.WriteAllBytes(
                Path.Combine(Run, "config.json"), bytes.Length % 2 == 0 ? bytes : Encoding.UTF8.GetBytes("""{"format":1}"""));
            File.WriteAllBytes(Path.Combine(Run, "metrics.jsonl"), bytes);
            File.WriteAllBytes(Path.Combine(Run, "checkpoint", "state.safetensors"), bytes);
            try
            {
                using RunFolder folder = RunFolder.Open(Run);
                _ = RunFolder.ReadLosses(Run);
                folder.Resume();
                return true;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static TrainingState State(long update) => new() { Update = update, Parameters = [1], Moments = [] };
}
