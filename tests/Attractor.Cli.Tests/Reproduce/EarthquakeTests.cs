using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>The experiment on earthquakes, and reports of mixtures.</summary>
public sealed class EarthquakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_experiment_finds_the_truth_and_fits_a_catalogue()
    {
        WriteCatalogue();
        JsonElement json = Command.Run(
                _folder.Path, "reproduce", "earthquakes", "--data", "quakes.csv", "--catalogue-components", "2,3,5", "--json")
                .Succeeds().Json,
            simulated = json.GetProperty("simulated");
        Assert.InRange(simulated.GetProperty("accuracy").GetDouble(), 0.97, 1);
        Assert.Equal(simulated.GetProperty("elbo_from_truth").GetDouble(), simulated.GetProperty("elbo").GetDouble(), 1e-4);
        // K (D - 1) / 2 of five components in two dimensions.
        Assert.Equal(2.5, simulated.GetProperty("slip_of_the_document").GetDouble(), 1e-9);
        Assert.InRange(simulated.GetProperty("least_rise").GetDouble(), -1e-6, double.MaxValue);
        foreach (JsonElement component in simulated.GetProperty("components").EnumerateArray())
            Assert.InRange(component.GetProperty("largest_deviation_in_standard_errors").GetDouble(), 0, 4);
        JsonElement[] tried = [.. simulated.GetProperty("elbo_by_components").EnumerateArray()];
        Assert.Equal(5, tried.MaxBy(t => t.GetProperty("elbo").GetDouble()).GetProperty("components").GetInt32());
        JsonElement catalogue = json.GetProperty("catalogue");
        Assert.Equal(["Longitude", "LAT", "stations"], catalogue.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!));
        Assert.Equal(8, catalogue.GetProperty("missing").GetProperty("stations").GetInt32());
        string html = File.ReadAllText(_folder.File("earthquakes.html"));
        foreach (string words in (string[])[
            "The truth beside what was found", "Simulated: Map", "Graphical model", "quakes.csv: Map", "quakes.csv: Missing values"
        ])
            Assert.Contains(words, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_catalogue_it_says_how_to_name_one()
    {
        Outcome outcome = Command.Run(_folder.Path, "reproduce", "earthquakes", "--seed", "2", "-o", "other.html").Succeeds();
        Assert.Contains("a real catalogue: --data quakes.csv", outcome.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("other.html")));
    }

    [Fact]
    public void A_catalogue_that_is_none_is_bad_input()
    {
        File.WriteAllText(_folder.File("other.csv"), "a,b\n1,2\n");
        Command.Run(_folder.Path, "reproduce", "earthquakes", "--data", "other.csv").IsBadInput("other.csv", "no column longitude");
        Command.Run(_folder.Path, "reproduce", "earthquakes", "--data", "none.csv").IsBadInput("none.csv");
        Command.Run(_folder.Path, "reproduce", "earthquakes", "--seeds", "1..2").IsBadInput("unknown option '--seeds'");
    }

    [Theory]
    [InlineData("--position Longitude,LAT --count stations --components 3", "Map")]
    [InlineData("--position LAT --components 2", "Positions")]
    [InlineData("--count stations --category type --components 2 --batch 50", "Categories")]
    public void A_report_shows_what_there_is(string columns, string section)
    {
        WriteCatalogue();
        Command.Run(_folder.Path, ["train", "mixture", "quakes.csv", .. columns.Split(' '), "-o", "RUN"]).Succeeds();
        Assert.Equal(
            "RUN/report.html", Command.Run(_folder.Path, "report", "RUN", "--json").Succeeds().Json.GetProperty("report").GetString());
        string html = File.ReadAllText(_folder.File("RUN/report.html"));
        foreach (string words
            in (string[])[$"<h2>{section}</h2>", "Components", "Evidence lower bound", "Graphical model", "attractor train mixture"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        // Of a bare file the data have to be named.
        File.Copy(_folder.File("RUN/model.safetensors"), _folder.File("bare.safetensors"));
        Command.Run(_folder.Path, "report", "bare.safetensors").IsBadInput("name a file of data");
        Command.Run(_folder.Path, "report", "bare.safetensors", "--data", "quakes.csv", "-o", "bare.html").Succeeds();
        Assert.Contains("how the fit ended is not known", File.ReadAllText(_folder.File("bare.html")), StringComparison.Ordinal);
    }

    private void WriteCatalogue()
    {
        Random random = new(3);
        IEnumerable<string> rows = Enumerable.Range(0, 120).Select(n => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"2018-02-0{1 + (n % 7)},{(10 * (n % 3)) + random.NextDouble():F3},{(5 * (n % 2)) + random.NextDouble():F3},"
            + $"{(n % 15 == 0 ? "" : $"{(8 * (n % 3)) + random.Next(6)}")},{(n % 4 == 0 ? "blast" : "earthquake")}"));
        File.WriteAllLines(_folder.File("quakes.csv"), ["time,Longitude,LAT,stations,type", .. rows]);
    }
}
