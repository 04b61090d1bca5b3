using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_names_of_a_file_have_one_target_whatever_links_are_in_them()
    {
        string home = AtomicFile.TargetOf(Path("home/a.txt"));
        Directory.CreateDirectory(Path("home/deep"));
        File.WriteAllText(Path("home/a.txt"), "a");
        Directory.CreateSymbolicLink(Path("there"), Path("home"));
        Directory.CreateSymbolicLink(Path("home/up"), "..");
        File.CreateSymbolicLink(Path("home/deep/b.txt"), "../../there/up/there/a.txt");
        foreach (string name in (string[])["home/a.txt", "there/a.txt", "home/up/there/a.txt", "there/deep/b.txt", "home/deep/../a.txt"])
            Assert.Equal(home, AtomicFile.TargetOf(Path(name)));
        AtomicFile.Write(Path("there/deep/b.txt"), stream => stream.Write("b"u8));
        Assert.Equal("b", File.ReadAllText(Path("home/a.txt")));
        Assert.NotNull(new FileInfo(Path("home/deep/b.txt")).LinkTarget);
        // What is not there yet has the place where it will be.
        Assert.Equal(AtomicFile.TargetOf(Path("home/new/c.txt")), AtomicFile.TargetOf(Path("there/new/c.txt")));
    }

    [Fact]
    public void Links_that_lead_round_in_a_circle_are_told()
    {
        File.CreateSymbolicLink(Path("a"), Path("b"));
        File.CreateSymbolicLink(Path("b"), Path("a"));
        Assert.Contains(
            "round in a circle", Assert.Throws<IOException>(() => AtomicFile.TargetOf(Path("a"))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "round in a circle", Assert.Throws<IOException>(() => AtomicFile.TargetOf(Path("a/x.txt"))).Message, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);
}
