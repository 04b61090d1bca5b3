using Attractor.Reports;
using Attractor.Storage;
using Attractor.Studio.Figures;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Tests;

/// <summary>Tags and notes of runs, and what a comparison makes of many.</summary>
public sealed class NoteTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("attractor-studio-").FullName;
    private readonly StudioFolder _folder;

    public NoteTests() => _folder = new(new() { Folder = _root, Command = StudioFixture.Command });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_said_of_a_run_is_kept_beside_it_and_seen_by_the_list()
    {
        string run = StudioFixture.AddRun(_root, "one");
        string[] before = Directory.GetFiles(run);
        using RunList list = new(_folder);
        list.Refresh();
        Assert.True(Assert.Single(list.Current).Note.IsEmpty);
        Assert.Equal([run], Directory.GetFileSystemEntries(_root));
        NoteStore.Write(_folder, "one", RunNote.None.WithTags(" paper, wet ,Paper,, ").WithText("two wings\r\nat last\n"));
        Assert.True(list.Refresh());
        RunNote note = Assert.Single(list.Current).Note;
        Assert.Equal(["paper", "wet"], note.Tags);
        Assert.Equal(("two wings\nat last", false), (note.Text, note.IsArchived));
        Assert.False(list.Refresh());
        Assert.Equal(before, Directory.GetFiles(run));

        NoteStore.Write(_folder, "one", note with { IsArchived = true });
        Assert.True(NoteStore.Read(_folder, "one").IsArchived);
        NoteStore.Write(_folder, "one", RunNote.None);
        Assert.Empty(Directory.GetFiles(_folder.OwnFolder("notes")));
    }

    [Fact]
    public void A_note_is_the_old_one_or_the_new_one_after_every_step_that_fails()
    {
        RunNote old = RunNote.None.WithText("old"), other = RunNote.None.WithText("new").WithTags("wet");
        string[] expected = [_folder.OwnFile("notes", "one")];
        int failing = 1;
        for (bool failed = true; failed; failing++)
        {
            NoteStore.Write(_folder, "one", old);
            int steps = 0;
            failed = false;
            using (WriteFence.Raise(() => Fail()))
                try
                {
                    NoteStore.Write(_folder, "one", other);
                }
                catch (IOException)
                {
                }
            Assert.Equal(failed ? "old" : "new", NoteStore.Read(_folder, "one").Text);
            Assert.Equal(expected, Directory.GetFiles(_folder.OwnFolder("notes")));

            void Fail()
            {
                if (++steps != failing)
                    return;
                failed = true;
                throw new IOException("No space left on device");
            }
        }
        Assert.True(failing > 4);
    }

    [Fact]
    public void What_is_kept_is_not_written_through_a_link()
    {
        string elsewhere = Path.Combine(_root, "elsewhere"), file = _folder.OwnFile("notes", "one");
        File.WriteAllText(elsewhere, "of another");
        foreach (string link in (string[])[file, Path.GetDirectoryName(file)!])
        {
            if (Directory.Exists(link))
                Directory.Delete(link, recursive: true);
            File.CreateSymbolicLink(link, elsewhere);
            Assert.Contains("is a link to", Assert.Throws<IOException>(
                () => NoteStore.Write(_folder, "one", RunNote.None.WithText("new"))).Message, StringComparison.Ordinal);
            Assert.True(NoteStore.Read(_folder, "one").IsEmpty);
        }
        Assert.Equal("of another", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void Nothing_without_measure_is_kept_or_believed()
    {
        Assert.Contains("20 tags", Assert.Throws<ArgumentException>(
            () => RunNote.None.WithTags(string.Join(',', Enumerable.Range(0, 21)))).Message, StringComparison.Ordinal);
        Assert.Contains("40 letters", Assert.Throws<ArgumentException>(
            () => RunNote.None.WithTags(new string('a', 41))).Message, StringComparison.Ordinal);
        Assert.Contains("10,000 letters", Assert.Throws<ArgumentException>(
            () => RunNote.None.WithText(new string('a', 10_001))).Message, StringComparison.Ordinal);
        Assert.Equal("a[31mb", RunNote.None.WithTags("a\u001b[31mb").TagLine);
        string tooLong = $$"""{"tags":"{{new string('b', 50)}}"}""";
        foreach (string text in (string[])["", "[]", """{"tags":7}""", tooLong, """{"archived":"yes"}"""])
        {
            File.WriteAllText(_folder.OwnFile("notes", "one"), text);
            Assert.True(NoteStore.Read(_folder, "one").IsEmpty);
        }
    }

    [Fact]
    public void Runs_are_lines_over_what_differs_and_their_scores()
    {
        RunEntry[] runs =
        [
            .. new[] { 0.1, 0.3, 0.2 }.Select((d, i) => new RunEntry($"r{i}", "", RunStatus.Finished, "shplrnn", "")
            {
                Scores = [new("d_stsp", d, null)],
            })
        ];
        (string, string[])[] settings =
            [("lr", ["1e-5", "1e-1", "1e-3"]), ("hidden", ["10", "", "30"]), ("start", ["data", "random", "data"])];
        ParallelCoordinatesFigure figure = ParallelRuns.Of(runs, settings)!;
        Assert.Equal(["lr", "hidden", "start", "D_stsp"], figure.Axes.Select(a => a.Name));
        Assert.Equal(("1E-05", "0.1"), (figure.Axes[0].Low, figure.Axes[0].High));
        double[][] expected = [[0, 0, 0, 0], [1, double.NaN, 1, 1], [0.5, 1, 0, 0.5]];
        for (int i = 0; i < runs.Length; i++)
            Assert.All(expected[i].Zip(figure.Lines[i].Places), p => Assert.Equal(p.First, p.Second, 1e-12));
        string[] rows = ParallelRuns.ToCsv(runs, settings).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["run,lr,hidden,start,d_stsp", "r0,1e-5,10,data,0.1", "r1,1e-1,,random,0.3", "r2,1e-3,30,data,0.2"], rows);
        Assert.Null(ParallelRuns.Of(runs[..2], settings));
        Assert.Null(ParallelRuns.Of([.. runs.Select(r => r with { Scores = [] })], settings));
    }
}
