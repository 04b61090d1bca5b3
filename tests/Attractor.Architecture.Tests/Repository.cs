using System.Reflection;
using Attractor.Tests;

namespace Attractor.Architecture.Tests;

/// <summary>The repository's folders, and what is built of them.</summary>
internal static class Repository
{
    /// <summary>The assemblies of src, in the order in which they may refer to each other. One more is one more name.</summary>
    public static string[] Assemblies { get; } =
    [
        "Attractor",
        "Attractor.Reports",
        "Attractor.Runs",
        "Attractor.Experiments",
        "Attractor.Studio",
        "Attractor.Cli"
    ];

    /// <summary>Those of them that are packages to build on; the classes of the command and of its pages are its own.</summary>
    public static IEnumerable<string> Libraries => Assemblies.Where(a => a is not ("Attractor.Cli" or "Attractor.Studio"));

    public static string Root => RepositoryFolder.Root;

    public static string Sources(string assembly) => Path.Combine(Root, "src", assembly);

    public static Assembly Load(string assembly) => Assembly.Load(assembly);

    /// <summary>README.md, the pages of docs and the tutorials.</summary>
    public static IEnumerable<string> Pages => ["README.md", .. PagesOf("docs"), .. Tutorials];

    /// <summary>The pages of docs/tutorials, all of whose commands are run.</summary>
    public static IEnumerable<string> Tutorials => PagesOf("docs/tutorials");

    private static IEnumerable<string> PagesOf(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md")
        .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
