using System.Globalization;
using System.Text;
using System.Text.Json;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>Files with an index, times, names, trials: every verb takes them, and says what it made of them.</summary>
public sealed class DataAsPeopleHaveThemTests : IDisposable
{
    private const double HenonExponent = 0.41922;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(",x,y", "{0},{1:R},{2:R}", "index in column 1")]
    [InlineData("date,x,y", "{3},{1:R},{2:R}", "time 'date'")]
    [InlineData("x,y,", "{1:R},{2:R},", null)]
    [InlineData("x,y,note", "{1:R},{2:R},fine", "text 'note'")]
    [InlineData("x;y", "{4};{5}", null)]
    [InlineData("\t0\t1", "{0}\t{1:R}\t{2:R}", "index 'index'")]
    public void The_exponent_is_that_of_the_variables(string header, string row, string? left)
    {
        string plain = Write("plain.csv", "x,y", "{1:R},{2:R}"), file = Write("data.csv", header, row);
        Outcome outcome = Run("lyapunov", file).Succeeds();
        JsonElement expected = Run("lyapunov", plain, "--json").Succeeds().Json, found = Run("lyapunov", file, "--json").Succeeds().Json;
        double exponent = found.GetProperty("lyapunov_max_per_step").GetDouble();
        Assert.Equal(expected.GetProperty("lyapunov_max_per_step").GetDouble(), exponent);
        Assert.Equal(HenonExponent, exponent, 0.02);
        Assert.Equal(["x", "y"], left == "index 'index'" ? ["x", "y"] : Names(found.GetProperty("data").GetProperty("variables")));
        Assert.Contains(left is null ? "2 columns, 2,000 rows" : $"2 columns of 3 ({left} left out), 2,000 rows", outcome.Errors);
        if (header.StartsWith("date", StringComparison.Ordinal))
            Assert.Contains(" per unit of time", outcome.Output);
        else
            Assert.Contains(" per row", outcome.Output);
    }

    [Fact]
    public void A_column_is_embedded_whatever_the_others_hold()
    {
        string plain = Write("plain.csv", "x", "{1:R}"), file = Write("data.csv", "when,x,what", "day {0},{1:R},{0}th");
        JsonElement alone = Run("embed", plain, "--json").Succeeds().Json;
        JsonElement chosen = Run("embed", file, "--column", "x", "--json").Succeeds().Json;
        foreach (string key in (string[])["variable", "delay", "dimension", "rows"])
            Assert.Equal(alone.GetProperty(key).ToString(), chosen.GetProperty(key).ToString());
    }

    [Theory]
    [InlineData("train esn DATA --units 30 -o OTHER")]
    [InlineData("train shplrnn DATA --updates 2 --sequence 20 -o OTHER")]
    [InlineData("train vae DATA --epochs 1 -o OTHER")]
    [InlineData("lyapunov DATA")]
    [InlineData("dimension DATA")]
    [InlineData("embed DATA")]
    [InlineData("evaluate RUN DATA")]
    [InlineData("report RUN --data DATA")]
    [InlineData("generate RUN --from DATA --steps 20")]
    [InlineData("search esn DATA --units 20,30 --repeats 1")]
    public void Every_verb_that_takes_data_takes_its_columns(string line)
    {
        string file = Write("data.csv", "when,x,y,n", "day {0},{1:R},{2:R},{0}");
        Run("train", "ngrc", file, "--columns", "x,y", "-o", "RUN").Succeeds();
        string[] words = line.Replace("DATA", file, StringComparison.Ordinal).Split(' ');
        Run([.. words, "--columns", "x,3"]).Succeeds();
        Run([.. words, "--columns", "x,Y"]).IsBadInput("data.csv", "no column 'Y'", "did you mean 'y'?");
    }

    [Fact]
    public void Columns_are_matched_by_name()
    {
        string xyz = Lorenz("xyz.csv", [0, 1, 2]), zyx = Lorenz("zyx.csv", [2, 1, 0]), xy = Lorenz("xy.csv", [0, 1]);
        Run("train", "ngrc", xyz, "--dt", "0.02", "-o", "RUN").Succeeds();
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal(["x", "y", "z"], Names(config.GetProperty("variables")));
        Assert.Equal("3 columns, 3,000 rows, dt 0.02", config.GetProperty("reading").GetString());
        Assert.Equal(
            Run("evaluate", "RUN", xyz, "--json").Succeeds().Output, Run("evaluate", "RUN", zyx, "--json").Succeeds().Output);
        Run("evaluate", "RUN", xy).IsBadInput("xy.csv", "no column 'z'", "trained on x, y, z");
        Run("generate", "RUN", "--from", xyz, "--steps", "30", "-o", "a.csv").Succeeds();
        Run("generate", "RUN", "--from", zyx, "--steps", "30", "-o", "b.csv").Succeeds();
        Assert.Equal(File.ReadAllText(_folder.File("a.csv")), File.ReadAllText(_folder.File("b.csv")));
        Assert.StartsWith("\"time\",\"x\",\"y\",\"z\"", File.ReadAllText(_folder.File("a.csv")));
    }

    [Fact]
    public void Columns_of_a_file_without_names_are_found_by_their_numbers()
    {
        SeriesFile.Write(_folder.File("a.npy"), Lorenz63.Default.Simulate(1500, 0.02, seed: 3).Standardize());
        Run("train", "esn", "a.npy", "--columns", "1,3", "--units", "40", "-o", "RUN").Succeeds();
        Run("generate", "RUN", "--steps", "20").Succeeds();
        Outcome outcome = Run("evaluate", "RUN", "a.npy").Succeeds();
        Assert.Contains("2 columns of 3 (column 2 left out), 1,500 rows", outcome.Errors);
    }

    [Fact]
    public void What_a_model_of_a_table_draws_has_the_names_of_its_columns()
    {
        string file = Write("data.csv", "n,weight,height", "{0},{1:R},{2:R}");
        Run("train", "vae", file, "--epochs", "1", "-o", "RUN").Succeeds();
        Run("generate", "RUN", "--count", "5", "-o", "drawn.csv").Succeeds();
        Assert.Equal(["weight", "height"], SeriesFile.Read(_folder.File("drawn.csv")).Names);
        string other = Write("other.csv", "height,weight", "{2:R},{1:R}");
        Assert.Equal(
            Run("evaluate", "RUN", file, "--json").Succeeds().Output, Run("evaluate", "RUN", other, "--json").Succeeds().Output);
    }

    [Fact]
    public void A_model_of_trials_does_all_that_others_do()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(4000, 0.02, seed: 5).Standardize();
        SeriesFile.WriteTrials(
            _folder.File("trials.npz"), [.. Enumerable.Range(0, 6).Select(i => orbit.Slice(500 * i, 300 + (30 * i)))]);
        Run("train", "esn", "trials.npz", "--units", "50", "--washout", "10", "--dt", "0.02", "-o", "RUN").Succeeds();
        Run("generate", "RUN", "--steps", "50").Succeeds();
        Run("lyapunov", "RUN", "--steps", "200").Succeeds();
        Run("report", "RUN").Succeeds();
        Outcome outcome = Run("evaluate", "RUN", "trials.npz").Succeeds();
        Assert.Contains("6 trials of 300 to 450 rows, dt 0.02", outcome.Errors);
        Assert.Contains("by trial, of 6:", outcome.Output);
        Assert.Contains("arr_5", outcome.Output);
        Assert.Contains("the longest of them is taken, 450 rows", Run("generate", "RUN", "--from", "trials.npz").Succeeds().Errors);
        Assert.Contains("It ran freely beside each of 6 trials, 2,250 rows in all", File.ReadAllText(_folder.File("RUN/report.html")));
    }

    [Fact]
    public void Scores_are_pooled_over_trials_and_given_by_trial()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(4000, 0.02, seed: 5).Standardize();
        TimeSeries[] trials = [orbit.Slice(0, 900), orbit.Slice(1000, 1200), orbit.Slice(2500, 700)];
        SeriesFile.WriteTrials(_folder.File("trials.npz"), trials);
        for (int i = 0; i < trials.Length; i++)
            SeriesFile.Write(_folder.File($"{i}.npy"), trials[i]);
        Run("train", "ngrc", "trials.npz", "--dt", "0.02", "-o", "RUN").Succeeds();
        JsonElement pooled = Run("evaluate", "RUN", "trials.npz", "--json").Succeeds().Json;
        JsonElement[] each = [.. pooled.GetProperty("trials").EnumerateArray()];
        Assert.Equal(["arr_0", "arr_1", "arr_2"], each.Select(trial => trial.GetProperty("name").GetString()));
        Assert.Equal([900, 1200, 700], each.Select(trial => trial.GetProperty("rows").GetInt32()));
        double spectra = 0, errors = 0, starts = 0;
        for (int i = 0; i < trials.Length; i++)
        {
            JsonElement alone = Run("evaluate", "RUN", $"{i}.npy", "--json").Succeeds().Json;
            Assert.Equal(alone.GetProperty("d_hellinger").GetDouble(), each[i].GetProperty("d_hellinger").GetDouble());
            Assert.Equal(alone.GetProperty("prediction_error_20").GetDouble(), each[i].GetProperty("prediction_error_20").GetDouble());
            spectra += alone.GetProperty("d_hellinger").GetDouble() * trials[i].Length / 2800;
            // A start needs the 20 rows after it and the row of history before it, in the same trial.
            starts += trials[i].Length - 21;
            errors += (trials[i].Length - 21) * alone.GetProperty("prediction_error_20").GetDouble();
            // A trial by name, by number, and the same as a file of its own: no other trial has a say.
            foreach (string named in (string[])[$"arr_{i}", $"{i + 1}"])
            {
                JsonElement one = Run("evaluate", "RUN", "trials.npz", "--trial", named, "--json").Succeeds().Json;
                Assert.Equal(alone.ToString(), one.ToString());
            }
        }
        Assert.Equal(spectra, pooled.GetProperty("d_hellinger").GetDouble(), 1e-12);
        Assert.Equal(errors / starts, pooled.GetProperty("prediction_error_20").GetDouble(), 1e-9 * errors / starts);
        Run("evaluate", "RUN", "trials.npz", "--trial", "arr_9")
            .IsBadInput("there is no trial 'arr_9' among 3", "arr_0, arr_1, arr_2, or a number from 1");
    }

    [Theory]
    [InlineData("train esn DATA --units 30 --washout 10 -o OTHER")]
    [InlineData("train ngrc DATA -o OTHER")]
    [InlineData("train shplrnn DATA --updates 2 --sequence 20 -o OTHER")]
    [InlineData("train vae DATA --epochs 1 -o OTHER")]
    [InlineData("train seqvae DATA --epochs 1 -o OTHER")]
    [InlineData("lyapunov DATA")]
    [InlineData("dimension DATA")]
    [InlineData("embed DATA")]
    [InlineData("floor DATA")]
    [InlineData("look DATA")]
    [InlineData("evaluate RUN DATA")]
    [InlineData("report RUN --data DATA")]
    [InlineData("generate RUN --from DATA --steps 20")]
    [InlineData("gradients NET DATA --sequence 100")]
    public void Every_verb_that_takes_data_takes_one_of_its_trials(string line)
    {
        string file = Write("data.csv", "who,x,y", "{6},{1:R},{2:R}");
        if (line.Contains("RUN", StringComparison.Ordinal))
            Run("train", "ngrc", file, "--columns", "x,y", "-o", "RUN").Succeeds();
        if (line.Contains("NET", StringComparison.Ordinal))
            Run("train", "shplrnn", file, "--columns", "x,y", "--updates", "2", "--sequence", "20", "-o", "NET").Succeeds();
        string[] words = line.Replace("DATA", file, StringComparison.Ordinal).Split(' ');
        Outcome outcome = Run([.. words, "--trial", "who=bob"]).Succeeds();
        if (!line.StartsWith("gradients", StringComparison.Ordinal))
            Assert.Contains("800 rows", outcome.Output + outcome.Errors);
        Run([.. words, "--trial", "who=eve"]).IsBadInput("data.csv: there is no trial 'eve' among 2; name one of ann, bob");
    }

    [Theory]
    [InlineData("train esn")]
    [InlineData("train shplrnn")]
    [InlineData("train seqvae")]
    [InlineData("lyapunov")]
    [InlineData("dimension")]
    [InlineData("embed")]
    public void Rows_taken_for_columns_are_refused_before_any_work(string verb)
    {
        SeriesFile.Write(_folder.File("wide.npy"), new TimeSeries([.. Enumerable.Range(0, 1200).Select(i => Math.Sin(i * i))], 400));
        Run([.. verb.Split(' '), "wide.npy"]).IsBadInput("wide.npy: 3 rows of 400 variables", "transpose it?", "--columns");
    }

    [Fact]
    public void A_run_keeps_what_was_chosen_and_repeats_it()
    {
        string file = Write("data.csv", "who,t,x,y", "{6},{7:R},{1:R},{2:R}");
        Run("train", "esn", file, "--trial", "who", "--columns", "y", "--units", "30", "-o", "RUN").Succeeds();
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal(("y", "who"), (config.GetProperty("columns").GetString(), config.GetProperty("trial").GetString()));
        Assert.Equal(0.5, config.GetProperty("dt").GetDouble());
        Run("train", "esn", file, "--config", "RUN/config.json", "-o", "AGAIN").Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
        Run("generate", "RUN", "--steps", "10", "-o", "a.csv").Succeeds();
        TimeSeries orbit = SeriesFile.Read(_folder.File("a.csv"));
        Assert.Equal(["time", "y"], orbit.Names);
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5], orbit.Column(0));
        // Which is known for what it is when the orbit is read again.
        Assert.Equal(["y"], DataFile.Read(_folder.File("a.csv")).Variables);
    }

    private static string[] Names(JsonElement array) => [.. array.EnumerateArray().Select(name => name.GetString()!)];

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments);

    private string Write(string name, string header, string row)
    {
        StringBuilder text = new(header + "\n");
        (double x, double y) = (0.1, 0.1);
        for (int i = -100; i < 2000; i++)
        {
            (x, y) = (1 - (1.4 * x * x) + y, 0.3 * x);
            if (i >= 0)
                text.Append(string.Format(
                    CultureInfo.InvariantCulture, row,
                    i, x, y, new DateTime(2024, 1, 1).AddSeconds(i).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                    Comma(x), Comma(y), i < 1200 ? "ann" : "bob", 0.5 * i)).Append('\n');
        }
        File.WriteAllText(_folder.File(name), text.ToString());
        return name;
    }

    private static string Comma(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('.', ',');

    private string Lorenz(string name, int[] columns)
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(3000, 0.02, seed: 3).Standardize().Columns(columns);
        SeriesFile.Write(
            _folder.File(name),
            new TimeSeries(orbit.Values.ToArray(), orbit.Dimension, 0.02, [.. columns.Select(c => "xyz"[c..(c + 1)])]));
        return name;
    }
}
