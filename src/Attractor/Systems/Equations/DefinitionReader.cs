using System.Text;
using System.Text.RegularExpressions;
using Attractor.Data;

namespace Attractor.Systems;

/// <summary>Reads the text of definitions: docs/systems.md has the language.</summary>
internal static partial class DefinitionReader
{
    private const int LargestFile = 4 << 20, MostSystems = 10_000;

    public static IReadOnlyList<SystemDefinition> Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using MemoryStream bytes = new();
        // A device or a pipe has no length to check beforehand.
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > LargestFile)
                throw new InvalidDataException($"{path} is larger than {LargestFile >> 20} MB: a file of equations is short text.");
            bytes.Write(buffer, 0, count);
        }
        IReadOnlyList<SystemDefinition> systems = Parse(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), path);
        return systems.Count > 0
            ? systems
            : throw new InvalidDataException($"{path} holds no system: an entry begins with a line 'flow NAME' or 'map NAME'.");
    }

    /// <summary>The entries of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it.</param>
    public static IReadOnlyList<SystemDefinition> Parse(string text, string file)
    {
        List<SystemDefinition> systems = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        DefinitionBuilder? current = null;
        foreach ((string line, int number) in Items(text, file))
        {
            if (line[0] == ' ')
            {
                (current ?? throw Invalid(file, number, "an entry begins with 'flow NAME' or 'map NAME', not indented")).Add(
                    line.Trim(), number);
                continue;
            }
            if (current is not null)
                systems.Add(current.Build());
            Match header = Header().Match(line);
            if (!header.Success)
                throw Invalid(file, number, $"expected 'flow NAME' or 'map NAME', found '{Excerpt.Of(line)}'");
            current = new(header.Groups[1].Value == "flow" ? SystemKind.Flow : SystemKind.Map, header.Groups[2].Value, file, number);
            if (names.Count == MostSystems)
                throw Invalid(file, number, $"a file holds at most {MostSystems} systems; divide it");
            if (!names.Add(current.Name))
                throw Invalid(file, number, $"there are two systems '{current.Name}'");
        }
        if (current is not null)
            systems.Add(current.Build());
        return systems;
    }

    public static InvalidDataException Invalid(string file, int line, string what) => new($"{file}, line {line}: {what}");

    /// <summary>Lines without comments and blanks; what is indented by four goes on from the line above.</summary>
    private static IEnumerable<(string Line, int Number)> Items(string text, string file)
    {
        StringBuilder item = new();
        int start = 0, number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.TrimEnd();
            if (line.Length == 0 || line.TrimStart()[0] == '#')
                continue;
            if (line.Contains('\t', StringComparison.Ordinal))
                throw Invalid(file, number, "indent with spaces, not tabs");
            if (line.StartsWith("    ", StringComparison.Ordinal) && item.Length > 0)
            {
                item.Append(' ').Append(line.TrimStart());
                continue;
            }
            if (item.Length > 0)
                yield return (item.ToString(), start);
            item.Clear().Append(line);
            start = number;
        }
        if (item.Length > 0)
            yield return (item.ToString(), start);
    }

    [GeneratedRegex(@"^(flow|map) ([a-z][a-z0-9-]{0,63})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();
}
