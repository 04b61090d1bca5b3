using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor completion</c>: what a shell runs once to complete the command's lines.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # eval "$(attractor completion bash)" in ~/.bashrc
        _attractor_complete() {
          local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
          COMPREPLY=($(compgen -W "$(attractor "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -o bashdefault -F _attractor_complete attractor
        """;

    private const string Zsh = """
        #compdef attractor
        # eval "$(attractor completion zsh)" in ~/.zshrc
        _attractor() {
          local -a found
          found=("${(@f)$(attractor "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          found=("${(@)found:#}")
          compadd -a found
          _files
        }
        (( $+functions[compdef] )) && compdef _attractor attractor
        """;

    private const string Fish = """
        # attractor completion fish > ~/.config/fish/completions/attractor.fish
        function __attractor_complete
            set -l line (commandline -cp)
            attractor "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c attractor -a '(__attractor_complete)'
        """;

    private const string PowerShell = """
        # Add-Content $PROFILE (attractor completion pwsh)
        Register-ArgumentCompleter -Native -CommandName attractor -ScriptBlock {
            param($word, $line, $position)
            attractor "[suggest:$position]" "$line" 2>$null |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    public static Command Create()
    {
        Argument<string> shell = new("shell") { HelpName = "shell", Description = string.Join(", ", s_scripts.Keys) };
        shell.CompletionSources.Add([.. s_scripts.Keys]);
        Command command = new("completion", "Print what lets a shell complete verbs, options, their words and known systems.") { shell };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            Console.WriteLine(s_scripts.TryGetValue(name, out string? script)
                ? script
                : throw new ArgumentException($"there is completion for {string.Join(", ", s_scripts.Keys)}, not for '{name}'"));
            return 0;
        });
        return command;
    }
}
