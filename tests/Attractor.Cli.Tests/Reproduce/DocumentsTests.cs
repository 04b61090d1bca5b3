using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Attractor.Data;
using Attractor.Experiments;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>
/// Every experiment in a small form: the document's values are there, the page teaches, and what it tells one to type works.
/// </summary>
public sealed partial class DocumentsTests : IClassFixture<DocumentsTests.SmallReproduction>
{
    private readonly SmallReproduction _all;

    public DocumentsTests(SmallReproduction all) => _all = all;

    public static TheoryData<string> Names => [.. AllExperiments.List.Where(e => e.IsOfDocument).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_has_document_here_difference_and_why(string name)
    {
        JsonElement json = Json(name);
        Assert.Equal(name, json.GetProperty("experiment").GetString());
        Assert.NotEqual("", json.GetProperty("verdict").GetString());
        Assert.NotEqual(0, json.GetProperty("answers").GetArrayLength());
        JsonElement[] rows = [.. json.GetProperty("comparison").EnumerateArray()];
        Assert.NotEmpty(rows);
        foreach (JsonElement row in rows)
        {
            Assert.Equal(["quantity", "document", "here", "difference", "why"], row.EnumerateObject().Select(p => p.Name));
            Assert.NotEqual("", row.GetProperty("why").GetString());
            JsonElement document = row.GetProperty("document"), here = row.GetProperty("here");
            Assert.NotEqual(JsonValueKind.Null, here.ValueKind);
            if (document.ValueKind == JsonValueKind.Number && here.ValueKind == JsonValueKind.Number)
                Assert.Equal(
                    here.GetDouble() - document.GetDouble(), row.GetProperty("difference").GetDouble(),
                    1e-12 * (1 + Math.Abs(document.GetDouble())));
        }
    }

    // Every value that a document has, by experiment: of what, and the document's own.
    [Theory]
    [InlineData("reservoir", "training loss", "26.18")]
    [InlineData("reservoir", "one-step test MSE", "[0.0011,0.0016]")]
    [InlineData("reservoir", "fewest units M that still do", "120")]
    [InlineData("reservoir", "largest Lyapunov exponent of the closed loop", "0.906")]
    [InlineData("reparameterisation", "expected score", "0")]
    [InlineData("reparameterisation", "variance of sticking the landing at distance 0", "0")]
    [InlineData("reparameterisation", "exponential, lambda = 1, N = 1,000", "\"histograms alike\"")]
    [InlineData("reparameterisation", "a = [0.1, 0.2, 0.5, 0.2]: parts of 1,000 draws by Gumbel-argmax", "[0.1,0.2,0.5,0.2]")]
    [InlineData(
        "reparameterisation", "a = [0.1, 0.2, 0.5, 0.2]: parts of 1,000 draws by argmax of Gumbel-softmax, temperature 0.1",
        "[0.1,0.2,0.5,0.2]")]
    [InlineData("sequential-vae", "reconstruction, mean squared error of each variable", "null")]
    [InlineData("teacher-forcing", "D_stsp, nats", "\"looks alike\"")]
    [InlineData("teacher-forcing", "largest Lyapunov exponent", "0.906")]
    [InlineData("teacher-forcing", "forcing interval tau", "16")]
    [InlineData("lyapunov", "largest Lyapunov exponent", "0.906")]
    [InlineData("lyapunov", "how the naive product ends", "\"overflows on a chaotic orbit\"")]
    [InlineData("single-variable", "largest Lyapunov exponent", "0.906")]
    [InlineData("laplace", "relative error of N! at N = 10", "0.008333333333333333")]
    [InlineData("laplace", "maximum t0 of the exponent at N = 1,000,000", "1000000")]
    [InlineData("laplace", "ln N! by the document's formula, N = 10", "15.09608200964")]
    [InlineData("laplace", "ln N! by the document's last line, N = 10", "25.09608200964")]
    [InlineData("vae-784-256-50", "ELBO of test images that the document's program reports", "-")]
    [InlineData("vae-784-256-50", "bound of the posterior that the document's program samples", "-")]
    [InlineData("vae-784-400-400-200", "loss that is printed for epoch 1", "170.47")]
    [InlineData("earthquakes", "E[mu'mu] - m'm of a component, times rho*", "1")]
    [InlineData("earthquakes", "factor before log(tau / 2 pi) of a point", "1")]
    [InlineData("earthquakes", "q(Z) q(mu) q(lambda) for the posterior", "\"exact\"")]
    [InlineData("earthquakes", "least rise of the ELBO in a sweep", "\"never falls\"")]
    [InlineData("earthquakes", "K with the highest bound", "5")]
    [InlineData("linear-rnn", "final w_x", "1.6779304274")]
    [InlineData("linear-rnn", "final w_rec", "0.9398291779")]
    [InlineData("linear-rnn", "output for the test sequence", "12.07678517")]
    [InlineData("linear-rnn", "sum of the test sequence", "11.92")]
    [InlineData("linear-rnn", "gradient at (1.2, 1.2)", "[35831.71124367,521568.4066673]")]
    [InlineData("linear-rnn", "derivative of the loss by the last state at (2, 1)", "24763.2")]
    [InlineData("linear-rnn", "derivative of the loss by the last state at (1, -0.5)", "-23941.26189308")]
    public void The_documents_values_are_among_them(string name, string quantity, string value)
    {
        JsonElement row = Json(name).GetProperty("comparison").EnumerateArray()
            .First(r => r.GetProperty("quantity").GetString()!.StartsWith(quantity, StringComparison.Ordinal));
        string document = Whitespace().Replace(row.GetProperty("document").GetRawText(), "");
        Assert.StartsWith(Whitespace().Replace(value, ""), document, StringComparison.Ordinal);
    }

    [Fact]
    public void All_fifteen_losses_of_the_document_stand_beside_ours()
    {
        double[] losses =
            [170.47, 119.11, 104.68, 98.14, 94.27, 91.72, 90.03, 88.60, 87.54, 86.69, 85.86, 85.22, 84.57, 84.08, 83.52];
        Directory.CreateDirectory(_all.Folder.File("digits"));
        ImageFiles.Write(_all.Folder.File("drawn.idx3-ubyte"), _all.Folder.File("drawn.idx1-ubyte"), count: 100, side: 28);
        foreach (string part in (string[])["train", "t10k"])
        {
            File.Copy(_all.Folder.File("drawn.idx3-ubyte"), _all.Folder.File($"digits/{part}-images-idx3-ubyte"));
            File.Copy(_all.Folder.File("drawn.idx1-ubyte"), _all.Folder.File($"digits/{part}-labels-idx1-ubyte"));
        }
        JsonElement[] rows =
        [
            .. Command.Run(
                    _all.Folder.Path, "reproduce", "vae-784-400-400-200", "--data", "digits", "--bound-images", "5", "--draws", "1", "-o",
                    "fifteen.html", "--json")
                .Succeeds().Json.GetProperty("comparison").EnumerateArray()
                .Where(r => r.GetProperty("quantity").GetString()!.StartsWith("loss that is printed", StringComparison.Ordinal)),
        ];
        // That of the last epoch, which the table is about, comes first.
        Assert.Equal([losses[^1], .. losses[..^1]], rows.Select(r => r.GetProperty("document").GetDouble()));
        Assert.All(rows, r => Assert.Equal(
            r.GetProperty("here").GetDouble() - r.GetProperty("document").GetDouble(), r.GetProperty("difference").GetDouble(), 1e-9));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_begins_with_the_comparison_and_has_formulas_settings_and_commands(string name)
    {
        string html = _all.Read($"R/{name}.html");
        int comparison = html.IndexOf("class=\"comparison\"", StringComparison.Ordinal),
            second = html.IndexOf("<h2>", html.IndexOf("<h2>", StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        Assert.InRange(comparison, 1, second);
        foreach (string words in (string[])
            ["<math display=\"block\"", "<h2>Settings</h2>", $"attractor reproduce {name}", "class=\"verdict\""])
            Assert.Contains(words, html, StringComparison.Ordinal);
    }

    [Fact]
    public void One_page_leads_to_all_and_what_is_finished_is_not_done_again()
    {
        string index = _all.Read("R/index.html");
        foreach (string name in AllExperiments.List.Where(e => e.IsOfDocument).Select(e => e.Name))
            Assert.Contains($"<a href=\"{name}.html\">", index, StringComparison.Ordinal);
        DateTime before = File.GetLastWriteTimeUtc(_all.Folder.File("R/laplace.html"));
        Outcome again = Command.Run(_all.Folder.Path, "reproduce", "all", "--quick", "-o", "R", "--json").Succeeds();
        Assert.Equal(0, again.Json.GetProperty("failed").GetInt32());
        Assert.Equal(before, File.GetLastWriteTimeUtc(_all.Folder.File("R/laplace.html")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_of_the_page_runs(string name)
    {
        string[] commands = [.. Commands(_all.Read($"R/{name}.html"))];
        Assert.NotEmpty(commands);
        foreach (string command in commands)
            _all.Run(command);
    }

    [Fact]
    public void Every_command_of_the_demos_page_runs()
    {
        Command.Run(_all.Folder.Path, "demo", "--updates", "200");
        string[] commands = [.. Commands(_all.Read("attractor-demo/report.html"))];
        Assert.Contains("attractor evaluate attractor-demo attractor-demo/test.npy", commands);
        Assert.Contains("attractor demo --seed 1 --updates 200", commands);
        foreach (string command in commands)
            _all.Run(command);
    }

    [Theory]
    [InlineData("reproduce laplace --data /nonexistent", "unknown option '--data'")]
    [InlineData("reproduce laplace --updates 5", "unknown option '--updates'")]
    [InlineData("reproduce reservoir --seeds 1..2", "unknown option '--seeds'")]
    [InlineData("reproduce linear-rnn --start 1", "--start takes two numbers")]
    [InlineData("reproduce earthquakes --truth 9", "--components must try 9")]
    [InlineData("reproduce reservoir --rows 500", "--rows must be more than --training")]
    [InlineData("reproduce single-variable --warm-up 500", "--warm-up must be less than --sequence")]
    [InlineData("reproduce vae-784-256-50 --layers 20,20", "--layers takes one hidden layer")]
    [InlineData("reproduce reparameterisation --probabilities 0.5,0.6", "--probabilities takes positive numbers that add up to 1")]
    [InlineData("reproduce reparameterisation --probabilities 1", "--probabilities takes 2 to 20 classes, not 1")]
    [InlineData("reproduce reparameterisation --probabilities 0,1", "--probabilities takes positive numbers")]
    [InlineData("reproduce reparameterisation --weights 1,2", "--weights takes a number for each of the 4 classes, not 2")]
    [InlineData("reproduce reservoir --data . --noise 0.1", "--noise is of data that are simulated")]
    [InlineData("reproduce lyapunov --data . --noise 0.1", "--noise is of data that are simulated")]
    [InlineData("reproduce single-variable --data . --noise 0.1", "--noise is of data that are simulated")]
    [InlineData("reproduce teacher-forcing --data . --delay-data . --noise 0.1", "--noise is of data that are simulated")]
    [InlineData("reproduce lyapunov --data . --rows 5000", "--rows is of data that are simulated")]
    [InlineData("reproduce single-variable --data . --rows 5000", "--rows is of data that are simulated")]
    [InlineData("reproduce teacher-forcing --delay-data . --lag 3", "--lag is of data that are simulated")]
    [InlineData("reproduce earthquakes --catalogue-components 5", "--catalogue-components is of a catalogue of real earthquakes")]
    [InlineData("reproduce earthquakes --concentration 0.5", "--concentration is of a catalogue of real earthquakes")]
    [InlineData("reproduce sequential-vae --music-epochs 3", "--music-epochs is for piano rolls")]
    [InlineData("reproduce all --only laplac", "did you mean laplace?")]
    [InlineData("reproduce all --data nowhere", "no folder nowhere")]
    public void What_means_nothing_is_refused(string command, string words)
        => Command.Run(_all.Folder.Path, command.Split(' ')).IsBadInput(words);

    [Fact]
    public void The_noise_of_simulated_data_can_be_chosen()
    {
        string[] small = ["--units", "60", "--rows", "4000", "--training", "2000", "--washout", "200", "--networks", "1"];
        double noisy = Error(), document = Error("--noise", "0.05"), without = Error("--noise", "0");
        Assert.Equal(document, noisy);
        // What is left without noise is the fit's: far below the noise's own 0.05^2.
        Assert.True(without < 1e-4 && noisy > 2.5e-3, $"{without} {noisy}");

        double Error(params string[] noise) => Command.Run(
                _all.Folder.Path, ["reproduce", "reservoir", .. small, .. noise, "-o", "noise.html", "--json"])
            .Succeeds().Json.GetProperty("test_mse_after_washout").GetDouble();
    }

    private JsonElement Json(string name) => JsonDocument.Parse(_all.Read($"R/{name}.json")).RootElement;

    private static IEnumerable<string> Commands(string html)
        => CodeBlock().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(c => !c.Contains("--resume"));

    [GeneratedRegex(@"\s")]
    private static partial Regex Whitespace();

    [GeneratedRegex("<pre><code>(attractor [^<]*)</code></pre>")]
    private static partial Regex CodeBlock();

    /// <summary>All experiments, done once, beside data that their commands name.</summary>
    public sealed class SmallReproduction : IDisposable
    {
        public SmallReproduction()
        {
            SeriesFile.Write(Folder.File("data.npy"), Lorenz63.Default.Simulate(steps: 3000, dt: 0.01).Standardize());
            Random random = new(3);
            IEnumerable<string> rows = Enumerable.Range(0, 120).Select(n => string.Create(
                CultureInfo.InvariantCulture,
                $"{160 + (10 * (n % 3)) + random.NextDouble():F3},{(5 * (n % 2)) + random.NextDouble():F3},"
                + $"{(8 * (n % 3)) + random.Next(6)}"));
            File.WriteAllLines(Folder.File("quakes.csv"), ["longitude,latitude,stations", .. rows]);
            File.WriteAllText(Folder.File("d.csv"), "x,y\n-2,0\n-1,0\n0,1\n0.5,0\n1,1\n2,1\n");
            Command.Run(Folder.Path, "train", "shplrnn", "data.npy", "--updates", "20", "-o", "RUN").Succeeds();
            Command.Run(Folder.Path, "reproduce", "all", "--quick", "-o", "R", "-q").Succeeds();
        }

        internal TemporaryFolder Folder { get; } = new();

        internal string Read(string file) => File.ReadAllText(Folder.File(file));

        // What diverges or leaves its attractor after so little training is no fault of the command.
        internal void Run(string command)
        {
            Outcome outcome = Command.Run(Folder.Path, ShellWords.Of(command));
            Assert.True(outcome.Code is 0 or 1 && !outcome.Errors.Contains("a fault of the program"), $"{command}: {outcome.Errors}");
        }

        public void Dispose() => Folder.Dispose();
    }
}
