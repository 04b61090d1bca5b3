using System.Net;
using System.Text.RegularExpressions;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>
/// What a command prints or writes for one to type can be typed: every command after "next:", in a report and in a run's command.txt is
/// run.
/// </summary>
public sealed partial class PrintedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _done = [];

    public PrintedCommandTests()
    {
        foreach (string name in (string[])["data.npy", "YOUR-DATA.npy"])
            SeriesFile.Write(_folder.File(name), Lorenz63.Default.Simulate(steps: 700, dt: 0.05).Standardize());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train shplrnn data.npy --dt 0.05 --hidden 10 --updates 20 --sequence 20 --verdict no -o RUN")]
    [InlineData("train esn data.npy --units 30 --washout 20 --verdict no -o RUN")]
    [InlineData("train ngrc data.npy --verdict no -o RUN")]
    [InlineData("train seqvae data.npy --latent 2 --window 20 --epochs 1 -o RUN")]
    [InlineData("train vae data.npy --latent 2 --layers 4 --epochs 1 -o RUN")]
    [InlineData("simulate henon --steps 1000 --standardize -o henon.npy")]
    [InlineData("systems henon")]
    [InlineData("embed data.npy --column 1 -o embedded.npy --report embedding.html")]
    [InlineData("search esn data.npy --units 20 --washout 20 --leak 0.1..1 --trials 2 --repeats 1 -o best.json --report search.html")]
    [InlineData("forecast data.npy --steps 50 --equations own.ode -o orbit.csv --report forecast.html")]
    public void Every_printed_command_runs(string first) => Walk(first);

    [Fact]
    public void Those_of_images_and_of_mixtures_too()
    {
        ImageFiles.Write(_folder.File("images.idx3-ubyte"), _folder.File("labels.idx1-ubyte"), count: 40);
        MixtureTables.Write(_folder.File("rocks.csv"));
        Walk("train vae --images images.idx3-ubyte --latent 2 --layers 4 --epochs 1 -o VAE");
        Walk("train mixture rocks.csv --position lon,lat --count shocks --components 2 --restarts 1 -o MIXTURE");
    }

    [Fact]
    public void Those_of_studies_and_of_questions_about_a_run_too()
    {
        Command.Run(
                _folder.Path, "train", "alrnn", "data.npy", "--dt", "0.05", "--rectified", "2", "--updates", "20", "--sequence", "20",
                "--verdict", "no", "-o", "ASKED")
            .Succeeds();
        Walk("lyapunov ASKED --naive --steps 500 --report product.html");
        Walk("gradients ASKED --sequence 50 -o gradients.html");
        Walk("generate ASKED --steps 200 -o orbit.npy");
        Walk("study create STUDY ngrc data.npy --vary delays=1,2 --objective mse --sampler grid");
        Walk("study report STUDY -o study.html");
        Walk("study best STUDY -o settings.json");
        Walk("study best STUDY");
    }

    private void Walk(string first)
    {
        List<string> printed = Type("attractor " + first);
        Assert.True(printed.Count > 0, $"{first} prints no command");
        foreach (string command in printed)
            if (_done.Add(command))
                Type(command);
    }

    // What a command prints for one to type next, and writes into the files that it makes.
    private List<string> Type(string command)
    {
        DateTime before = DateTime.UtcNow;
        Outcome outcome = Command.Run(_folder.Path, ShellWords.Of(Small(command)));
        // What diverges or leaves its attractor after so little training is no fault of the command.
        Assert.True(
            outcome.Code is 0 or 1 && !outcome.Errors.Contains("a fault of the program", StringComparison.Ordinal),
            $"{command}: {outcome.Errors}");
        return
        [
            .. After(outcome.Output + outcome.Errors),
            .. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Where(file => File.GetLastWriteTimeUtc(file) >= before)
                .SelectMany(Within),
        ];
    }

    private static IEnumerable<string> After(string output) => output.Split('\n')
        .Where(line => line.Contains("next: ", StringComparison.Ordinal))
        .SelectMany(line => CommandStart().Split(line[line.IndexOf("next: ", StringComparison.Ordinal)..]).Skip(1))
        .Select(c => "attractor " + c.Trim().TrimEnd(','));

    // A run that has ended has nothing to resume.
    private static IEnumerable<string> Within(string file) => Path.GetExtension(file) switch
    {
        ".html" => CodeBlock().Matches(File.ReadAllText(file)).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)),
        ".txt" => File.ReadLines(file).Where(
            line => line.StartsWith("attractor ", StringComparison.Ordinal) && !line.Contains("--resume", StringComparison.Ordinal)),
        _ => [],
    };

    // What is printed is for a person who has the time; a test has not. A folder that is named by two of them is the second's.
    private static string Small(string command) => command
        + (command.StartsWith("attractor train ", StringComparison.Ordinal) && !command.Contains("--overwrite") ? " --overwrite" : "")
        + (FullTraining().IsMatch(command) ? " --updates 20 --sequence 20 --verdict no" : "");

    [GeneratedRegex("<pre><code>(attractor [^<]*)</code></pre>")]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?:^|\s)attractor ")]
    private static partial Regex CommandStart();

    [GeneratedRegex("^attractor train [a-z-]*plrnn (?!.*(--config|--updates))")]
    private static partial Regex FullTraining();
}
