using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>Pictures of recordings and figures of reports as files.</summary>
public sealed class PlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlotTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plot data.npy -o a.svg", "a.svg", "<svg ")]
    [InlineData("plot data.npy --over-time --width 85", "plot.svg", "width=\"85mm\"")]
    [InlineData("plot lorenz63 --steps 500 -o b.html", "b.html", "scatter3d")]
    [InlineData("plot lorenz63 --steps 500 --width 85 -o c.pdf", "c.pdf", "/FontFile2")]
    [InlineData("plot henon --steps 500 -p a=1.2 -o c.svg", "c.svg", "<svg ")]
    [InlineData("plot henon --steps 500 -o d.png", "d.png", "pHYs")]
    public void A_recording_is_drawn(string line, string file, string words)
    {
        Command.Run(_folder.Path, line.Split(' ')).Succeeds();

        Assert.Contains(words, File.ReadAllText(_folder.File(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_is_drawn_in_the_terminal_and_into_no_file()
    {
        string drawn = Command.Run(_folder.Path, "plot lorenz63 --steps 500 --terminal".Split(' ')).Succeeds().Output;

        Assert.InRange(drawn.Count(c => c is > '\u2800' and <= '\u28FF'), 100, 3000);
        Assert.DoesNotContain('\e', drawn);
        Assert.False(File.Exists(_folder.File("plot.svg")));
    }

    [Theory]
    [InlineData("plot data.npy --terminal -o a.svg", "--terminal")]
    [InlineData("plot data.npy --terminal --json", "--terminal")]
    [InlineData("plot data.npy -o a.jpg", ".svg or .pdf or .png or .html")]
    [InlineData("plot data.npy --width 2", "--width")]
    [InlineData("plot nowhere.npy", "nowhere.npy")]
    [InlineData("report RUN --figures F --format jpg", "svg or pdf or png")]
    [InlineData("report RUN --figures data.npy", "expected a folder")]
    [InlineData("report page.html", "--figures")]
    [InlineData("report page.html --figures F", "page.html")]
    public void What_cannot_be_drawn_says_so(string line, string words)
        => Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);

    [Fact]
    public void Every_figure_of_a_report_becomes_a_file_with_its_data()
    {
        Command.Run(_folder.Path, "train ngrc data.npy --verdict no -q -o RUN".Split(' ')).Succeeds();

        JsonElement json = Command.Run(_folder.Path, "report RUN --figures F --width 85 --json".Split(' ')).Succeeds().Json;

        string[] files = [.. json.GetProperty("figures").EnumerateArray().Select(f => _folder.File(f.GetString()!))];
        int figures = File.ReadAllText(_folder.File("RUN/report.html")).Split("<div class=\"plot\"").Length - 1;
        Assert.Equal(2 * figures, files.Length);
        Assert.True(figures >= 4);
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 20, 300_000));
        Assert.All(files.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)), f => Assert.StartsWith(
            "curve,x,y", File.ReadLines(f).First(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_figures_of_a_page_of_any_verb_become_files()
    {
        Command.Run(_folder.Path, "laplace n*log(x)-x --variable x -p n=10 --large n=1..100 --report page.html".Split(' ')).Succeeds();

        Outcome told = Command.Run(_folder.Path, "report page.html --figures F".Split(' ')).Succeeds();
        JsonElement json = Command.Run(_folder.Path, "report page.html --figures F --format pdf --json".Split(' ')).Succeeds().Json;

        Assert.Contains("figures and their data", told.Output, StringComparison.Ordinal);
        Assert.Equal("page.html", json.GetProperty("report").GetString());
        string[] files = [.. json.GetProperty("figures").EnumerateArray().Select(f => _folder.File(f.GetString()!))];
        Assert.Contains(files, f => f.EndsWith(".pdf", StringComparison.Ordinal));
        Assert.All(files, f => Assert.True(File.Exists(f)));
        Assert.All(files.Where(f => f.EndsWith(".pdf", StringComparison.Ordinal)), f => Assert.True(
            File.Exists(Path.ChangeExtension(f, ".svg"))));
    }
}
