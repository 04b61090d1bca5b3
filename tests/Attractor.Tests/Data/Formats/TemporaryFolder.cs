namespace Attractor.Tests.Data.Formats;

/// <summary>A folder for the files of one test, removed with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("attractor-").FullName;

    public string File(string name, byte[]? contents = null)
    {
        string path = System.IO.Path.Combine(Path, name);
        if (contents is not null)
            System.IO.File.WriteAllBytes(path, contents);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
