using System.Diagnostics;

namespace Attractor.Cli.Tests;

/// <summary>What an output may be: never something that somebody needs.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputFileTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("report RUN -o RUN/config.json", ".html")]
    [InlineData("report RUN -o data.npy", ".html")]
    [InlineData("report RUN -o report", ".html")]
    [InlineData("generate RUN -o data.npy", "would replace an input")]
    [InlineData("generate RUN -o ./RUN/../data.npy", "would replace an input")]
    [InlineData("generate RUN -o linked.npy", "would replace an input")]
    [InlineData("generate RUN -o out.xyz", ".xyz")]
    [InlineData("embed data.npy -o data.npy", "would replace an input")]
    [InlineData("embed data.npy -o e.npy --report data.npy", ".html")]
    [InlineData("embed data.npy --report folder.html", "is a directory")]
    [InlineData("simulate lorenz63 -o RUN/checkpoint/orbit.npy", "a file of a run")]
    [InlineData("search esn data.npy --trials 1 -o RUN/config.json", "a file of a run")]
    [InlineData("search esn data.npy --trials 1 -o best.npy", ".json")]
    [InlineData("dimension data.npy --report data.csv", ".html")]
    [InlineData("lyapunov lorenz63 --local x.html", ".html")]
    [InlineData("gradients lorenz63 -o gradients.csv", ".html")]
    [InlineData("reproduce laplace -o laplace.json", ".html")]
    [InlineData("simulate lorenz63 -o pipe.npy", "is a pipe")]
    public void An_output_that_would_harm_something_is_refused_before_any_work(string line, string words)
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        Directory.CreateDirectory(_folder.File("folder.html"));
        if (line.Contains("linked", StringComparison.Ordinal))
            File.CreateSymbolicLink(_folder.File("linked.npy"), _folder.File("data.npy"));
        if (line.Contains("pipe", StringComparison.Ordinal))
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have names elsewhere too, but their kind is not seen");
            Process.Start("mkfifo", [_folder.File("pipe.npy")]).WaitForExit();
        }
        byte[] data = File.ReadAllBytes(_folder.File("data.npy")), config = File.ReadAllBytes(_folder.File("RUN/config.json"));
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
        Assert.Equal(data, File.ReadAllBytes(_folder.File("data.npy")));
        Assert.Equal(config, File.ReadAllBytes(_folder.File("RUN/config.json")));
    }

    [Fact]
    public void A_link_as_output_stays_one_and_what_it_links_to_is_written()
    {
        Directory.CreateDirectory(_folder.File("far"));
        File.WriteAllText(_folder.File("far/target.csv"), "old");
        File.CreateSymbolicLink(_folder.File("here.csv"), _folder.File("far/target.csv"));
        Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "3", "-o", "here.csv", "-q").Succeeds();
        Assert.Equal(_folder.File("far/target.csv"), new FileInfo(_folder.File("here.csv")).LinkTarget);
        Assert.Equal(4, File.ReadAllLines(_folder.File("far/target.csv")).Length);
    }

    [Fact]
    public void A_report_goes_through_no_link_in_the_folder_of_a_run()
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        File.WriteAllText(_folder.File("page.html"), "mine");
        File.CreateSymbolicLink(_folder.File("RUN/report.html"), _folder.File("page.html"));
        Command.Run(_folder.Path, "report", "RUN").IsBadInput("is a link to", "page.html");
        Assert.Equal("mine", File.ReadAllText(_folder.File("page.html")));
    }
}
