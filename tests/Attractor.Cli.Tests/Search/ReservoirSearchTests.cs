using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class ReservoirSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReservoirSearchTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_grid_tries_every_combination_and_its_best_can_be_trained_with()
    {
        string[] search =
        [
            "search", "esn", "data.npy", "--units", "30", "--leak", "0.3,0.9", "--ridge", "1e-6,1e-2,100", "--repeats", "2", "--seed", "4",
            "--json"
        ];
        Outcome outcome = Run([.. search, "-o", "best.json", "--report", "search.html"]);
        Assert.Equal("", outcome.Errors);
        Assert.Equal(["model", "score", "repeats", "best", "trials", "config", "report"], Keys(outcome.Json));
        JsonElement[] trials = Trials(outcome.Json);
        Assert.All(trials, trial => Assert.Equal(
            [
                "units", "leak", "spectral_radius", "input_scale", "bias_scale", "connectivity", "ridge", "mean", "standard_deviation",
                "scores"
            ],
            Keys(trial)));
        Assert.Equal(
            [(0.3, 1e-6), (0.3, 1e-2), (0.3, 100), (0.9, 1e-6), (0.9, 1e-2), (0.9, 100)],
            trials.Select(t => (t.GetProperty("leak").GetDouble(), t.GetProperty("ridge").GetDouble())));
        Assert.Equal(trials.Min(Mean), Mean(outcome.Json.GetProperty("best")));
        Assert.Equal(6, trials.Select(Mean).Distinct().Count());
        Assert.Contains("Trials, the best first", File.ReadAllText(_folder.File("search.html")), StringComparison.Ordinal);

        JsonElement best = outcome.Json.GetProperty("best");
        Run("train", "esn", "data.npy", "--config", "best.json", "-o", "RUN");
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        foreach (string key in (string[])["units", "leak", "spectral_radius", "input_scale", "bias_scale", "ridge"])
            Assert.Equal(best.GetProperty(key).GetDouble(), config.GetProperty(key).GetDouble());
        Assert.Equal(4, config.GetProperty("seed").GetInt32());

        Assert.Equal(outcome.Json.GetProperty("trials").GetRawText(), Run(search).Json.GetProperty("trials").GetRawText());
    }

    [Fact]
    public void Draws_from_ranges_lie_in_them_and_the_same_seed_draws_the_same()
    {
        string[] search =
        [
            "search", "esn", "data.npy", "--units", "20..40", "--leak", "0.2..1", "--ridge", "1e-4,1", "--trials", "8", "--repeats", "1",
            "--score", "vpt", "--json"
        ];
        JsonElement first = Run(search).Json;
        JsonElement[] trials = Trials(first);
        Assert.Equal(8, trials.Length);
        Assert.All(trials, trial =>
        {
            Assert.InRange(trial.GetProperty("units").GetInt32(), 20, 40);
            Assert.InRange(trial.GetProperty("leak").GetDouble(), 0.2, 1);
            Assert.Contains(trial.GetProperty("ridge").GetDouble(), new[] { 1e-4, 1 });
        });
        Assert.Equal(8, trials.Select(t => t.GetProperty("leak").GetDouble()).Distinct().Count());
        Assert.NotEqual(trials.Min(Mean), trials.Max(Mean));
        Assert.Equal(trials.Max(Mean), Mean(first.GetProperty("best")));
        Assert.Equal(first.GetRawText(), Run(search).Json.GetRawText());
        Assert.NotEqual(first.GetProperty("trials").GetRawText(), Run([.. search, "--seed", "1"]).Json.GetProperty("trials").GetRawText());
    }

    [Fact]
    public void A_line_goes_down_until_the_score_is_above_the_limit()
    {
        JsonElement[] trials = Trials(Run(
            "search", "esn", "data.npy", "--line", "--units", "40", "--factor", "2", "--limit", "1.5", "--repeats", "2", "--report",
            "line.html", "--json").Json);
        Assert.Equal([.. new[] { 40, 20, 10, 5, 2, 1 }.Take(trials.Length)], trials.Select(t => t.GetProperty("units").GetInt32()));
        Assert.InRange(trials.Length, 2, 6);
        Assert.All(trials[..^1], trial => Assert.InRange(Mean(trial), 0, 1.5 * Mean(trials[0])));
        Assert.True(trials.Length == 6 || Mean(trials[^1]) > 1.5 * Mean(trials[0]));
        Assert.True(File.Exists(_folder.File("line.html")));
    }

    [Fact]
    public void The_best_are_listed_with_the_command_to_type_next()
    {
        string[] lines = Run(
            "search", "esn", "data.npy", "--units", "20", "--leak", "0.1,0.2,0.3,0.4,0.5,0.6", "--ridge", "1e-4,1", "--repeats", "1", "-o",
            "best.json", "-q").Output.Split('\n');
        Assert.Equal("... the best 10 of 12", lines[10]);
        double[] scores = [.. lines[..10].Select(l => double.Parse(l.Split("+-")[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(scores.Order(), scores);
        Assert.Equal("  next: attractor train esn data.npy --config best.json -o RUN", lines[12]);
    }

    [Fact]
    public void A_search_in_which_nothing_has_a_score_says_so()
    {
        Outcome outcome = Command.Run(
            _folder.Path, "search", "esn", "data.npy", "--units", "300", "--ridge", "0", "--repeats", "1", "--json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal(JsonValueKind.Null, outcome.Json.GetProperty("best").ValueKind);
        Assert.Contains("raise --ridge", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search plrnn data.npy", "for esn", "plrnn")]
    [InlineData("search esn missing.npy", "missing.npy", "no such file")]
    [InlineData("search esn data.npy --score mes", "mse or vpt", "mes")]
    [InlineData("search esn data.npy --leak 1..0.5", "--leak", "from less to more")]
    [InlineData("search esn data.npy --leak 0..0.5..1", "--leak", "a range such as")]
    [InlineData("search esn data.npy --leak 0.5..x", "--leak", "numbers")]
    [InlineData("search esn data.npy --leak 2..3", "leak must be", "at most 1")]
    [InlineData("search esn data.npy --leak 0.1..1.01 --trials 1", "leak must be", "not 1.01")]
    [InlineData("search esn data.npy --units 1.5,2", "--units", "whole numbers")]
    [InlineData("search esn data.npy --line --leak 0.1..0.5", "--line", "give --leak one value")]
    [InlineData("search esn data.npy --line --score vpt", "--line", "leave --score out")]
    [InlineData("search esn data.npy --line --factor 1", "--factor", "above 1")]
    [InlineData("search esn data.npy --test 1", "--test", "between 0 and 1")]
    [InlineData("search esn data.npy --trials 0", "--trials", "positive")]
    [InlineData("search esn data.npy --trials 2000000000 --leak 0.1..1", "--trials", "at most 100000")]
    [InlineData("search esn data.npy --repeats 2000000000", "--repeats", "more than 1000000 networks")]
    [InlineData("search esn data.npy --line --repeats 2000000000", "--repeats", "more than 1000000 networks")]
    [InlineData("search esn data.npy --seed -1 --leak 0.1..1", "--seed", "negative")]
    [InlineData("search esn data.npy --washout 300 --connectivity 0.5", "washout of 300", "299 pairs")]
    [InlineData("search esn data.npy --select gcv", "--select", "attractor search --help")]
    public void A_search_that_cannot_be_gets_one_line(string line, string first, string second)
        => Command.Run(_folder.Path, line.Split(' ')).IsBadInput(first, second);

    [Fact]
    public void More_combinations_than_anyone_waits_for_get_one_line()
    {
        string values = string.Join(',', Enumerable.Range(1, 400));
        Command.Run(_folder.Path, "search", "esn", "data.npy", "--units", values, "--ridge", values).IsBadInput(
            "more than 100000 combinations", "take ranges");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(390)]
    public void Gaps_in_the_part_to_train_on_or_to_test_on_get_one_line(int row)
    {
        double[] values = SeriesFile.Read(_folder.File("data.npy")).Values.ToArray();
        values[2 * row] = double.NaN;
        SeriesFile.Write(_folder.File("gap.npy"), new TimeSeries(values, 2));
        Command.Run(_folder.Path, "search", "esn", "gap.npy", "--units", "20", "--connectivity", "0.5").IsBadInput(
            "gap.npy", $"1 missing value, in row {row}", "fill them");
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();

    private static JsonElement[] Trials(JsonElement search) => [.. search.GetProperty("trials").EnumerateArray()];

    private static double Mean(JsonElement trial) => trial.GetProperty("mean").GetDouble();

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];
}
