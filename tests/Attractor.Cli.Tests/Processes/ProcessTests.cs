using System.Text.RegularExpressions;

namespace Attractor.Cli.Tests;

/// <summary>The command as a process: what the other tests see of a verb run in their own process is what a shell sees.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProcessTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "systems --field neuroscience")]
    [InlineData(0, "lyapunov lorenz63 --steps 2000 --spectrum --json")]
    [InlineData(0, "train shplrnn data.npy --updates 20 --sequence 20 -o RUN")]
    [InlineData(0, "train shplrnn data.npy --updates 20 --sequence 20 -o RUN --json")]
    [InlineData(1, "train shplrnn data.npy --updates 60 --sequence 20 --optimizer sgd --lr 1e12 --schedule constant --clip 0 -o RUN")]
    [InlineData(2, "train shplrnn data.npy --latnet 3")]
    [InlineData(2, "evaluate nowhere data.npy")]
    [InlineData(2, "")]
    public void A_process_ends_and_writes_as_the_verb_does(int code, string line)
    {
        string[] arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Outcome process = Command.RunProcess(Fresh("process"), arguments), verb = Command.Run(Fresh("verb"), arguments);
        Assert.Equal(code, process.Code);
        Assert.Equal(WithoutTimes(verb), WithoutTimes(process));
    }

    [Fact]
    public void Help_and_messages_have_no_escape_codes_where_nobody_sees_them()
    {
        Outcome help = Command.RunProcess(_folder.Path, "train", "--help").Succeeds();
        Assert.DoesNotContain('\e', help.Output);
        Assert.Contains("Example:\n  attractor train", help.Output, StringComparison.Ordinal);
        Outcome trained = Command.RunProcess(_folder.Path, "train", "shplrnn", "data.npy", "--updates", "20", "--sequence", "20")
            .Succeeds();
        Assert.DoesNotContain('\e', trained.Output + trained.Errors);
    }

    private string Fresh(string name)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.Copy(_folder.File("data.npy"), _folder.File($"{name}/data.npy"));
        return _folder.File(name);
    }

    private static Outcome WithoutTimes(Outcome outcome)
        => outcome with { Output = Times().Replace(outcome.Output, "TIME"), Errors = Times().Replace(outcome.Errors, "TIME") };

    [GeneratedRegex("""(?<="seconds": )[^,\n]+|[0-9.,]+ s\b|[0-9,.]+/s|[0-9:]+ left""")]
    private static partial Regex Times();
}
