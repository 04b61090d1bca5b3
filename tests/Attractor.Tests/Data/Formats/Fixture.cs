namespace Attractor.Tests.Data.Formats;

/// <summary>Files that other programs wrote, in the folder <c>Fixtures</c>; the scripts that wrote them stand beside it.</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    // What the scripts write, in numbers that every format holds exactly.
    public const int Rows = 40;

    public static double X(int t) => ((t * 37) % 41 / 8.0) - 2.5;

    public static double Y(int t) => t * t / 16.0;

    public static double N(int t) => ((t * 11) % 17) - 3;
}
