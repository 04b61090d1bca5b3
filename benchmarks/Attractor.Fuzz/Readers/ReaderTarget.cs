namespace Attractor.Fuzz.Readers;

/// <summary>A reader with a sound file that it reads.</summary>
/// <param name="Name">What it is called in findings.</param>
/// <param name="Path">The file, which lies among whatever else the reader wants; null of a reader of text.</param>
/// <param name="Sound">What the file, or the text, holds when nothing is wrong with it.</param>
/// <param name="Read">Reads the file, or the text.</param>
internal sealed record ReaderTarget(string Name, string? Path, byte[] Sound, Action<string> Read)
{
    /// <summary>Of so many inputs one is given to this reader where the others get one each: it is slow.</summary>
    public int OneIn { get; init; } = 1;

    /// <summary>Whether what it refuses must say which file that was.</summary>
    public bool NamesFile => Path is not null;
}
