using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>
/// Every step in which a study changes the disk fails once, in turn: what is there afterwards goes on to the study that it would have been.
/// </summary>
public sealed class FailingDiskStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FailingDiskStudyTests() => _folder.WriteData(rows: 300);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full")]
    [InlineData("forbidden")]
    public void A_study_that_could_not_be_made_can_be_made(string fault)
    {
        int failing = 1;
        for (; ; failing++)
        {
            (Outcome outcome, bool failed) = RunWithFault(Create("STUDY"), failing, fault);
            if (!failed)
            {
                outcome.Succeeds();
                break;
            }
            IsExplained(outcome, fault);
            Assert.False(Directory.Exists(_folder.File("STUDY")), outcome.Errors);
        }
        Assert.InRange(failing, 4, 100);
        Command.Run(_folder.Path, "study", "run", "STUDY", "-q").Succeeds();
    }

    [Fact]
    public void A_study_goes_on_to_the_same_values()
    {
        const string Fault = "full";
        Command.Run(_folder.Path, Create("WHOLE")).Succeeds();
        Command.Run(_folder.Path, "study", "run", "WHOLE", "-q").Succeeds();
        string expected = Values("WHOLE");
        int failing = 1;
        for (; ; failing++)
        {
            if (Directory.Exists(_folder.File("STUDY")))
                Directory.Delete(_folder.File("STUDY"), recursive: true);
            Command.Run(_folder.Path, Create("STUDY")).Succeeds();
            (Outcome outcome, bool failed) = RunWithFault(["study", "run", "STUDY", "-q"], failing, Fault);
            if (!failed)
                break;
            if (outcome.Code != 0)
                IsExplained(outcome, Fault);
            Command.Run(_folder.Path, "study", "run", "STUDY", "-q").Succeeds();
            Assert.Equal(expected, Values("STUDY"));
            Assert.Empty(Directory.GetFiles(_folder.File("STUDY"), "*.tmp", SearchOption.AllDirectories));
        }
        Assert.InRange(failing, 8, 200);
    }

    private static string[] Create(string study)
        => ["study", "create", study, "ngrc", "data.npy", "--vary", "ridge=1e-4", "--sampler", "grid", "-q"];

    private string Values(string study)
    {
        Command.Run(_folder.Path, "study", "export", study, "-o", "values.csv", "-q").Succeeds();
        string[] lines = File.ReadAllLines(_folder.File("values.csv"));
        int[] kept = [.. lines[0].Split(',')
            .Select((name, column) => (name, column))
            .Where(c => !c.name.Contains("second", StringComparison.Ordinal) && !c.name.Contains("attempt", StringComparison.Ordinal))
            .Select(c => c.column)];
        return string.Join('\n', lines.Select(line => string.Join(',', kept.Select(column => line.Split(',')[column]))));
    }

    private (Outcome Outcome, bool Failed) RunWithFault(string[] words, int failing, string fault)
    {
        int steps = 0;
        bool failed = false;
        FileSteps.Before = (_, path) =>
        {
            if (Interlocked.Increment(ref steps) != failing)
                return;
            failed = true;
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
        Assert.InRange(outcome.Code, 1, 2);
        Assert.DoesNotContain("fault of the program", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains(fault == "full" ? "o space left" : "is denied", outcome.Errors, StringComparison.Ordinal);
    }
}
