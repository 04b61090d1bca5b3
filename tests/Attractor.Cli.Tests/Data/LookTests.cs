using System.Globalization;
using System.Text;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor look</c>, and what recordings say nothing or less than they seem to.</summary>
public sealed class LookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Look_says_what_is_understood_with_moments_and_periods()
    {
        StringBuilder text = new("t_ms,x,y\n");
        for (int i = 0; i < 400; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{20 * i},{3 + Math.Sin(2 * Math.PI * i / 25):R},{(i == 7 ? "" : i % 2 == 0 ? "0" : "1")}\n");
        File.WriteAllText(_folder.File("a.csv"), text.ToString());
        JsonElement json = Command.Run(_folder.Path, "look", "a.csv", "--json").Succeeds().Json;
        Assert.Equal("2 columns of 3 (time 't_ms' left out), 400 rows, dt 0.02 s", json.GetProperty("summary").GetString());
        Assert.Equal((0.02, "s"), (json.GetProperty("dt").GetDouble(), json.GetProperty("time_unit").GetString()));
        Assert.Equal(400, json.GetProperty("rows").GetInt32());
        JsonElement x = json.GetProperty("statistics")[0], y = json.GetProperty("statistics")[1];
        Assert.Equal(3, x.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(0.5), x.GetProperty("standard_deviation").GetDouble(), 1e-12);
        Assert.Equal(25, x.GetProperty("dominant_period_rows").GetDouble(), 1e-9);
        Assert.Equal((1, JsonValueKind.Null), (y.GetProperty("missing").GetInt32(), y.GetProperty("dominant_period_rows").ValueKind));
        string lines = Command.Run(_folder.Path, "look", "a.csv").Succeeds().Output;
        Assert.StartsWith("a.csv: 2 columns of 3 (time 't_ms' left out), 400 rows, dt 0.02 s\n", lines);
        Assert.Contains("0.5 s", lines);
        Command.Run(_folder.Path, "look", "none.csv").IsBadInput("none.csv", "no such file");
    }

    [Fact]
    public void Look_says_what_is_infinite()
    {
        File.WriteAllText(_folder.File("a.csv"), "x,y\n1.5,2\n2.5,inf\n4,-inf\n3,4\n");
        string lines = Command.Run(_folder.Path, "look", "a.csv").Succeeds().Output;
        Assert.Contains("'y' is infinite in 2 rows, which the other numbers leave out", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("'x' is", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", lines, StringComparison.Ordinal);
        JsonElement y = Command.Run(_folder.Path, "look", "a.csv", "--json").Succeeds().Json.GetProperty("statistics")[1];
        Assert.Equal((2, 3.0), (y.GetProperty("infinite").GetInt32(), y.GetProperty("mean").GetDouble()));
    }

    [Fact]
    public void Look_measures_noise_in_the_units_of_the_data()
    {
        Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "5000", "--dt", "0.01", "--noise", "0.05", "-o", "a.npy").Succeeds();
        JsonElement json = Command.Run(_folder.Path, "look", "a.npy", "--json").Succeeds().Json;
        JsonElement[] statistics = [.. json.GetProperty("statistics").EnumerateArray()];
        Assert.All(statistics, x => Assert.Equal(
            0.05 * x.GetProperty("standard_deviation").GetDouble(),
            x.GetProperty("noise").GetDouble(),
            0.004 * x.GetProperty("standard_deviation").GetDouble()));
        Command.Run(_folder.Path, "simulate", "henon", "--steps", "1000", "-o", "b.npy").Succeeds();
        Assert.Contains("none\n", Command.Run(_folder.Path, "look", "b.npy").Succeeds().Output + "\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("constant", "constant (5 in the first of 300 rows)")]
    [InlineData("periodic", "repeats itself exactly every 12 rows")]
    [InlineData("short", "5 rows are too few")]
    public void A_recording_without_dynamics_is_refused_with_the_reason(string what, string words)
    {
        double[] values = what switch
        {
            "constant" => [.. Enumerable.Repeat(5.0, 300)],
            "periodic" => [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i % 12))],
            _ => [1, 3, 2, 5, 4],
        };
        SeriesFile.Write(_folder.File("a.npy"), new TimeSeries(values, 1));
        foreach (string verb in (string[])["lyapunov", "dimension", "embed"])
            Command.Run(_folder.Path, verb, "a.npy").IsBadInput("a.npy", words);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(9, false)]
    public void Rounded_values_are_warned_of(int digits, bool warned)
    {
        double[] values = new double[4000];
        (double x, double y) = (0.1, 0.1);
        for (int i = 0; i < 2000; i++)
        {
            (x, y) = (1 - (1.4 * x * x) + y, 0.3 * x);
            (values[2 * i], values[(2 * i) + 1]) = (Math.Round(x, digits), Math.Round(y, digits));
        }
        SeriesFile.Write(_folder.File("a.npy"), new TimeSeries(values, 2));
        Outcome outcome = Command.Run(_folder.Path, "lyapunov", "a.npy", "--json").Succeeds();
        string sentence = outcome.Json.GetProperty("data").GetProperty("sentence").GetString()!;
        Assert.Equal(warned, sentence.Contains("neighbours tie", StringComparison.Ordinal));
        string errors = Command.Run(_folder.Path, "lyapunov", "a.npy").Succeeds().Errors;
        Assert.Equal(warned, errors.Contains("neighbours tie", StringComparison.Ordinal));
    }

    [Fact]
    public void A_map_that_leaves_every_bound_gets_a_sentence()
    {
        Outcome outcome = Command.Run(_folder.Path, "lyapunov", "henon", "-p", "a=3");
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains("the orbit of henon leaves every bound", outcome.Errors);
    }

    [Fact]
    public void Without_a_time_step_exponents_are_those_of_a_step()
    {
        _folder.WriteData();
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--units", "30", "-o", "RUN").Succeeds();
        Assert.Contains("per step", Command.Run(_folder.Path, "lyapunov", "RUN", "--steps", "200").Succeeds().Output);
        Assert.Contains("per step", Command.Run(_folder.Path, "evaluate", "RUN", "data.npy").Succeeds().Output);
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--units", "30", "--dt", "0.1", "-o", "TIMED").Succeeds();
        Assert.Contains("per unit of time", Command.Run(_folder.Path, "lyapunov", "TIMED", "--steps", "200").Succeeds().Output);
    }
}
