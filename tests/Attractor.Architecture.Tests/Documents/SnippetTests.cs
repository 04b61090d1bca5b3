namespace Attractor.Architecture.Tests.Documents;

/// <summary>What the documents say in C# compiles against the library, and what they mark is run.</summary>
[Collection(SnippetProgram.OneFolder)]
public sealed class SnippetTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages.Where(p => new Page(p).Snippets.Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_snippets_of_a_page_compile(string page)
    {
        using MemoryStream built = new();
        SnippetProgram.Compile(page, [.. new Page(page).Snippets], built);
    }

    [Fact]
    public void The_snippets_that_are_marked_run()
    {
        int run = 0;
        string folder = Directory.CreateTempSubdirectory("attractor-").FullName;
        try
        {
            // Those of tutorials are run with their commands.
            foreach (string page in Pages.Select(p => p.Data).Except(Repository.Tutorials))
                run += SnippetProgram.Run(page, folder) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.True(run > 0, "no page has a snippet that is run");
    }

    [Fact]
    public void The_first_example_needs_four_usings()
        => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "examples", "lorenz.cs")).Count(
            l => l.StartsWith("using ", StringComparison.Ordinal)), 1, 4);
}
