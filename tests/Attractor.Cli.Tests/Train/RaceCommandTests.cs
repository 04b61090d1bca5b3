using System.Text.Json;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

public sealed class RaceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RaceCommandTests()
        => SeriesFile.Write(_folder.File("lorenz.npy"), Lorenz63.Default.Simulate(steps: 1500, dt: 0.02, seed: 1).Standardize());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_race_leaves_a_run_that_everything_can_be_asked_of()
    {
        JsonElement json = Command.Run(
            _folder.Path, "train", "auto", "lorenz.npy", "--budget", "1s", "--verdict", "no", "-o", "R", "-q", "--json").Succeeds().Json;

        Assert.Equal(
            ["run", "model", "observed", "parameters", "seed", "ending", "winner", "score", "winner_settings", "race", "seconds"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.All(
            json.GetProperty("race").EnumerateArray(),
            result => Assert.Equal(
                ["name", "round", "score", "updates", "seconds", "failure"], result.EnumerateObject().Select(p => p.Name)));
        Command.Run(_folder.Path, "generate", "R", "--steps", "50", "-o", "orbit.csv", "-q").Succeeds();
        Assert.Equal(50, SeriesFile.Read(_folder.File("orbit.csv")).Length);
        JsonElement scores = Command.Run(_folder.Path, "evaluate", "R", "lorenz.npy", "--json", "-q").Succeeds().Json;
        Assert.True(scores.GetProperty("d_stsp").GetDouble() >= 0);
    }

    [Fact]
    public void The_demo_takes_data_of_ones_own()
    {
        Outcome outcome = Command.Run(_folder.Path, "demo", "--data", "lorenz.npy", "--budget", "1s", "-o", "D", "-q");

        // A second is too little for a model that stays: whether it does is the verdict's to say.
        Assert.InRange(outcome.Code, 0, 1);
        Assert.Contains("round, candidate, score", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("verdict: ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("plotly", File.ReadAllText(_folder.File("D/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--updates is for the Lorenz attractor", "demo", "--data", "lorenz.npy", "--updates", "5")]
    [InlineData("--budget is for --data", "demo", "--budget", "5s")]
    [InlineData("--budget takes a time such as 90s, 5m or 1h, not soon", "train", "auto", "lorenz.npy", "--budget", "soon")]
    [InlineData("--budget must be at least a second", "train", "auto", "lorenz.npy", "--budget", "0s")]
    [InlineData("no hidden units to draw from the data", "train", "plrnn", "lorenz.npy", "--start", "data")]
    public void What_means_nothing_is_refused_in_a_sentence(string sentence, params string[] arguments)
        => Command.Run(_folder.Path, arguments).IsBadInput(sentence);
}
