using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Attractor.Architecture.Tests.Documents;

/// <summary>Whoever types a tutorial from its first line to its last sees what it says.</summary>
[Collection(SnippetProgram.OneFolder)]
public sealed partial class TutorialTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Tutorials => [.. Repository.Tutorials];

    [Theory]
    [MemberData(nameof(Tutorials))]
    public void A_tutorial_runs(string page)
    {
        string folder = Directory.CreateTempSubdirectory("attractor-").FullName;
        try
        {
            SnippetProgram.Run(page, folder);
            TypedLine[] typed = [.. new Page(page).CommandLines];
            Assert.True(typed.Length > 3, $"{page} has nothing to type");
            foreach (TypedLine line in typed)
            {
                (int code, string[] printed) = Type(folder, line.Arguments);
                string asked = $"{page}({line.Line}): attractor {line.Arguments}";
                Assert.True(code == 0, $"{asked} ends with {code}:\n{string.Join('\n', printed)}");
                string? missing = FirstMissing(line.Printed, printed);
                Assert.True(missing is null, $"{asked} does not print\n{missing}\nbut\n{string.Join('\n', printed)}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Tutorials))]
    public void The_pictures_of_a_tutorial_are_there_and_small(string page)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page));
        string[] pictures = [.. PictureLink().Matches(text).Select(m => m.Groups[1].Value)];

        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.InRange(
            new FileInfo(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, picture)).Length, 500, 60_000));
    }

    [Fact]
    public void What_is_not_printed_is_missed()
    {
        string[] printed = ["one", "two", "three", "four"];

        Assert.Null(FirstMissing(["one", "two"], printed));
        Assert.Null(FirstMissing(["...", "two", "...", "four"], printed));
        Assert.Equal("two", FirstMissing(["two"], printed));
        Assert.Equal("three", FirstMissing(["one", "three"], printed));
        Assert.Equal("one", FirstMissing(["...", "two", "...", "one"], printed));
    }

    // In their order, and next to each other but for the gaps.
    private static string? FirstMissing(IReadOnlyList<string> said, string[] printed)
    {
        int at = 0;
        bool gap = false;
        foreach (string line in said)
        {
            if (line == "...")
            {
                gap = true;
                continue;
            }
            int found = Array.FindIndex(printed, at, p => p.TrimEnd() == line.TrimEnd());
            if (found < 0 || (found > at && !gap))
                return line;
            (at, gap) = (found + 1, false);
        }
        return null;
    }

    private static (int Code, string[] Printed) Type(string folder, string arguments)
    {
        ProcessStartInfo start = new("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Attractor.Cli.dll"), .. CommandLineParser.SplitCommandLine(arguments),
        ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(s_patience), $"attractor {arguments} hangs");
        return (process.ExitCode, (output.Result + errors.Result).Split('\n'));
    }

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex PictureLink();
}
