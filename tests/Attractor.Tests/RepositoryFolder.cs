namespace Attractor.Tests;

/// <summary>
/// The folder above the built tests that holds the solution. Not asked of the compiler: a build for packages, as with <c>CI=true</c>,
/// writes no paths of files into what it compiles.
/// </summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Attractor.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not lie in a folder of the repository.");
        return folder.FullName;
    }
}
