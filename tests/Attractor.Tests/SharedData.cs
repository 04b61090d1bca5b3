namespace Attractor.Tests;

/// <summary>Published data beside the repository, where they are present: a folder <c>shared/data</c> in a folder above.</summary>
internal static class SharedData
{
    public static bool TryFind(string name, out string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "shared", "data")))
            folder = folder.Parent;
        path = Path.Combine(folder?.FullName ?? "", "shared", "data", name);
        return folder is not null && Path.Exists(path);
    }
}
