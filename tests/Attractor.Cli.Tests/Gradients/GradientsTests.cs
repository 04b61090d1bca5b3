using System.Text.Json;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

/// <summary>The gradients of recurrent networks, and the loss around their parameters.</summary>
public sealed class GradientsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GradientsTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_lie_evenly_over_all_places_within_trials()
    {
        TimeSeries[] trials = [Counting(5, 0), Counting(3, 100), Counting(8, 200)];
        // Of 3 steps, 4 rows: two places in the first trial, none in the second, five in the third.
        Assert.Equal([0, 1, 200, 201, 202, 203, 204], SpreadWindows.Of(trials, 7, 3).Select(window => window[0, 0]));
        Assert.Equal([0, 201, 204], SpreadWindows.Of(trials, 3, 3).Select(window => window[0, 0]));
        Assert.All(SpreadWindows.Of(trials, 7, 3), window => Assert.Equal((4, window[0, 0] + 3), (window.Length, window[3, 0])));

        static TimeSeries Counting(int rows, int first) => new([.. Enumerable.Range(first, rows).Select(t => (double)t)], 1);
    }

    [Fact]
    public void A_trained_network_shows_how_forcing_changes_the_gradient()
    {
        Command.Run(
            _folder.Path, "train", "shplrnn", "data.npy", "--hidden", "8", "--start", "random", "--alpha", "0.1", "--updates", "200",
            "--sequence", "30", "-o", "RUN", "-q").Succeeds();
        JsonElement json = Command.Run(
            _folder.Path, "gradients", "RUN", "--sequence", "120", "--windows", "4", "--alpha", "0.1,0.5", "--interval", "16", "--grid",
            "5", "--json").Succeeds().Json;
        JsonElement[] curves = [.. json.GetProperty("curves").EnumerateArray()];
        Assert.Equal(
            ["no forcing", "generalised, alpha = 0.1", "generalised, alpha = 0.5", "sparse, tau = 16"],
            curves.Select(c => c.GetProperty("forcing").GetString()!));
        double free = curves[0].GetProperty("growth_rate").GetDouble();
        // Both units are observed: each forced step takes its part.
        Assert.InRange(curves[2].GetProperty("growth_rate").GetDouble(), free + Math.Log(0.5) - 0.15, free + Math.Log(0.5) + 0.15);
        Assert.Equal(JsonValueKind.Null, curves[3].GetProperty("growth_rate").ValueKind);
        Assert.Equal(120, curves[0].GetProperty("norms").GetArrayLength());
        Assert.Equal(0, curves[3].GetProperty("norms")[40].GetDouble());
        JsonElement[] landscapes = [.. json.GetProperty("landscapes").EnumerateArray()];
        Assert.Equal(2, landscapes.Length);
        Assert.Equal(25, landscapes[0].GetProperty("losses").GetArrayLength());
        string html = File.ReadAllText(_folder.File("gradients.html"));
        foreach (string words
            in (string[])["Norm of the gradient with respect to the state", "largest Lyapunov exponent", "The loss around the parameters"])
            Assert.Contains(words, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_as_it_is_drawn_needs_no_run()
    {
        Outcome outcome = Command.Run(
            _folder.Path, "gradients", "clipped-shplrnn", "data.npy", "--hidden", "9", "--latent", "3", "--seed", "2", "--sequence", "50",
            "--directions", "A[0],W1[2]", "--extent", "0.1", "--grid", "3", "-o", "g.html");
        Assert.Contains("largest Lyapunov exponent", outcome.Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("A[0]", File.ReadAllText(_folder.File("g.html")), StringComparison.Ordinal);
        Assert.Equal(
            0, Command.Run(
                _folder.Path, "gradients", "plrnn", "data.npy", "--grid", "0", "--sequence", "50", "--alpha", "none", "--interval", "none",
                "--json")
                .Succeeds().Json
                .GetProperty("landscapes")
                .GetArrayLength());
    }

    [Theory]
    [InlineData("plrnn", "which data")]
    [InlineData("plrnn missing.npy", "missing.npy")]
    [InlineData("plrnn data.npy --hidden 3", "no hidden units")]
    [InlineData("plrnn data.npy --latent 1", "--latent")]
    [InlineData("plrnn data.npy --sequence 400", "--sequence 400")]
    [InlineData("plrnn data.npy --sequence 3", "--sequence")]
    [InlineData("plrnn data.npy --sequence 50 --windows 0", "--windows")]
    [InlineData("plrnn data.npy --sequence 50 --alpha 2", "--alpha")]
    [InlineData("plrnn data.npy --sequence 50 --alpha x", "--alpha")]
    [InlineData("plrnn data.npy --sequence 50 --interval 1.5", "--interval")]
    [InlineData("plrnn data.npy --sequence 50 --grid 4", "--grid")]
    [InlineData("plrnn data.npy --sequence 50 --extent 0", "--extent")]
    [InlineData("plrnn data.npy --sequence 50 --directions random", "--directions")]
    [InlineData("plrnn data.npy --sequence 50 --directions random,B", "--directions")]
    [InlineData("plrnn data.npy --sequence 50 --directions random,Q[0]", "no tensor 'Q'")]
    [InlineData("plrnn data.npy --sequence 50 --seed -1", "--seed")]
    [InlineData("missing", "missing")]
    public void Bad_input_is_one_line(string arguments, string words)
        => Command.Run(_folder.Path, ["gradients", .. arguments.Split(' ')]).IsBadInput(words);

    [Fact]
    public void Other_models_are_refused()
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "N", "-q").Succeeds();
        Command.Run(_folder.Path, "gradients", "N").IsBadInput("holds a ngrc", "shplrnn");
        Command.Run(_folder.Path, "gradients", "N", "--latent", "3").IsBadInput("--latent");
    }
}
