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
    [InlineData("generate RUN -o there/data.npy", "would replace an input")]
    [InlineData("generate there/RUN -o data.npy", "would replace an input")]
    [InlineData("report RUN -o there/RUN/checkpoint/report.html", "a file of a run")]
    [InlineData("generate RUN -o out.xyz", ".xyz")]
    [InlineData("generate RUN -o nowhere/out.npy", "there is no folder")]
    [InlineData("forecast data.npy --only linear --steps 3 -o f.npy --intervals nowhere/between.csv", "there is no folder")]
    [InlineData("embed data.npy -o data.npy", "would replace an input")]
    [InlineData("embed data.npy -o e.npy --report data.npy", ".html")]
    [InlineData("embed parts -o parts/a.npy", "would replace an input")]
    [InlineData("embed parts/?.npy -o parts/a.npy", "would replace an input")]
    [InlineData("embed data.npy,parts/a.npy -o data.npy", "would replace an input")]
    [InlineData("generate OF-PARTS -o parts/a.npy", "would replace an input")]
    [InlineData("report RUN --figures RUN", "is a run")]
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
        Directory.CreateDirectory(_folder.File("parts"));
        File.Copy(_folder.File("data.npy"), _folder.File("parts/a.npy"));
        if (line.Contains("OF-PARTS", StringComparison.Ordinal))
            Command.Run(_folder.Path, "train", "ngrc", "parts", "-o", "OF-PARTS", "-q").Succeeds();
        if (line.Contains("there/", StringComparison.Ordinal))
            Directory.CreateSymbolicLink(_folder.File("there"), _folder.Path);
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
        Assert.Equal(data, File.ReadAllBytes(_folder.File("parts/a.npy")));
        Assert.Equal(config, File.ReadAllBytes(_folder.File("RUN/config.json")));
        Assert.False(File.Exists(_folder.File("f.npy")));
    }

    [Theory]
    [InlineData("forecast forecast.csv --only ngrc --steps 5", "forecast.csv")]
    [InlineData("generate RUN --steps 5", "generated.npy")]
    public void What_is_written_without_a_name_replaces_no_input_either(string line, string name)
    {
        File.Copy(_folder.File("data.npy"), _folder.File(name));
        if (name.EndsWith(".npy", StringComparison.Ordinal))
            Command.Run(_folder.Path, "train", "ngrc", name, "-o", "RUN", "-q").Succeeds();
        byte[] before = File.ReadAllBytes(_folder.File(name));
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput("would replace an input", "--output");
        Assert.Equal(before, File.ReadAllBytes(_folder.File(name)));
    }

    [Theory]
    [InlineData("search esn data.npy --trials 1 -o STUDY/study.json")]
    [InlineData("search esn data.npy --trials 1 -o STUDY/trials/000001.json")]
    [InlineData("study export STUDY -o STUDY/study.json")]
    [InlineData("study best STUDY -o STUDY/trials/../study.json")]
    public void No_output_is_a_file_of_a_study(string line)
    {
        Command.Run(_folder.Path, "study", "create", "STUDY", "ngrc", "data.npy", "--vary", "ridge=1e-4,1e-2", "-q").Succeeds();
        byte[] before = File.ReadAllBytes(_folder.File("STUDY/study.json"));
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput("a file of a study");
        Assert.Equal(before, File.ReadAllBytes(_folder.File("STUDY/study.json")));
    }

    [Theory]
    [InlineData("RUN/model.safetensors")]
    [InlineData("RUN/checkpoint/state.safetensors")]
    public void An_import_replaces_no_file_of_a_run(string file)
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        File.WriteAllText(_folder.File("net.json"), """{"A": [0.5], "W": [[0.1]], "h": [0], "P": 1}""");
        byte[] before = File.ReadAllBytes(_folder.File("RUN/model.safetensors"));
        Command.Run(_folder.Path, "import", "net.json", "-o", file, "--overwrite").IsBadInput("a file of a run");
        Assert.Equal(before, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
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
