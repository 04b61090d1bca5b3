using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>The same data in other units: the same model, the same scores.</summary>
public sealed class UnitsTests : IDisposable
{
    private static readonly TimeSeries s_standard = Lorenz63.Default.Simulate(600, 0.05).Standardize();

    private static readonly Dictionary<string, (double[] Mean, double[] Scale)> s_units = new()
    {
        ["temperature"] = ([290, 290, 290], [5, 5, 5]),
        ["pascal"] = ([101325, 101325, 101325], [10, 10, 10]),
        ["tiny"] = ([0, 0, 0], [1e-6, 1e-6, 1e-6]),
        ["mixed"] = ([0, 0, 0], [1e-3, 30, 1e6]),
    };

    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["esn"] = "--units 40",
        ["ngrc"] = "--ridge 0.01",
        ["plrnn"] = "--updates 50 --sequence 30",
        ["vae"] = "--epochs 3 --latent 2 --layers 16",
        ["seqvae"] = "--epochs 2 --window 50 --transition shplrnn --latent 3 --encoder-units 8",
        ["mixture"] = "--position x1,x2,x3 --components 3 --restarts 3",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string kind in s_kinds.Keys)
                foreach (string units in s_units.Keys)
                    cases.Add(kind, units);
            return cases;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_ends_where_that_on_standardised_data_ends(string kind, string name)
    {
        (double[] mean, double[] scale) = s_units[name];
        SeriesFile.Write(_folder.File("z.npy"), new TimeSeries(s_standard.Values.ToArray(), 3));
        SeriesFile.Write(_folder.File("x.npy"), new Standardization(mean, scale).Undo(s_standard));
        JsonElement expected = Train(kind, "z.npy", "Z"), actual = Train(kind, "x.npy", "X");
        // Bounds are of the data in their own units; other losses are of standardised ones.
        double logs = scale.Sum(s => Math.Log(s)), rows = s_standard.Length;
        double difference = kind switch { "vae" or "seqvae" => logs, "mixture" => -logs * rows, _ => 0 };
        string key = kind == "mixture" ? "elbo" : "loss";
        double loss = expected.GetProperty(key).GetDouble();
        Assert.Equal(loss + difference, actual.GetProperty(key).GetDouble(), 0.01 * Math.Abs(loss));
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("ngrc")]
    [InlineData("plrnn")]
    public void Scores_and_exponents_do_not_depend_on_units_and_orbits_are_in_them(string kind)
    {
        SeriesFile.Write(_folder.File("z.npy"), new TimeSeries(s_standard.Values.ToArray(), 3));
        SeriesFile.Write(_folder.File("x.npy"), new Standardization([101325, 101325, 101325], [10, 10, 10]).Undo(s_standard));
        Train(kind, "z.npy", "Z");
        Train(kind, "x.npy", "X");
        double[] errors = [.. ((string[])["Z", "X"]).Select(run => Command.Run(
            _folder.Path, "evaluate", run, run == "Z" ? "z.npy" : "x.npy", "--lyapunov-steps", "2000", "--json")
            .Json.GetProperty("prediction_error_20").GetDouble())];
        Assert.Equal(errors[0], errors[1], 0.02 * errors[0]);
        Command.Run(_folder.Path, "generate", "X", "--steps", "50", "-o", "orbit.npy").Succeeds();
        Assert.All(SeriesFile.Read(_folder.File("orbit.npy")).Values.ToArray(), v => Assert.InRange(v, 101325 - 60, 101325 + 60));
        Assert.IsAssignableFrom<StandardizedModel>(ModelFile.Load(_folder.File("X/model.safetensors")));
        Assert.IsNotAssignableFrom<StandardizedModel>(ModelFile.Load(_folder.File("Z/model.safetensors")));
        Command.Run(_folder.Path, "lyapunov", "X", "--steps", "500", "--json").Succeeds();
        Command.Run(_folder.Path, "report", "X", "-o", "report.html").Succeeds();
    }

    [Fact]
    public void What_was_done_is_said_and_recorded()
    {
        SeriesFile.Write(_folder.File("x.npy"), new Standardization([1013, 1013, 1013], [8, 8, 8]).Undo(s_standard));
        string said = Command.Run(_folder.Path, "train", "ngrc", "x.npy", "--verdict", "no", "-o", "X").Succeeds().Output;
        Assert.Contains("standardised inside: mean 1013 1013 1013, scale 8 8 8", said, StringComparison.Ordinal);
        Assert.Equal("yes", Config("X"));
        said = Command.Run(_folder.Path, "train", "ngrc", "x.npy", "--standardize", "no", "--verdict", "no", "-o", "N")
            .Succeeds().Output;
        Assert.DoesNotContain("standardised", said, StringComparison.Ordinal);
        Assert.Equal("no", Config("N"));
        Assert.IsType<NonlinearVectorAutoregression>(ModelFile.Load(_folder.File("N/model.safetensors")));
    }

    [Fact]
    public void A_reservoir_that_is_saturated_says_so_and_fails()
    {
        SeriesFile.Write(_folder.File("x.npy"), new Standardization([101325, 101325, 101325], [10, 10, 10]).Undo(s_standard));
        Outcome outcome = Command.Run(_folder.Path, "train", "esn", "x.npy", "--units", "40", "--standardize", "no", "-o", "X");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("saturated: the units are at -1 or 1", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("the mean of the data predicts them as well", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_that_independent_variables_beat_by_far_is_a_failure()
    {
        SeriesFile.Write(_folder.File("x.npy"), new Standardization([290, 290, 290], [5, 5, 5]).Undo(s_standard));
        Outcome outcome = Command.Run(
            _folder.Path, "train", "vae", "x.npy", "--epochs", "2", "--layers", "16", "--standardize", "no", "-o", "X");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("of no use: independent variables", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_counts_begin_at_their_means()
    {
        Random random = new(1);
        double[] values = new double[400];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Round(100 + (10 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(6.283 * random.NextDouble())));
        SeriesFile.Write(_folder.File("n.npy"), new TimeSeries(values, 4));
        JsonElement trained = Command.Run(
            _folder.Path, "train", "vae", "n.npy", "--observation", "poisson", "--epochs", "60", "--layers", "16", "-o", "N", "--json")
            .Succeeds().Json;
        // Independent Poissons of mean 100: 0.5 ln(2 pi e 100) nats a column.
        Assert.InRange(trained.GetProperty("loss").GetDouble(), 12, 4 * 0.5 * Math.Log(2 * Math.PI * Math.E * 100) * 1.03);
    }

    private JsonElement Train(string kind, string data, string run)
        => Command.Run(
            _folder.Path,
            ["train", kind, data, .. s_kinds[kind].Split(' ', StringSplitOptions.RemoveEmptyEntries), "-o", run, "--json", "-q"])
            .Succeeds().Json;

    private string Config(string run)
        => JsonDocument.Parse(File.ReadAllText(_folder.File($"{run}/config.json"))).RootElement.GetProperty("standardize").GetString()!;
}
