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

    [Theory]
    [InlineData("reservoir", "26.18", "0.0011", "120")]
    [InlineData("teacher-forcing", "0.906", "16")]
    [InlineData("lyapunov", "0.906")]
    [InlineData("single-variable", "0.906")]
    [InlineData("vae-784-400-400-200", "170.47")]
    [InlineData("linear-rnn", "1.6779304274", "0.9398291779", "12.07678517", "35831.71124367", "521568.4066673")]
    [InlineData("laplace", "25.09")]
    public void The_documents_values_are_among_them(string name, params string[] values)
    {
        string documents = string.Join(
            ' ', Json(name).GetProperty("comparison").EnumerateArray().Select(r => r.GetProperty("document").GetRawText()));
        foreach (string value in values)
            Assert.Contains(value, documents, StringComparison.Ordinal);
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
            Command.Run(Folder.Path, "train", "shplrnn", "data.npy", "--updates", "20", "-o", "RUN").Succeeds();
            Command.Run(Folder.Path, "reproduce", "all", "--quick", "-o", "R", "-q").Succeeds();
        }

        internal TemporaryFolder Folder { get; } = new();

        internal string Read(string file) => File.ReadAllText(Folder.File(file));

        // What diverges or leaves its attractor after so little training is no fault of the command.
        internal void Run(string command)
        {
            Outcome outcome = Command.Run(Folder.Path, [.. command.Split(' ').Skip(1)]);
            Assert.True(outcome.Code is 0 or 1 && !outcome.Errors.Contains("a fault of the program"), $"{command}: {outcome.Errors}");
        }

        public void Dispose() => Folder.Dispose();
    }
}
