using System.Text.Json;
using Attractor.Tests;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Attractor.Interactive.Tests;

/// <summary>The notebooks run from their first cell to their last in the kernel that opens them, and show what they make.</summary>
public sealed class NotebookTests
{
    private const string Package = "#r \"nuget: Attractor.Interactive\"";

    private static readonly string s_folder = Path.Combine(RepositoryFolder.Root, "docs", "notebooks");

    public static TheoryData<string> Notebooks => [.. Directory.EnumerateFiles(s_folder, "*.ipynb").Select(p => Path.GetFileName(p)!)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_runs(string notebook)
    {
        using CSharpKernel kernel = new();
        List<string> shown = [];
        string[] cells = Cells(notebook);
        Assert.StartsWith(Package, cells[0], StringComparison.Ordinal);
        foreach (string cell in cells)
            shown.AddRange(await Run(kernel, cell.Replace(Package, Reference("Attractor.Interactive"), StringComparison.Ordinal)));

        Assert.Contains(shown, s => s.StartsWith("<img alt=", StringComparison.Ordinal));
        Assert.Contains(shown, s => s.StartsWith("<table>", StringComparison.Ordinal));
        // What nothing was registered for is shown as a tree of its properties.
        Assert.DoesNotContain(shown, s => s.Contains("dni-treeview", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_is_noticed()
    {
        using CSharpKernel kernel = new();

        await Assert.ThrowsAnyAsync<Exception>(() => Run(kernel, "int x = ;"));
    }

    private static string[] Cells(string notebook)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, notebook)));
        return [.. json.RootElement.GetProperty("cells").EnumerateArray()
            .Where(c => c.GetProperty("cell_type").GetString() == "code")
            .Select(c => string.Concat(c.GetProperty("source").EnumerateArray().Select(l => l.GetString())))];
    }

    // What the package brings with it, the notebook's kernel would fetch.
    private static string Reference(string assembly) => string.Concat(
        ((string[])["Attractor", "Attractor.Reports", assembly]).Select(a => $"#r \"{Path.Combine(AppContext.BaseDirectory, a)}.dll\"\n"));

    private static async Task<IEnumerable<string>> Run(Kernel kernel, string cell)
    {
        KernelCommandResult result = await kernel.SendAsync(new SubmitCode(cell));
        Assert.All(result.Events.OfType<CommandFailed>(), failed => Assert.Fail($"{cell}\n{failed.Message}"));
        return [.. result.Events.OfType<DisplayEvent>().SelectMany(e => e.FormattedValues)
            .Where(v => v.MimeType == HtmlFormatter.MimeType).Select(v => v.Value)];
    }
}
