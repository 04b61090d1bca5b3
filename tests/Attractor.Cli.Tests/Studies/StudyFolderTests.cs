namespace Attractor.Cli.Tests;

/// <summary>A study writes and removes what lies in its own folder, and nothing else.</summary>
public sealed class StudyFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StudyFolderTests()
    {
        _folder.WriteData();
        Command.Run(_folder.Path, "study", "create", "STUDY", "ngrc", "data.npy", "--vary", "ridge=1e-4,1e-2", "-n", "2", "-q").Succeeds();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("study.json")]
    [InlineData("study.db")]
    [InlineData("trials")]
    [InlineData("trials/000000")]
    [InlineData("trials/000000.json")]
    public void A_part_that_is_a_link_is_refused_and_what_it_links_to_stays(string part)
    {
        string place = _folder.File($"STUDY/{part}"), elsewhere = _folder.File("elsewhere");
        if (part.EndsWith(".json", StringComparison.Ordinal) || part.EndsWith(".db", StringComparison.Ordinal))
        {
            if (File.Exists(place))
                File.Move(place, elsewhere);
            else
                File.WriteAllText(elsewhere, "{}");
            File.CreateSymbolicLink(place, elsewhere);
        }
        else
        {
            if (Directory.Exists(place))
                Directory.Delete(place);
            Directory.CreateDirectory(elsewhere);
            Directory.CreateSymbolicLink(place, elsewhere);
        }
        byte[]? before = File.Exists(elsewhere) ? File.ReadAllBytes(elsewhere) : null;
        Command.Run(_folder.Path, "study", "run", "STUDY", "-q").IsBadInput(part, "is a link to");
        if (before is null)
            Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        else
            Assert.Equal(before, File.ReadAllBytes(elsewhere));
    }

    [Theory]
    [InlineData("study report STUDY")]
    [InlineData("report STUDY")]
    public void Its_report_goes_through_no_link(string line)
    {
        Command.Run(_folder.Path, "study", "run", "STUDY", "-q").Succeeds();
        File.WriteAllText(_folder.File("page.html"), "mine");
        File.CreateSymbolicLink(_folder.File("STUDY/report.html"), _folder.File("page.html"));
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput("is a link to", "page.html");
        Assert.Equal("mine", File.ReadAllText(_folder.File("page.html")));
    }

    [Fact]
    public void A_full_disk_is_said_and_the_study_can_be_made_once_there_is_room()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder.File("small"));
        disk.Fill();
        string[] words = ["study", "create", "small/STUDY", "ngrc", "data.npy", "--vary", "ridge=1e-4,1e-2", "-q"];
        Command.Run(_folder.Path, words).Fails("small/STUDY", "free space, then repeat the command");
        Assert.False(Directory.Exists(_folder.File("small/STUDY")));
    }
}
