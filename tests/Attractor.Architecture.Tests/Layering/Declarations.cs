using System.Text.RegularExpressions;

namespace Attractor.Architecture.Tests.Layering;

/// <summary>The folder of every type: that of the file which declares it, whatever its namespace.</summary>
internal sealed partial class Declarations
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    public Declarations(string assembly)
    {
        string root = Repository.Sources(assembly);
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string[] path = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (path[0] is "bin" or "obj")
                continue;
            string text = File.ReadAllText(file), space = Space().Match(text).Groups[1].Value;
            // A file at the top belongs to all that stand below it: it is the door.
            foreach (Match type in Type().Matches(text))
                _folders[$"{space}.{type.Groups[1].Value}"] = path.Length > 1 ? path[0] : "";
        }
    }

    /// <summary>The top folder that declares a type that stands in no other type; none if it has no source here.</summary>
    public string? FolderOf(Type type) => _folders.GetValueOrDefault(type.FullName!.Split('`')[0]);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Space();

    // File-scoped namespaces: what starts in the first column stands in no other type.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe) )*"
        + @"(?:class|struct|interface|enum|record(?: class| struct)?|delegate [^\s(]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Type();
}
