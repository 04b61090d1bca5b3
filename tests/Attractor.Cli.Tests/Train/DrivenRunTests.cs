using System.Globalization;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>A network that external inputs drive, from its training to its report.</summary>
public sealed class DrivenRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // A damped oscillator that a slow random force pushes.
    public DrivenRunTests()
    {
        Random random = new(1);
        (double q, double p, double u) = (1, 0, 0);
        List<string> rows = ["q,p,u"], forces = ["u"];
        for (int t = 0; t < 700; t++)
        {
            u = (0.9 * u) + random.NextDouble() - 0.5;
            p = (0.98 * p) - (0.05 * q) + (0.1 * u);
            q += 0.2 * p;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{q},{p},{(10 * u) + 300}"));
            forces.Add(string.Create(CultureInfo.InvariantCulture, $"{(10 * u) + 300}"));
        }
        File.WriteAllLines(_folder.File("data.csv"), rows);
        File.WriteAllLines(_folder.File("future.csv"), forces.Take(51));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_driven_network_passes_through_every_verb_that_takes_it()
    {
        JsonElement trained = Run(
            "train", "shplrnn", "data.csv", "--inputs", "u", "--hidden", "10", "--updates", "600", "--sequence", "20", "-o", "RUN", "-q",
            "--json").Json;
        Assert.Equal(["u"], trained.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(2, trained.GetProperty("observed").GetInt32());
        Assert.InRange(trained.GetProperty("input_standardization").GetProperty("mean")[0].GetDouble(), 250, 350);
        JsonElement scores = Run("evaluate", "RUN", "data.csv", "--json").Json;
        // Not to be had without the inputs, of whose effect one row tells nothing.
        Assert.True(scores.GetProperty("prediction_error_20").GetDouble() < 0.05, scores.ToString());
        Run("generate", "RUN", "--steps", "700", "-o", "whole.npy");
        Run("generate", "RUN", "--steps", "50", "--inputs-from", "future.csv", "-o", "ahead.npy");
        byte[] ahead = File.ReadAllBytes(_folder.File("ahead.npy"));
        Run("generate", "RUN", "--steps", "50", "--inputs-from", "data.csv", "-o", "ahead.npy");
        Assert.Equal(ahead, File.ReadAllBytes(_folder.File("ahead.npy")));
        double first = Exponent("lyapunov", "RUN", "--steps", "500", "--json");
        Assert.Equal(first, Exponent("lyapunov", "RUN", "--steps", "500", "--inputs-from", "data.csv", "--json"));
        Run("gradients", "RUN", "--sequence", "50", "--windows", "2", "--grid", "0", "-o", "gradients.html");
        Run("report", "RUN", "-o", "report.html");
        Assert.Contains("Driven by u", File.ReadAllText(_folder.File("report.html")), StringComparison.Ordinal);
        Run("train", "shplrnn", "data.csv", "--config", "RUN/config.json", "-o", "AGAIN");
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
        foreach ((string line, string words) in ((string, string)[])
        [
            ("generate RUN --steps 701", "--inputs-from"),
            ("generate RUN --steps 51 --inputs-from future.csv", "future.csv has 50"),
            ("cycles RUN", "inputs drive"),
            ("atlas RUN", "inputs drive"),
            ("evaluate RUN future.csv", "q"),
            ("evaluate RUN/model.safetensors data.csv --columns q,p", "--inputs"),
            ("train shplrnn data.csv --columns q,u --inputs u -o X", "one of them"),
            ("train shplrnn data.csv --inputs force -o X", "no column 'force'"),
            ("train esn data.csv --inputs u -o X", "--inputs"),
        ])
            Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
    }

    private double Exponent(params string[] arguments) => Run(arguments).Json.GetProperty("lyapunov_max_per_step").GetDouble();

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
