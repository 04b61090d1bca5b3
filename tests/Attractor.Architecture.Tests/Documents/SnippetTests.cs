using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Attractor.Architecture.Tests.Documents;

/// <summary>What the documents say in C# compiles against the library, and what they mark is run.</summary>
public sealed class SnippetTests
{
    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))]);

    // Those of a new project, and all that the packages have: snippets state none.
    private static readonly Lazy<string> s_usings = new(() => string.Concat(
        ((string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"])
            .Concat(Repository.Libraries.SelectMany(a => Repository.Load(a).GetExportedTypes()).Select(t => t.Namespace!))
            .Distinct().Select(n => $"global using {n};\n")));

    public static TheoryData<string> Pages => [.. Repository.Pages.Where(p => new Page(p).Snippets.Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_snippets_of_a_page_compile(string page)
    {
        using MemoryStream built = new();
        Compile(page, [.. new Page(page).Snippets], built);
    }

    [Fact]
    public void The_snippets_that_are_marked_run()
    {
        int run = 0;
        string before = Directory.GetCurrentDirectory(), folder = Directory.CreateTempSubdirectory("attractor-").FullName;
        TextWriter console = Console.Out;
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(TextWriter.Null);
            foreach (string page in Pages)
            {
                Snippet[] snippets = [.. new Page(page).Snippets.Where(s => s.Runs)];
                if (snippets.Length == 0)
                    continue;
                using MemoryStream built = new();
                Compile(
                    page,
                    [.. snippets.Select(s => s with
                    {
                        Text = s.Numbers.Aggregate(s.Text, (text, n) => text.Replace(n.Key, n.Value, StringComparison.Ordinal))
                    })],
                    built);
                built.Position = 0;
                AssemblyLoadContext context = new(page, isCollectible: true);
                MethodInfo main = context.LoadFromStream(built).EntryPoint!;
                main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
                context.Unload();
                run++;
            }
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
        Assert.True(run > 0, "no page has a snippet that is run");
    }

    [Fact]
    public void The_first_example_needs_four_usings()
        => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "examples", "lorenz.cs")).Count(
            l => l.StartsWith("using ", StringComparison.Ordinal)), 1, 4);

    // Each snippet is a function within the one before it: it sees what that has declared, and may declare the same name anew.
    private static void Compile(string page, Snippet[] snippets, Stream built)
    {
        StringBuilder program = new();
        for (int i = 0; i < snippets.Length; i++)
        {
            if (i > 0)
                program.Append("#line hidden\n").Append(Invoked(i)).Append(";\nvoid ").Append(Invoked(i)).Append("\n{\n");
            program.Append("#line ").Append(snippets[i].Line).Append(" \"").Append(page).Append("\"\n").Append(snippets[i].Text)
                .Append('\n');
        }
        program.Append('}', Math.Max(snippets.Length - 1, 0));
        CSharpParseOptions language = new(LanguageVersion.Preview);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippets",
            [CSharpSyntaxTree.ParseText(s_usings.Value, language), CSharpSyntaxTree.ParseText(program.ToString(), language)],
            s_references.Value,
            new(
                OutputKind.ConsoleApplication,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true));
        Diagnostic[] errors = [.. compilation.Emit(built).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, $"{page} does not compile:\n{string.Join('\n', errors.Select(d => d.ToString()))}");
    }

    private static string Invoked(int i) => $"Snippet{i}()";
}
