using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>The sentence on a model that <c>train</c>, <c>evaluate</c> and <c>report</c> say.</summary>
public sealed class VerdictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public VerdictTests()
        => Run("simulate", "lorenz63", "--steps", "8000", "--dt", "0.02", "--standardize", "-o", "data.npy").Succeeds();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_that_runs_is_on_the_attractor_and_meets_what_is_required()
    {
        string[] ngrc = ["train", "ngrc", "data.npy", "--delays", "2", "--orders", "2,3", "--ridge", "1e-6", "-o", "RUN"];
        Outcome trained = Command.Run(_folder.Path, [.. ngrc, "--json", "--require-verdict", "on the attractor"]).Succeeds();
        Assert.Equal("on the attractor", trained.Json.GetProperty("verdict").GetString());
        Assert.Contains("D_stsp", trained.Json.GetProperty("verdict_reason").GetString(), StringComparison.Ordinal);
        Outcome evaluated = Run("evaluate", "RUN", "data.npy", "--lyapunov-steps", "1000", "--require-verdict", "near").Succeeds();
        Assert.Contains("verdict: on the attractor: ", evaluated.Output, StringComparison.Ordinal);
        Command.Run(_folder.Path, "report", "RUN", "-o", "report.html").Succeeds();
        string page = File.ReadAllText(_folder.File("report.html"));
        int verdict = page.IndexOf("on the attractor: ", StringComparison.Ordinal);
        Assert.InRange(verdict, 0, page.IndexOf("How close it is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_leaves_says_so_and_fails_only_where_more_is_required()
    {
        string[] point =
        [
            "train", "clipped-shplrnn", "data.npy", "--updates", "2", "--lr", "1e-6", "--lr-end", "1e-6", "--hidden", "4",
            "--sequence", "5", "--seed", "1", "--start", "random",
        ];
        Outcome trained = Command.Run(_folder.Path, [.. point, "-o", "RUN"]).Succeeds();
        Assert.Contains("verdict: left it for a fixed point: ", trained.Output, StringComparison.Ordinal);
        Outcome required = Command.Run(_folder.Path, [.. point, "-o", "AGAIN", "--require-verdict", "near"]);
        Assert.Equal(1, required.Code);
        Assert.Contains("'near it' or better and is 'left it for a fixed point'", required.Errors, StringComparison.Ordinal);
        // The model is there none the less.
        string[] evaluate = ["evaluate", "AGAIN", "data.npy", "--lyapunov-steps", "1000"];
        JsonElement scores = Command.Run(_folder.Path, [.. evaluate, "--json"]).Succeeds().Json;
        Assert.Equal("left it for a fixed point", scores.GetProperty("verdict").GetString());
        Assert.Equal(1, Command.Run(_folder.Path, [.. evaluate, "--require-verdict", "near it"]).Code);
    }

    [Fact]
    public void It_can_be_left_out()
    {
        Outcome trained = Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "--verdict", "no", "--json").Succeeds();
        Assert.False(trained.Json.TryGetProperty("verdict", out _));
        JsonElement scores = Run("evaluate", "RUN", "data.npy", "--verdict", "no", "--lyapunov-steps", "100", "--json").Json;
        Assert.False(scores.TryGetProperty("verdict", out _));
        foreach (string key in (string[])[
            "d_stsp_form", "d_stsp_bins", "d_stsp_components", "d_stsp_ceiling", "d_stsp_decidable", "d_stsp_decidable_reason",
            "d_hellinger_ceiling", "d_hellinger_decidable", "d_hellinger_decidable_reason"
        ])
            Assert.True(scores.TryGetProperty(key, out _), key);
    }

    [Theory]
    [InlineData("train ngrc data.npy --verdict maybe", "--verdict")]
    [InlineData("train ngrc data.npy --require-verdict good", "near")]
    [InlineData("train ngrc data.npy --require-verdict near --verdict no", "--require-verdict")]
    [InlineData("train vae data.npy --verdict no", "--verdict")]
    public void Bad_input_gets_one_line(string command, string word)
        => Run(command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments);
}
