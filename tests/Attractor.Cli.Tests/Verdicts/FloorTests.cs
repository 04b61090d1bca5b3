using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor floor</c></summary>
public sealed class FloorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_says_what_a_perfect_model_and_what_knows_nothing_score()
    {
        Run("simulate", "lorenz63", "--steps", "8000", "--dt", "0.02", "-o", "data.npy");
        JsonElement json = Run("floor", "data.npy", "--json").Json;
        Assert.Equal(
            [
                "rows", "columns", "d_stsp_form", "d_stsp_bins", "d_stsp_components", "lengths", "baselines", "d_stsp_floor",
                "d_stsp_ceiling", "d_stsp_decidable", "d_stsp_decidable_reason", "d_hellinger_floor", "d_hellinger_ceiling",
                "d_hellinger_decidable", "d_hellinger_decidable_reason"
            ],
            Keys(json));
        Assert.Equal((8000, 3, "binned"), (
            json.GetProperty("rows").GetInt32(), json.GetProperty("columns").GetInt32(), json.GetProperty("d_stsp_form").GetString()));
        JsonElement[] lengths = [.. json.GetProperty("lengths").EnumerateArray()];
        Assert.Equal([1000, 2000, 4000], lengths.Select(l => l.GetProperty("rows").GetInt32()));
        Assert.Equal(["rows", "d_stsp", "d_hellinger", "prediction_error_20", "d_stsp_by_bins"], Keys(lengths[0]));
        // The floor falls with the rows and with the bins.
        Assert.True(Number(lengths[2], "d_stsp") < Number(lengths[0], "d_stsp"));
        double[] byBins = [.. lengths[2].GetProperty("d_stsp_by_bins").EnumerateArray().Select(b => Number(b, "d_stsp"))];
        Assert.True(byBins[^1] < byBins[0]);
        Assert.Equal(Number(lengths[2], "d_stsp"), Number(json, "d_stsp_floor"));
        Dictionary<string, JsonElement> baselines =
            json.GetProperty("baselines").EnumerateArray().ToDictionary(b => b.GetProperty("name").GetString()!);
        Assert.Equal(["surrogate", "noise", "mean", "persistence", "parroting"], baselines.Keys);
        Assert.Equal(
            Number(json, "d_stsp_ceiling"),
            ((string[])["surrogate", "noise", "mean"]).Min(name => Number(baselines[name], "d_stsp")));
        // What has been heard before is better than what stays as it is, and has the spectrum of the data.
        Assert.True(Number(baselines["parroting"], "prediction_error_20") < 0.1 * Number(baselines["persistence"], "prediction_error_20"));
        Assert.True(Number(baselines["parroting"], "d_hellinger") < 0.3 && Number(baselines["persistence"], "d_hellinger") == 1);
        Assert.True(json.GetProperty("d_stsp_decidable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, baselines["surrogate"].GetProperty("prediction_error_20").ValueKind);

        string text = Run("floor", "data.npy").Output;
        Assert.Contains("perfect model, 4,000 rows", text, StringComparison.Ordinal);
        Assert.Contains("context parroting", text, StringComparison.Ordinal);
        Assert.DoesNotContain("undecidable", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_variables_are_judged_by_their_components_and_few_rows_decide_nothing()
    {
        Run("simulate", "lorenz96", "--steps", "4000", "-o", "wide.npy");
        JsonElement json = Run("floor", "wide.npy", "--json").Json;
        Assert.Equal(("binned-components", 3), (
            json.GetProperty("d_stsp_form").GetString(), json.GetProperty("d_stsp_components").GetInt32()));
        Assert.True(json.TryGetProperty("d_stsp_gmm_floor", out _));
        Random random = new(1);
        File.WriteAllLines(
            _folder.File("noise.csv"), Enumerable.Range(0, 200).Select(_ => FormattableString.Invariant($"{random.NextDouble()}")));
        Outcome noise = Run("floor", "noise.csv");
        Assert.Contains("D_H of 200 rows says little", noise.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("floor short.csv", "100 rows")]
    [InlineData("floor constant.csv", "constant")]
    [InlineData("floor lorenz63 --bins 1", "--bins")]
    [InlineData("floor absent.npy", "absent.npy")]
    public void Bad_input_gets_one_line(string command, string word)
    {
        File.WriteAllLines(_folder.File("short.csv"), Enumerable.Range(0, 20).Select(t => $"{t}"));
        File.WriteAllLines(_folder.File("constant.csv"), Enumerable.Range(0, 200).Select(t => $"{t},1"));
        Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);
    }

    private static double Number(JsonElement json, string key) => json.GetProperty(key).GetDouble();

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
