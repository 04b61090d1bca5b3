namespace Attractor.Data;

/// <summary>Where a path leads once every link in it is followed.</summary>
public static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The full path with every link in it followed, those of folders too: two names of one file have the same.</summary>
    /// <param name="path">A path; it need not be there.</param>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path), real = Path.GetPathRoot(full)!;
        Stack<string> left = [];
        Push(full[real.Length..]);
        for (int links = 0; left.TryPop(out string? part);)
        {
            string next = part == ".." ? Path.GetDirectoryName(real) ?? real : Path.Combine(real, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } link)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"{path} cannot be followed: its links lead round in a circle");
            real = Path.IsPathRooted(link) ? Path.GetPathRoot(link)! : real;
            Push(Path.IsPathRooted(link) ? link[real.Length..] : link);
        }
        return real;

        void Push(string parts)
        {
            foreach (string part in parts.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                if (part != ".")
                    left.Push(part);
        }
    }
}
