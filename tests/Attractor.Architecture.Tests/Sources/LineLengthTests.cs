namespace Attractor.Architecture.Tests.Sources;

/// <summary>Lines of code end where the house says: what is longer hides its end from whoever reads two files beside each other.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140;

    public static TheoryData<string> Folders => ["src", "tests", "examples", "benchmarks"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_line_of_code_has_at_most_140_columns(string folder)
    {
        SourceFile[] files = [.. SourceFile.In(folder)];

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => f.Lines.Select((line, i) => (Line: i + 1, line.Length))
            .Where(l => l.Length > Longest)
            .Select(l => $"{f.Name}({l.Line}): {l.Length} columns")));
    }
}
