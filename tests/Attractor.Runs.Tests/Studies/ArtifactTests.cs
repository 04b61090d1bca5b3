using Microsoft.Data.Sqlite;

namespace Attractor.Runs.Tests;

/// <summary>Checkpoints and models in the store.</summary>
public sealed class ArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_in_the_store_that_are_damaged_are_told_and_their_trial_is_done_again()
    {
        StudyPlan plan = Grid() with { Artifacts = true };
        using Study study = Study.Create(_folder.File("STUDY"), plan);
        study.Run();
        byte[] model = Model(study, 2);
        Assert.Equal(6, study.Fetch().Count);
        Assert.Equal(model, Model(study, 2));

        Execute(study, "UPDATE attractor_artifact SET content = x'00' WHERE number = 2 AND name = 'model.safetensors'");
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => study.Fetch([2])).Message, StringComparison.Ordinal);
        Assert.Equal(model, Model(study, 2));
        // A name that a store has made up is written nowhere.
        Execute(study, "UPDATE attractor_artifact SET name = '../../evil' WHERE number = 3 AND name = 'command.txt'");
        study.Fetch([3]);
        Assert.Empty(Directory.GetFiles(_folder.Path, "evil", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(study.FolderOf(3), "command.txt")));

        Execute(study, "UPDATE attractor_trial SET state = 'waiting', due = 0 WHERE number = 2");
        Assert.Equal(1, study.Run());
        Assert.Equal(model, Model(study, 2));
        study.Fetch([2]);
        Assert.Equal(model, Model(study, 2));
    }

    private StudyPlan Grid() => new()
    {
        Model = "ngrc",
        Data = _folder.WriteSeries(),
        Space = StudySpace.Parse("ngrc", ["delays=2,3", "ridge=1e-8,1e-4,1"]),
        Objectives = [new("mse")],
        Sampler = "grid",
    };

    private static byte[] Model(Study study, long number) => File.ReadAllBytes(Path.Combine(study.FolderOf(number), "model.safetensors"));

    private static void Execute(Study study, string text)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(study.Path, StudyFolder.Database)};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
