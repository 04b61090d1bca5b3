using System.Globalization;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>Networks of real numbers, levels and counts at once, with values missing.</summary>
public sealed class MultimodalRunTests : IDisposable
{
    private const string Modalities = "gaussian:x,y+ordinal/7:q1..q2+poisson";

    private readonly TemporaryFolder _folder = new();

    public MultimodalRunTests()
    {
        Random random = new(4);
        string[] rows
            = [.. Enumerable.Range(0, 500).Select(t => string.Join(',', Enumerable.Range(0, 6).Select(n => Cell(t, n, random))))];
        File.WriteAllLines(_folder.File("mixed.csv"), rows.Prepend("x,n1,n2,q1,q2,y"));
        File.WriteAllLines(
            _folder.File("whole.csv"),
            File.ReadLines(_folder.File("mixed.csv")).Where(line => !line.Contains(",,", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_column_goes_through_every_verb_in_its_own_kind()
    {
        string[] train =
        [
            "train", "shplrnn", "mixed.csv", "--modalities", Modalities, "--modality-weights", "1,0.5,2", "--missing", "model",
            "--latent", "3", "--hidden", "10", "--updates", "200", "--sequence", "20", "--batch", "8", "--interval", "5", "-q"
        ];
        JsonElement trained = Run([.. train, "-o", "RUN", "--json"]).Json;
        Assert.Equal("multimodal", trained.GetProperty("observation").GetString());
        // In the order of their first columns: x and y, n1 and n2, q1 and q2.
        Assert.Equal(
            ["gaussian", "poisson", "ordinal"],
            trained.GetProperty("modalities").EnumerateArray().Select(m => m.GetProperty("observation").GetString()));
        Run("generate", "RUN", "--steps", "60", "-o", "orbit.csv");
        string[] names = File.ReadLines(_folder.File("orbit.csv")).First().Replace("\"", "", StringComparison.Ordinal).Split(',');
        Assert.Equal(["x", "n1", "n2", "q1", "q2", "y"], names);
        foreach (string line in File.ReadLines(_folder.File("orbit.csv")).Skip(2))
        {
            double[] row = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.All(row[1..3], count => Assert.True(count >= 0 && count == Math.Floor(count)));
            Assert.All(row[3..5], level => Assert.True(level is >= 1 and <= 7 && level == Math.Floor(level)));
            Assert.NotEqual(Math.Floor(row[0]), row[0]);
            // In the units of the data.
            Assert.InRange(row[0], 60, 140);
        }
        JsonElement scores = Run("evaluate", "RUN", "whole.csv", "--verdict", "no", "--lyapunov-steps", "300", "--json").Json;
        foreach (string key in (string[])
        [
            "d_stsp_gaussian", "d_hellinger_gaussian", "acf_error_gaussian", "absolute_error_gaussian", "log_likelihood_gaussian",
            "bits_per_value_gaussian", "acf_error_ordinal", "absolute_error_ordinal", "log_likelihood_ordinal", "bits_per_value_ordinal",
            "acf_error_poisson", "absolute_error_poisson", "log_likelihood_poisson", "bits_per_count_poisson",
        ])
            Assert.True(double.IsFinite(scores.GetProperty(key).GetDouble()), key);
        // In the units of each.
        Assert.InRange(scores.GetProperty("absolute_error_gaussian").GetDouble(), 0.05, 3);
        Assert.InRange(scores.GetProperty("absolute_error_ordinal").GetDouble(), 0.1, 3);
        Run("report", "RUN", "-o", "report.html");
        Run("lyapunov", "RUN", "--steps", "300");
        Run("train", "shplrnn", "mixed.csv", "--config", "RUN/config.json", "-o", "AGAIN");
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Theory]
    [InlineData("gaussian:x+poisson:n1", "does not say how 'n2'")]
    [InlineData("gaussian:x,y+ordinal:q1..q9+poisson", "names 'q1..q9'")]
    [InlineData("gauss:x+poisson", "'gauss' is not one of")]
    [InlineData("gaussian/3:x+poisson", "has no levels")]
    [InlineData("gaussian:x,x+poisson", "names 'x' twice")]
    [InlineData("gaussian+poisson", "two parts without columns")]
    [InlineData("gaussian:x,y+ordinal/4:q1,q2+poisson", "from 1 to 4")]
    [InlineData("gaussian:x+poisson", "in row 0 of 'y'")]
    [InlineData(":x+poisson", "such as gaussian:x,y,z")]
    [InlineData("gaussian:x,y,n1,n2,q1,q2+poisson", "leaves no column")]
    public void Modalities_that_are_none_are_refused(string modalities, string words)
        => Command.Run(_folder.Path, "train", "shplrnn", "whole.csv", "--modalities", modalities, "-o", "X").IsBadInput(words);

    [Theory]
    [InlineData("--observation poisson", "leave --observation out")]
    [InlineData("--levels 7", "leave --levels out")]
    [InlineData("--modality-weights 1,2", "has 2 numbers")]
    [InlineData("--noise 0.1", "leave --noise out")]
    public void Settings_that_mean_nothing_beside_them_are_refused(string other, string words)
        => Command.Run(_folder.Path, [.. $"train shplrnn whole.csv --modalities {Modalities} -o X".Split(' '), .. other.Split(' ')])
            .IsBadInput(words);

    private static string Cell(int t, int n, Random random)
    {
        double wave = Math.Sin((0.15 * t) + n), value = n switch
        {
            0 => 100 + (5 * wave) + (0.3 * (random.NextDouble() - 0.5)),
            1 or 2 => Math.Floor(2 * Math.Exp(wave) * 2 * random.NextDouble()),
            3 or 4 => Math.Clamp(Math.Round(4 + (3 * wave) + random.NextDouble() - 0.5), 1, 7),
            _ => wave + (0.1 * random.NextDouble()),
        };
        return n is > 0 and < 5 && t > 30 && ((t * 6) + n) % 41 == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
