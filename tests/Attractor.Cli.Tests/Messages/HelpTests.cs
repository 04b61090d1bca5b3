using System.CommandLine;
using System.Diagnostics;
using Attractor.Cli.Output;

namespace Attractor.Cli.Tests;

/// <summary>Help by groups, completion, and messages without the platform's names.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("train esn")]
    [InlineData("train mixture")]
    [InlineData("lyapunov")]
    [InlineData("generate")]
    public void Help_lists_every_option_once_in_its_group(string verb)
    {
        string help = Run([.. verb.Split(' '), "--help"]).Output;
        System.CommandLine.Command command = CommandLine.Create();
        foreach (string word in verb.Split(' '))
            command = command.Subcommands.Single(c => c.Name == word);

        Assert.StartsWith("Description:", help, StringComparison.Ordinal);
        Assert.All(command.Options.Concat(CommonOptions.OfAll), option =>
        {
            string entry = help.Split('\n').Single(l => l.StartsWith("  -", StringComparison.Ordinal)
                && l.Trim().Split("  ")[0].Split(' ').Any(w => w.TrimEnd(',') == option.Name));
            string heading = help[..help.IndexOf(entry, StringComparison.Ordinal)].Split('\n').Last(
                l => l.EndsWith("ptions:", StringComparison.Ordinal));
            string group = OptionGroups.Of(option) is Runs.SettingGroup.General ? "" : $"{OptionGroups.Of(option)} ";
            Assert.Equal($"{group}options:", heading, ignoreCase: true);
        });
    }

    [Fact]
    public void Help_of_a_training_has_all_groups_in_their_order()
        => Assert.Equal(
            ["Options:", "Data options:", "Model options:", "Learning options:", "Output options:", "Advanced options:"],
            Run("train", "--help").Output.Split('\n').Where(l => l.EndsWith("ptions:", StringComparison.Ordinal)));

    [Theory]
    [InlineData("attractor ly", "lyapunov")]
    [InlineData("attractor lyapunov lorenz8", "lorenz84")]
    [InlineData("attractor train --forcing ", "stf")]
    [InlineData("attractor train gr", "gru")]
    [InlineData("attractor train esn --topol", "--topology")]
    [InlineData("attractor completion z", "zsh")]
    public void A_shell_is_told_what_a_line_may_go_on_with(string line, string expected)
        => Assert.Contains(expected, Run($"[suggest:{line.Length}]", line).Output.Split('\n'));

    [Fact]
    public void Bash_completes_a_line()
    {
        if (!File.Exists("/bin/bash"))
            Assert.Skip("there is no bash");
        File.WriteAllText(_folder.File("complete.bash"), Run("completion", "bash").Output);
        ProcessStartInfo start = new("/bin/bash", ["-c", $$"""
            attractor() { dotnet "{{Command.Path}}" "$@"; }
            source complete.bash
            COMP_LINE="attractor systems --fi"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(attractor systems --fi); COMP_CWORD=2
            _attractor_complete
            echo "${COMPREPLY[@]}"
            """]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true };
        using Process bash = Process.Start(start)!;

        Assert.Equal("--field", bash.StandardOutput.ReadToEnd().Trim());
    }

    [Theory]
    [InlineData("zsh", "compdef _attractor attractor")]
    [InlineData("fish", "complete -c attractor")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName attractor")]
    public void Other_shells_have_scripts_that_ask_the_command(string shell, string words)
    {
        string script = Run("completion", shell).Output;
        Assert.Contains(words, script, StringComparison.Ordinal);
        Assert.Contains("attractor \"[suggest:", script, StringComparison.Ordinal);
        Command.Run(_folder.Path, "completion", "tcsh").IsBadInput("bash, zsh, fish, pwsh");
    }

    [Fact]
    public void No_message_names_a_type_of_the_platform()
    {
        List<string> wrong = [];
        Walk(CommandLine.Create(), []);
        Assert.Empty(wrong);

        void Walk(System.CommandLine.Command command, string[] path)
        {
            foreach (Option option in command.Options)
                foreach (string[] given in (string[][])
                    [[option.Name, "x,y"], [$"{option.Name}=maybe"], [option.Name, "1", option.Name, "2"]])
                {
                    string[] line = [.. path, .. command.Arguments.Select(_ => "word"), .. given];
                    ParseResult parsed = CommandLine.Create(line).Parse(line);
                    bool isWrong = parsed.Errors.Count > 0 || UsageError.Unknown(parsed) is not null;
                    string said = isWrong ? UsageError.Describe(parsed, line) : "";
                    if (said.Contains("System.", StringComparison.Ordinal))
                        wrong.Add($"{string.Join(' ', line)}: {said}");
                }
            foreach (System.CommandLine.Command below in command.Subcommands.Where(c => path.Length == 0))
                Walk(below, [.. path, below.Name]);
        }
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
