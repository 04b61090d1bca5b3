using System.Globalization;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>Networks of counts, of 0 and 1, of levels and of categories.</summary>
public sealed class CountRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Five neurons that follow an oscillation, by a generator of its own.
    public CountRunTests()
    {
        Random random = new(3);
        Write("spikes.csv", (t, n) => Count(2 * Math.Exp(Math.Sin((0.15 * t) + n)), random));
        Write("levels.csv", (t, n) => Math.Clamp(Math.Round(4 + (2 * Math.Sin((0.15 * t) + n)) + random.NextDouble() - 0.5), 1, 7));
        Write("binary.csv", (t, n) => random.NextDouble() < 0.5 + (0.45 * Math.Sin((0.15 * t) + n)) ? 1 : 0);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Spikes_go_through_every_verb()
    {
        JsonElement trained = Run(
            "train", "shplrnn", "spikes.csv", "--observation", "poisson", "--latent", "2", "--hidden", "10", "--updates", "300",
            "--sequence", "30", "-o", "RUN", "-q", "--json").Json;
        Assert.Equal(
            ("poisson", 5, 2),
            (trained.GetProperty("observation").GetString(), trained.GetProperty("observed").GetInt32(),
                trained.GetProperty("latent").GetInt32()));
        JsonElement scores = Run("evaluate", "RUN", "spikes.csv", "--json").Json;
        // More than nothing, and less than the log-likelihood of the true rates.
        Assert.InRange(scores.GetProperty("bits_per_count").GetDouble(), 0.02, 0.4);
        Assert.InRange(scores.GetProperty("log_likelihood").GetDouble(), -2.5, -1.4);
        Assert.False(scores.TryGetProperty("prediction_error_20", out _));
        Run("generate", "RUN", "--steps", "100", "-o", "counts.csv", "--states", "states.csv");
        Run("generate", "RUN", "--steps", "100", "-o", "again.csv");
        Run("generate", "RUN", "--steps", "100", "--seed", "2", "-o", "other.csv");
        Run("generate", "RUN", "--steps", "100", "--means", "-o", "rates.csv");
        double[][] counts = Rows("counts.csv"), rates = Rows("rates.csv"), states = Rows("states.csv");
        Assert.Equal((100, 5, 2), (counts.Length, counts[0].Length, states[0].Length));
        Assert.All(counts.SelectMany(r => r), x => Assert.True(x >= 0 && x == Math.Floor(x)));
        Assert.Contains(rates.SelectMany(r => r), x => x != Math.Floor(x));
        Assert.Equal(Text("counts.csv"), Text("again.csv"));
        Assert.NotEqual(Text("counts.csv"), Text("other.csv"));
        Assert.Equal(
            2, Run("lyapunov", "RUN", "--spectrum", "--steps", "300", "--json").Json.GetProperty("spectrum_per_step").GetArrayLength());
        Run("cycles", "RUN", "--max-order", "1", "--report", "cycles.html");
        Run("gradients", "RUN", "--sequence", "50", "--windows", "2", "--grid", "0", "-o", "gradients.html");
        Run("report", "RUN", "-o", "report.html");
        Assert.Contains("What is observed", Text("report.html"));
        Run("train", "shplrnn", "spikes.csv", "--config", "RUN/config.json", "-o", "AGAIN");
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Theory]
    [InlineData("negative-binomial", "spikes.csv", "plrnn")]
    [InlineData("bernoulli", "binary.csv", "gru")]
    [InlineData("ordinal", "levels.csv", "alrnn")]
    [InlineData("categorical", "levels.csv", "shplrnn")]
    public void Others_train_generate_and_are_scored(string observation, string data, string kind)
    {
        Run(
            "train", kind, data, "--observation", observation, "--latent", "4", "--updates", "150", "--sequence", "20", "--batch", "4",
            "-o", "RUN");
        Run("generate", "RUN", "--steps", "50", "-o", "orbit.csv");
        double most = Rows(data).SelectMany(r => r).Max(), least = observation is "ordinal" or "categorical" ? 1 : 0;
        Assert.All(
            Rows("orbit.csv").SelectMany(r => r),
            x => Assert.True(x == Math.Floor(x) && x >= least && (observation == "negative-binomial" || x <= most), $"{x}"));
        JsonElement scores = Run("evaluate", "RUN", data, "--verdict", "no", "--lyapunov-steps", "300", "--json").Json;
        Assert.True(scores.GetProperty("log_likelihood").GetDouble() < 0);
        Assert.True(scores.TryGetProperty(observation == "negative-binomial" ? "bits_per_count" : "bits_per_value", out _));
    }

    [Fact]
    public void What_cannot_be_observed_is_refused_and_what_could_be_is_said()
    {
        Write("real.csv", (t, n) => Math.Sin(t + n));
        foreach ((string line, string words) in ((string, string)[])
        [
            ("train shplrnn real.csv --observation poisson -o X", "a count, 0, 1, 2"),
            ("train shplrnn spikes.csv --observation bernoulli -o X", "0 or 1"),
            ("train shplrnn spikes.csv --observation ordinal -o X", "from 1 to"),
            ("train shplrnn levels.csv --observation ordinal --levels 4 -o X", "from 1 to 4"),
            ("train shplrnn levels.csv --levels 4 -o X", "leave --levels out"),
            ("train shplrnn spikes.csv --observation poisson --noise 0.1 -o X", "leave --noise out"),
            ("train shplrnn spikes.csv --observation poisson --standardize yes -o X", "leave --standardize out"),
            ("train shplrnn spikes.csv --observation poisson --adaptive product-upper-bound -o X", "leave --adaptive out"),
        ])
            Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
        Assert.Contains(
            "--observation poisson",
            Run("train", "shplrnn", "spikes.csv", "--updates", "20", "--hidden", "5", "--sequence", "20", "-o", "HINT").Errors
                + Run("train", "shplrnn", "spikes.csv", "--updates", "20", "--hidden", "5", "--sequence", "20", "-o", "HINT2").Output);
        Command.Run(_folder.Path, "generate", "HINT", "--means").IsBadInput("leave --means");
    }

    private static double Count(double rate, Random random)
    {
        double left = -rate;
        int count = -1;
        while (left < 0)
        {
            left -= Math.Log(1 - random.NextDouble());
            count++;
        }
        return count;
    }

    private void Write(string name, Func<int, int, double> value) => File.WriteAllLines(
        _folder.File(name),
        Enumerable.Range(0, 700)
            .Select(t => string.Join(',', Enumerable.Range(0, 5).Select(n => value(t, n).ToString(CultureInfo.InvariantCulture))))
            .Prepend("a,b,c,d,e"));

    private double[][] Rows(string name) =>
    [
        .. File.ReadLines(_folder.File(name)).Skip(1)
            .Select(line => line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray())
    ];

    private string Text(string name) => File.ReadAllText(_folder.File(name));

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
