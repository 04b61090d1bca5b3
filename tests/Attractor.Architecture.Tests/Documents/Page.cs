using System.Text.RegularExpressions;

namespace Attractor.Architecture.Tests.Documents;

/// <summary>A page of Markdown: its snippets, and its command lines.</summary>
internal sealed partial class Page(string name)
{
    private const string Prompt = "$ ";

    private readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, name));

    /// <summary>
    /// The C# blocks in their order, and before them what comments that readers do not see declare: <c>&lt;!-- given</c>, lines of C#,
    /// <c>--&gt;</c>. A block that a comment <c>&lt;!-- run 50_000 as 20 --&gt;</c> precedes is also run, with these numbers.
    /// </summary>
    public IEnumerable<Snippet> Snippets
    {
        get
        {
            string marker = "";
            for (int i = 0; i < _lines.Length; i++)
            {
                if (_lines[i].StartsWith("<!-- run", StringComparison.Ordinal))
                {
                    marker = _lines[i];
                }
                else if (_lines[i] is "```csharp" or "<!-- given")
                {
                    bool given = _lines[i] != "```csharp";
                    int start = i + 1;
                    while (_lines[++i] != (given ? "-->" : "```"))
                    {
                    }
                    yield return new(
                        start + 1,
                        string.Join('\n', _lines[start..i]),
                        marker.Length > 0,
                        Replacements().Matches(marker).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value));
                    if (!given)
                        marker = "";
                }
            }
        }
    }

    /// <summary>
    /// The lines to type for the command, in fenced and in indented blocks, without what the shell does with them and what is said of them;
    /// and, of lines behind a prompt, what they print.
    /// </summary>
    public IEnumerable<TypedLine> CommandLines
    {
        get
        {
            bool block = false, foreign = false;
            for (int i = 0; i < _lines.Length; i++)
            {
                if (_lines[i].StartsWith("```", StringComparison.Ordinal))
                {
                    block = !block;
                    foreign = block && _lines[i] is not ("```" or "```sh" or "```bash" or "```console" or "```shell");
                    continue;
                }
                int line = i + 1;
                if ((block ? !foreign : _lines[i].StartsWith("    ", StringComparison.Ordinal))
                    && Typed().Match(_lines[i]) is { Success: true } typed)
                {
                    string whole = typed.Groups[1].Value;
                    while (whole.EndsWith('\\'))
                        whole = whole[..^1] + _lines[++i].Trim();
                    List<string> printed = [];
                    if (_lines[line - 1].StartsWith(Prompt, StringComparison.Ordinal))
                        while (_lines[i + 1] is var next && next != "```" && !next.StartsWith(Prompt, StringComparison.Ordinal))
                            printed.Add(_lines[++i]);
                    yield return new(line, WithoutShell(whole), printed);
                }
            }
        }
    }

    /// <summary>What the text says of the command in passing: verbs and options, not always all that they need.</summary>
    public IEnumerable<(int Line, string Arguments)> Mentions
        => _lines.SelectMany((text, i) => Mention().Matches(text).Select(m => (i + 1, WithoutShell(m.Groups[1].Value))));

    // Comments, pipes, redirections, lists of commands; and words at a distance.
    private static string WithoutShell(string line) => Shell().Split(line)[0].Trim();

    [GeneratedRegex(@"(\S+) as (\S+?)(?=,|\s|$)")]
    private static partial Regex Replacements();

    [GeneratedRegex(@"^\s*(?:\$ )?(?:attractor|dotnet run --project src/Attractor\.Cli -c Release --)(?:\s+(.*))?$")]
    private static partial Regex Typed();

    [GeneratedRegex(@"`attractor ([^`]+)`")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\s(?:#|\||>|2>|&&|;)(?:\s|$)|\s{3,}")]
    private static partial Regex Shell();
}
