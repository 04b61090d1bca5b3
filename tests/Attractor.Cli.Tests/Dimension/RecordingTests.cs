using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor dimension</c>, <c>embed</c> and <c>lyapunov</c> of a recording.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_tells_its_largest_exponent_its_dimension_and_how_to_embed_it()
    {
        Run("simulate", "lorenz63", "--steps", "5000", "--dt", "0.05", "-o", "data.npy");
        foreach (string method in (string[])["rosenstein", "kantz"])
        {
            JsonElement json = Run("lyapunov", "data.npy", "--dt", "0.05", "--method", method, "--report", $"{method}.html", "--json").Json;
            Assert.Equal(method, json.GetProperty("method").GetString());
            Assert.Equal(0.906, json.GetProperty("lyapunov_max").GetDouble(), 0.2);
            Assert.Equal(2, json.GetProperty("region").GetArrayLength());
            Assert.True(File.Exists(_folder.File($"{method}.html")));
        }
        JsonElement dimension = Run("dimension", "data.npy", "--report", "dimension.html", "--json").Json;
        Assert.Equal(2.05, dimension.GetProperty("correlation_dimension").GetDouble(), 0.15);
        Assert.Equal(dimension.GetProperty("radii").GetArrayLength(), dimension.GetProperty("correlation_sum").GetArrayLength());
        JsonElement embedded = Run("embed", "data.npy", "--column", "2", "-o", "embedded.npy", "--report", "embedding.html", "--json").Json;
        Assert.InRange(embedded.GetProperty("delay").GetInt32(), 2, 6);
        Assert.InRange(embedded.GetProperty("dimension").GetInt32(), 3, 6);
        Assert.True(File.Exists(_folder.File("embedded.npy")) && File.Exists(_folder.File("embedding.html")));
        Assert.Equal(3, Run("embed", "data.npy", "--delay", "4", "--dimension", "3", "--json").Json.GetProperty("dimension").GetInt32());
    }

    [Fact]
    public void Trials_are_pooled_and_none_is_followed_into_the_next()
    {
        Run("simulate", "henon", "--steps", "4000", "-o", "whole.npy");
        TimeSeries whole = SeriesFile.Read(_folder.File("whole.npy"));
        SeriesFile.WriteTrials(_folder.File("trials.npz"), [.. Enumerable.Range(0, 40).Select(i => whole.Slice(100 * i, 100))]);
        foreach (string verb in (string[])["dimension", "lyapunov"])
        {
            Outcome outcome = Run(verb, "trials.npz", "--json");
            JsonElement data = outcome.Json.GetProperty("data");
            Assert.Equal(40, data.GetProperty("trials").GetInt32());
            Assert.Contains("pooled over 40 trials, 4,000 rows", data.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        }
        double Value(string verb, string file, string key) => Run(verb, file, "--json").Json.GetProperty(key).GetDouble();
        Assert.Equal(0.419, Value("lyapunov", "trials.npz", "lyapunov_max_per_step"), 0.05);
        Assert.Equal(
            Value("dimension", "whole.npy", "correlation_dimension"), Value("dimension", "trials.npz", "correlation_dimension"), 0.03);
        Assert.Equal(40 * 97, Run("dimension", "trials.npz", "--embed", "2,3", "--json").Json.GetProperty("rows").GetInt32());
        SeriesFile.WriteTrials(_folder.File("two.npz"), [whole.Slice(0, 600), whole.Slice(600, 900), whole.Slice(1500, 50)]);
        JsonElement[] floors = [.. Run("floor", "two.npz", "--json").Json.GetProperty("trials").EnumerateArray()];
        SeriesFile.Write(_folder.File("first.npy"), whole.Slice(0, 600));
        Assert.Equal(Value("floor", "first.npy", "d_stsp_floor"), floors[0].GetProperty("d_stsp_floor").GetDouble());
        Assert.Equal([600, 900, 50], floors.Select(floor => floor.GetProperty("rows").GetInt32()));
        Assert.Equal("it has fewer than 100 rows", floors[2].GetProperty("left_out").GetString());
        Assert.Contains("arr_2: left out, it has fewer than 100 rows", Run("floor", "two.npz").Output, StringComparison.Ordinal);
        Run("gradients", "plrnn", "trials.npz", "--sequence", "90", "--windows", "8", "--grid", "0");
        Command.Run(_folder.Path, "gradients", "plrnn", "trials.npz", "--sequence", "100", "--grid", "0")
            .IsBadInput("the longest trial has 100 rows");
    }

    [Theory]
    [InlineData("dimension lorenz63 --embed 3", "3,16")]
    [InlineData("dimension lorenz63 --steps 10", "too few")]
    [InlineData("embed lorenz63 --delay soon", "--delay")]
    [InlineData("embed lorenz63 --column w", "x, y, z")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
