using System.Globalization;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>A network whose variables are an affine map of fewer units.</summary>
public sealed class AffineRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Six channels of two oscillations, the first in units of its own.
    public AffineRunTests()
        => File.WriteAllLines(
            _folder.File("data.csv"),
            Enumerable.Range(0, 700).Select(t => string.Join(',', Enumerable.Range(0, 6).Select(n => (
                ((n == 0 ? 50 : 1) * (Math.Sin((0.1 * t) + n) + (0.5 * Math.Sin((0.17 * t) + (2 * n))))) + (n == 0 ? 300 : 0))
                .ToString(CultureInfo.InvariantCulture)))).Prepend("a,b,c,d,e,f"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Six_channels_go_through_four_units_and_every_verb()
    {
        JsonElement trained = Run(
            "train", "shplrnn", "data.csv", "--observation", "affine", "--latent", "4", "--hidden", "10", "--updates", "600",
            "--sequence", "20", "-o", "RUN", "-q", "--json").Json;
        Assert.Equal(
            ("affine", 6, 4),
            (trained.GetProperty("observation").GetString(), trained.GetProperty("observed").GetInt32(),
                trained.GetProperty("latent").GetInt32()));
        JsonElement scores = Run("evaluate", "RUN", "data.csv", "--json").Json;
        // In units of the variances.
        Assert.True(scores.GetProperty("prediction_error_20").GetDouble() < 0.3, scores.ToString());
        Run("generate", "RUN", "--steps", "100", "-o", "orbit.csv");
        string[] first = File.ReadLines(_folder.File("orbit.csv")).Skip(1).First().Split(',');
        Assert.Equal(6, first.Length);
        Assert.InRange(double.Parse(first[0], CultureInfo.InvariantCulture), 200, 400);
        Assert.Equal(
            4, Run("lyapunov", "RUN", "--spectrum", "--steps", "300", "--json").Json.GetProperty("spectrum_per_step").GetArrayLength());
        Run("cycles", "RUN", "--max-order", "1", "--report", "cycles.html");
        Run("gradients", "RUN", "--sequence", "50", "--windows", "2", "--grid", "0", "-o", "gradients.html");
        Run("report", "RUN", "-o", "report.html");
        Run("train", "shplrnn", "data.csv", "--config", "RUN/config.json", "-o", "AGAIN");
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
        foreach ((string line, string words) in ((string, string)[])
        [
            ("train shplrnn data.csv --latent 4 -o X", "--observation affine"),
            ("train shplrnn data.csv --l-obs 1e-6 -o X", "leave --l-obs out"),
            ("train shplrnn data.csv --observation affine --latent 8 --start data -o X", "principal components"),
            ("generate RUN --latent zero", "--latent"),
        ])
            Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
