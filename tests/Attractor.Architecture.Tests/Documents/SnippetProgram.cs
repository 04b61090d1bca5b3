using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Attractor.Architecture.Tests.Documents;

/// <summary>The snippets of a page as one program.</summary>
internal static class SnippetProgram
{
    /// <summary>The collection of the tests that run some: a process has one current folder and one console.</summary>
    public const string OneFolder = "Current folder";

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))]);

    // Those of a new project, and all that the packages have: snippets state none.
    private static readonly Lazy<string> s_usings = new(() => string.Concat(
        ((string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"])
            .Concat(Repository.Libraries.SelectMany(a => Repository.Load(a).GetExportedTypes()).Select(t => t.Namespace!))
            .Distinct().Select(n => $"global using {n};\n")));

    /// <summary>Runs the snippets that are marked.</summary>
    /// <returns>Whether there are any.</returns>
    public static bool Run(string page, string folder)
    {
        Snippet[] snippets = [.. new Page(page).Snippets.Where(s => s.Runs)];
        if (snippets.Length == 0)
            return false;
        using MemoryStream built = new();
        Compile(
            page,
            [.. snippets.Select(s => s with
            {
                Text = s.Numbers.Aggregate(s.Text, (text, n) => text.Replace(n.Key, n.Value, StringComparison.Ordinal))
            })],
            built);
        built.Position = 0;
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out;
        AssemblyLoadContext context = new(page, isCollectible: true);
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(TextWriter.Null);
            MethodInfo main = context.LoadFromStream(built).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            context.Unload();
        }
        return true;
    }

    /// <summary>Compiles snippets: each sees what those before it have declared, and may declare the same name anew.</summary>
    // For it is a function within the one before it.
    public static void Compile(string page, Snippet[] snippets, Stream built)
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
