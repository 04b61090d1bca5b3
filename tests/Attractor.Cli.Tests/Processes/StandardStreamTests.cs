using System.Diagnostics;
using System.Text.Json;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

/// <summary>What the standard streams cost a process, and what reaches a terminal through them.</summary>
public sealed class StandardStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StandardStreamTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2>&-", 0)]
    [InlineData("1>&-", 0)]
    [InlineData("1>&- 2>&-", 0)]
    [InlineData("0<&- 1>&- 2>&-", 0)]
    [InlineData("2>/dev/full", 0)]
    [InlineData(">/dev/full", 1)]
    public void A_stream_that_takes_nothing_costs_no_training(string streams, int code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the streams are closed by a shell");
        string[] settings = ["train", "vae", "data.npy", "--epochs", "3", "--seed", "4", "-o"];
        Command.Run(_folder.Path, [.. settings, "WHOLE", "-q"]).Succeeds();
        using Process process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", $"exec dotnet '{Command.Path}' {string.Join(' ', settings)} RUN {streams}"])
        {
            WorkingDirectory = _folder.Path
        })!;
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.Equal(code, process.ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
        Assert.Equal(3, Storage.RunFolder.ReadEpochs(_folder.File("RUN")).Count);
    }

    [Fact]
    public void An_answer_that_finds_no_space_is_no_success()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the full device is Linux's");
        ProcessStartInfo start = new("sh", ["-c", $"dotnet '{Command.Path}' systems --json > /dev/full"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.Contains("no space left for the standard output", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_nothing_loudly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the pipe is made by a shell");
        ProcessStartInfo start = new("sh", ["-c", $"dotnet '{Command.Path}' systems | true"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.Equal("", process.StandardError.ReadToEnd());
    }

    [Fact]
    public void What_a_terminal_would_obey_is_spelt_out()
    {
        Assert.Equal("a\\u001b[2Jb\\u009b1m\\u202e\tc\nd é", TerminalWriter.Clean("a\u001b[2Jb\u009b1m\u202e\tc\nd é"));
        Assert.Equal("a b\tc", TerminalWriter.Clean("a b\tc"));
        Assert.Equal("x\u009by", JsonDocument.Parse(TerminalWriter.Clean("\"x\u009by\"")).RootElement.GetString());
    }

    [Theory]
    [InlineData("look")]
    [InlineData("simulate")]
    [InlineData("evaluate")]
    [InlineData("train")]
    public void No_control_character_of_a_file_reaches_the_terminal(string verb)
    {
        const string Evil = "e\u001b]0;owned\u0007\u001b[31m";
        File.WriteAllText(
            _folder.File("evil.csv"), $"\"{Evil}\",b\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{i * i}\n")));
        File.WriteAllText(_folder.File("evil.ode"), $"flow {Evil}\nd{Evil}/dt = {Evil}\n");
        Storage.SafeTensors.Write(
            _folder.File("evil.safetensors"), [new(Evil, [1], [1])], new Dictionary<string, string> { ["model"] = Evil });
        string[] line = verb switch
        {
            "look" => ["look", "evil.csv"],
            "simulate" => ["simulate", "evil.ode"],
            "evaluate" => ["evaluate", "evil.safetensors", "data.npy"],
            _ => ["train", "ngrc", Evil],
        };
        Outcome outcome = Command.RunProcess(_folder.Path, line);
        Assert.Contains("owned", outcome.Errors + outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(outcome.Errors + outcome.Output, c => char.IsControl(c) && c is not ('\n' or '\t'));
    }

    [Theory]
    [InlineData("plain-1_2.npy", "plain-1_2.npy")]
    [InlineData("a/b,c:d=e@f%g+h", "a/b,c:d=e@f%g+h")]
    [InlineData("x`reboot`.npy", "'x`reboot`.npy'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("~", "'~'")]
    [InlineData("a{1,2}", "'a{1,2}'")]
    [InlineData("a!b", "'a!b'")]
    [InlineData("a[1]#x", "'a[1]#x'")]
    [InlineData("-rf", "./-rf")]
    [InlineData("@answers", "./@answers")]
    [InlineData("", "''")]
    [InlineData("a\nb'c", "$'a\\u000ab\\'c'")]
    public void A_word_is_quoted_for_a_shell_unless_it_is_plain(string word, string expected)
        => Assert.Equal(expected, RunCommands.Quote(word));

    [Fact]
    public void A_shell_reads_the_commands_of_a_run_as_they_are_meant()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the shell is one of Unix");
        const string Name = "x`touch owned`$(touch owned) ' & {a,b} ~ !.npy";
        File.Move(_folder.File("data.npy"), _folder.File(Name));
        Outcome trained = Command.Run(_folder.Path, "train", "ngrc", Name, "-o", "RUN `touch owned`").Succeeds();
        string commands = File.ReadAllText(_folder.File("RUN `touch owned`/command.txt"))
            + trained.Output.Split("next: ")[1].Split('\n')[0] + "\n";
        File.WriteAllText(_folder.File("shown.sh"), "attractor() { for word in \"$@\"; do printf '%s\\n' \"$word\"; done; }\n" + commands);
        using Process process = Process.Start(
            new ProcessStartInfo("bash", ["shown.sh"]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true })!;
        string[] words = process.StandardOutput.ReadToEnd().Split('\n');
        Assert.False(File.Exists(_folder.File("owned")));
        Assert.Contains(Name, words);
        Assert.Contains("RUN `touch owned`", words);
    }
}
