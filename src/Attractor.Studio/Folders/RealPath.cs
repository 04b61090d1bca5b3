namespace Attractor.Studio.Folders;

/// <summary>Where a path leads once every link in it is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; FirstLink(full) is var (link, target, rest); links++)
            full = links < MostLinks
                ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target, rest))
                : throw new IOException($"{path} is a circle of links");
        return Path.TrimEndingDirectorySeparator(full);
    }

    private static (string Link, string Target, string Left)? FirstLink(string full)
    {
        string root = Path.GetPathRoot(full)!, path = root;
        string[] parts = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            path = Path.Combine(path, parts[i]);
            if (new FileInfo(path).LinkTarget is { } target)
                return (path, target, Path.Combine(parts[(i + 1)..]));
        }
        return null;
    }
}
