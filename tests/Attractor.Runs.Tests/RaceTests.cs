using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Systems;

namespace Attractor.Runs.Tests;

public sealed class RaceTests : IDisposable
{
    private static readonly AutoSettings s_short = new() { Budget = TimeSpan.FromSeconds(2), Dt = 0.02, Seed = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_winner_of_a_race_becomes_the_model_and_the_record_says_why()
    {
        string data = WriteLorenz(2000), path = _folder.File("RUN"), winner;
        using (Run run = Run.Start(path, AutoKind.KindName, data, s_short))
        {
            JsonObject json = run.Train().Json;

            Assert.Equal("completed", json["ending"]!.GetValue<string>());
            JsonArray race = json["race"]!.AsArray();
            double winning = json["score"]!.GetValue<double>();
            Assert.Equal(race.Min(r => r!["score"]?.GetValue<double>() ?? double.PositiveInfinity), winning);
            winner = json["winner"]!.GetValue<string>();
            Assert.Contains(race, r => r!["name"]!.GetValue<string>() == winner);
            Assert.Equal(json["model"]!.GetValue<string>(), json["winner_settings"]!["model"]!.GetValue<string>());
        }
        Run opened = Run.Open(path);
        Assert.True(double.IsFinite(opened.Evaluate(data)["d_stsp"]));
        Assert.Equal(TimeSpan.FromSeconds(2), ((AutoSettings)opened.Settings).Budget);
        opened.Report();
        string html = File.ReadAllText(Path.Combine(path, "report.html"));
        foreach (string words in (string[])["The race", $"{winner} won in round", "the next best candidate has", "<td>ngrc-2-order2</td>"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(path, "race", "race.json"), "{\"results\": [3]}");
        Assert.Contains(
            "start the race anew", Assert.Throws<InvalidDataException>(() => opened.Report()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_race_goes_on_with_what_was_decided()
    {
        string data = WriteLorenz(1000), path = _folder.File("CUT");
        using CancellationTokenSource stop = new();
        using (Run run = Run.Start(path, AutoKind.KindName, data, s_short))
            Assert.Equal(TrainingEnding.Cancelled, run.Train(new StopsAtFirst(stop), stop.Token).Ending);
        string record = Path.Combine(path, "race", "race.json");
        JsonObject before = JsonNode.Parse(File.ReadAllText(record))!.AsObject();
        JsonArray decided = before["results"]!.AsArray();
        Assert.NotEmpty(decided);

        Assert.Equal(TrainingEnding.Completed, Run.Open(path).Resume().Ending);

        JsonObject after = JsonNode.Parse(File.ReadAllText(record))!.AsObject();
        Assert.Equal(before["slowness"]!.ToJsonString(), after["slowness"]!.ToJsonString());
        Assert.All(decided, r => Assert.Contains(after["results"]!.AsArray(), a => JsonNode.DeepEquals(a, r)));
        Assert.True(Run.Open(path).IsFinished);
    }

    [Fact]
    public void A_damaged_record_is_refused_in_a_sentence()
    {
        string data = WriteLorenz(1000), path = _folder.File("DAMAGED");
        using CancellationTokenSource stop = new();
        using (Run run = Run.Start(path, AutoKind.KindName, data, s_short))
            run.Train(new StopsAtFirst(stop), stop.Token);
        foreach (string text in (string[])["{\"round_seconds\": 3}", "{\"round_seconds\": [], \"results\": [{}]}", "[]", "nonsense"])
        {
            File.WriteAllText(Path.Combine(path, "race", "race.json"), text);
            Assert.Contains(
                "race.json", Assert.Throws<InvalidDataException>(() => Run.Open(path).Resume()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_that_nothing_can_be_compared_with_and_no_time_are_refused_before_any_work()
    {
        string data = WriteLorenz(300);

        Assert.Contains(
            "at least 500 rows",
            Assert.Throws<ArgumentException>(() => Run.Start(_folder.File("A"), AutoKind.KindName, data, s_short)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "at least a second",
            Assert.Throws<SettingException>(() => Run.Start(
                _folder.File("B"), AutoKind.KindName, WriteLorenz(1000), s_short with { Budget = TimeSpan.FromSeconds(0.5) })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("2.5", 2.5)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    public void A_budget_has_a_unit(string text, double seconds)
    {
        Setting budget = ModelKinds.Find(AutoKind.KindName).Settings.Find("budget")!;

        Assert.Equal(TimeSpan.FromSeconds(seconds), budget.Parse(text));
        Assert.Equal(TimeSpan.FromSeconds(seconds), budget.Parse(budget.Write(budget.Parse(text))!.GetValue<string>()));
    }

    [Theory]
    [InlineData("s")]
    [InlineData("5 minutes")]
    [InlineData("-3s")]
    [InlineData("1e300h")]
    [InlineData("0,5s")]
    public void A_budget_that_is_none_is_refused(string text)
        => Assert.Contains(
            "90s, 5m or 1h",
            Assert.Throws<ArgumentException>(() => ModelKinds.Find(AutoKind.KindName).Settings.Find("budget")!.Parse(text)).Message,
            StringComparison.Ordinal);

    private string WriteLorenz(int rows)
    {
        string file = _folder.File(FormattableString.Invariant($"lorenz-{rows}.npy"));
        SeriesFile.Write(file, Lorenz63.Default.Simulate(steps: rows, dt: 0.02, seed: 1).Standardize());
        return file;
    }

    private sealed class StopsAtFirst(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
