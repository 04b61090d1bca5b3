using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Attractor.Cli;

namespace Attractor.Architecture.Tests.Documents;

/// <summary>The command lines of the documents are ones that the command understands.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_command_lines_of_a_page_are_understood(string page)
    {
        List<string> wrong = [];
        foreach ((int line, string text, _) in new Page(page).CommandLines)
            Check(line, text, whole: true);
        foreach ((int line, string text) in new Page(page).Mentions)
            Check(line, text, whole: false);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        void Check(int line, string text, bool whole)
        {
            string[] arguments = [.. CommandLineParser.SplitCommandLine(text)];
            ParseResult parsed = CommandLine.Create().Parse(arguments);
            if ((whole && parsed.Action is ParseErrorAction) || UsageError.Unknown(parsed) is not null)
                wrong.Add($"{page}({line}): attractor {text}: {UsageError.Describe(parsed, arguments)}");
        }
    }

    [Fact]
    public void The_commands_of_the_readme_can_be_typed_one_after_the_other()
    {
        string[] written = [.. new Page("README.md").CommandLines
            .Select(line => CommandLine.Create().Parse([.. CommandLineParser.SplitCommandLine(line.Arguments)]).CommandResult)
            .SelectMany(result => result.Children.OfType<OptionResult>())
            .Where(option => option.Option.Name == "--output")
            .Select(option => option.Tokens[0].Value)];

        Assert.True(written.Length > 10);
        Assert.Equal(written.Distinct(), written);
    }

    [Fact]
    public void There_are_command_lines_and_a_wrong_one_is_seen()
    {
        Assert.True(Repository.Pages.Sum(p => new Page(p).CommandLines.Count()) > 50);
        Assert.Equal("--latnet", UsageError.Unknown(CommandLine.Create().Parse(["train", "shplrnn", "data.npy", "--latnet", "3"])));
    }
}
