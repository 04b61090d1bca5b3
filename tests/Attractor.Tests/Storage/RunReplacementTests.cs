using Attractor.Learning;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>A run that takes the place of another: one of the two is whole at every instant.</summary>
public sealed class RunReplacementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Run => Path.Combine(_folder, "RUN");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_run_that_was_there_stays_until_the_first_checkpoint()
    {
        Old();
        using RunFolder folder = RunFolder.Open(Run);
        folder.Begin(new() { ["run"] = "new" }, "new");
        Assert.True(folder.IsReplacing);
        Assert.Equal("old", RunFolder.ReadConfig(Run).GetProperty("run").GetString());
        Assert.Equal("old", File.ReadAllText(Path.Combine(Run, "model.safetensors")));
        folder.Save(State(7), (LossPoint[])[new(7, 1, 1e-3, 1)]);
        Assert.False(folder.IsReplacing);
        IsNew();
        Assert.Equal(7, folder.Resume()!.Update);
        Assert.Equal([7], RunFolder.ReadLosses(Run).Select(p => p.Update));
    }

    [Fact]
    public void A_run_that_comes_to_nothing_leaves_the_other_whole()
    {
        Old();
        using (RunFolder folder = RunFolder.Open(Run))
        {
            folder.Begin(new() { ["run"] = "new" }, "new");
            folder.Abandon();
            IsOld();
            folder.Begin(new() { ["run"] = "new" }, "new");
        }
        IsOld();
    }

    [Fact]
    public void What_a_killed_process_had_not_decided_is_dropped()
    {
        Old();
        Directory.CreateDirectory(Path.Combine(Run, ".new", "checkpoint"));
        File.WriteAllText(Path.Combine(Run, ".new", "config.json"), """{"format":1,"run":"new"}""");
        RunFolder.Open(Run).Dispose();
        IsOld();
    }

    [Theory]
    [InlineData(".decided", true)]
    [InlineData(".moving", false)]
    public void What_a_killed_process_had_decided_is_completed(string stage, bool isOldStillThere)
    {
        Old();
        string stagePath = Path.Combine(Run, stage);
        Directory.CreateDirectory(Path.Combine(stagePath, "checkpoint"));
        File.WriteAllText(Path.Combine(stagePath, "config.json"), """{"format":1,"run":"new"}""");
        File.WriteAllText(Path.Combine(stagePath, "command.txt"), "new");
        Checkpoint.Save(Path.Combine(stagePath, "checkpoint", "state.safetensors"), State(3));
        if (!isOldStillThere)
            File.Delete(Path.Combine(Run, "model.safetensors"));
        Assert.Equal("new", RunFolder.ReadConfig(Run).GetProperty("run").GetString());
        using RunFolder folder = RunFolder.Open(Run);
        IsNew();
        Assert.Equal(3, folder.Resume()!.Update);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData(".lock")]
    [InlineData("config.json")]
    [InlineData("metrics.jsonl")]
    [InlineData("race")]
    [InlineData(".new")]
    public void A_part_that_lies_elsewhere_is_refused_and_left_alone(string part)
    {
        Old();
        string elsewhere = Path.Combine(_folder, "elsewhere"), link = Path.Combine(Run, part);
        bool isFolder = part is "checkpoint" or "race" or ".new";
        if (File.Exists(link))
            File.Delete(link);
        if (isFolder)
        {
            Directory.CreateDirectory(elsewhere);
            File.WriteAllText(Path.Combine(elsewhere, ".x.tmp"), "mine");
            Directory.CreateSymbolicLink(link, elsewhere);
        }
        else
        {
            File.WriteAllText(elsewhere, """{"format":1,"mine":true}""");
            File.CreateSymbolicLink(link, elsewhere);
        }
        string message = Assert.Throws<IOException>(() => RunFolder.Open(Run)).Message;
        Assert.Contains($"{link} is a link to {elsewhere}", message, StringComparison.Ordinal);
        Assert.Contains("mine", File.ReadAllText(isFolder ? Path.Combine(elsewhere, ".x.tmp") : elsewhere), StringComparison.Ordinal);
    }

    private void Old()
    {
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Run, "config.json"), """{"format":1,"run":"old"}""");
        File.WriteAllText(Path.Combine(Run, "command.txt"), "old");
        File.WriteAllText(Path.Combine(Run, "metrics.jsonl"), """{"update":300,"loss":0.5,"learning_rate":0.001,"seconds":3}""" + "\n");
        File.WriteAllText(Path.Combine(Run, "model.safetensors"), "old");
    }

    private void IsOld()
    {
        Assert.Equal("old", RunFolder.ReadConfig(Run).GetProperty("run").GetString());
        Assert.Equal("old", File.ReadAllText(Path.Combine(Run, "command.txt")));
        Assert.Equal("old", File.ReadAllText(Path.Combine(Run, "model.safetensors")));
        Assert.Equal([300], RunFolder.ReadLosses(Run).Select(p => p.Update));
        Assert.False(Directory.Exists(Path.Combine(Run, ".new")));
    }

    private void IsNew()
    {
        Assert.Equal("new", RunFolder.ReadConfig(Run).GetProperty("run").GetString());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Run, "command.txt")));
        Assert.False(File.Exists(Path.Combine(Run, "model.safetensors")));
        Assert.DoesNotContain(Directory.GetDirectories(Run).Select(Path.GetFileName), n => n != "checkpoint");
    }

    private static TrainingState State(long update) => new() { Update = update, Parameters = [1], Moments = [] };
}
