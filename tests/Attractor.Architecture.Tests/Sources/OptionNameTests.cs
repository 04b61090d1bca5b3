using System.Text.RegularExpressions;

namespace Attractor.Architecture.Tests.Sources;

/// <summary>
/// The library's messages name properties and arguments; only the command, which makes options of them, says <c>--like-this</c>.
/// </summary>
public sealed partial class OptionNameTests
{
    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_text_of_a_library_names_an_option(string assembly)
    {
        SourceFile[] files = [.. SourceFile.In(Path.Combine("src", assembly))];

        Assert.Contains(files, f => f.Literals().Any());
        Assert.Empty(files.SelectMany(f => f.Literals().Where(l => NamesAnOption(l.Text)).Select(l => $"{f.Name}({l.Line}): {l.Text}")));
    }

    [Theory]
    [InlineData("name another folder, or --overwrite it", true)]
    [InlineData("attractor data mnist fetches it, --data FOLDER names it", true)]
    [InlineData("try a lower --lr; attractor train --resume RUN goes on", true)]
    [InlineData("attractor train --resume RUN goes on with it", false)]
    [InlineData("attractor generate ? --count 1000 -o samples.csv", false)]
    [InlineData("--true", false)]
    [InlineData(" --data ?", true)]
    [InlineData("fill: var(--text)", false)]
    [InlineData("--truth", true)]
    [InlineData("a -- b", false)]
    public void An_option_is_told_from_a_whole_command_and_from_a_colour(string text, bool names)
        => Assert.Equal(names, NamesAnOption(text));

    private static readonly HashSet<string> s_colours =
        [.. Colour().Matches(File.ReadAllText(Path.Combine(Repository.Sources("Attractor.Reports"), "Page", "report.css"))).Select(
            m => m.Groups[1].Value)];

    // Whole command lines are advice to copy, the same for everybody; figures name the colours of the style sheet.
    private static bool NamesAnOption(string text) => Option().IsMatch(Allowed().Replace(text, "")) && !s_colours.Contains(text);

    [GeneratedRegex(@"(?<![\w-])--[a-z]")]
    private static partial Regex Option();

    // A command line from the program's name to the end of the sentence's part, and a style.
    [GeneratedRegex(@"attractor [a-z?]+ [^,;:]*|var\(--[a-z]+\)")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"(--[a-z]+)\s*:")]
    private static partial Regex Colour();
}
