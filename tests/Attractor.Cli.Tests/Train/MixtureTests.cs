using System.Globalization;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class MixtureTests : IDisposable
{
    // The earthquake model, worked out in full elsewhere.
    private static readonly string[] s_eight =
    [
        "eight.csv", "--position", "x,y", "--count", "s", "--components", "2", "--nu", "2,2", "--rho", "0.1", "--tau", "1.5", "--alpha",
        "2", "--beta", "0.5",
        "--weights", "fixed:0.4,0.6",
    ];

    private static readonly string[] s_rocks =
        [
            "rocks.csv", "--position", "lon,lat", "--count", "shocks", "--binary", "felt", "--category", "rock", "--components", "3",
            "--restarts", "3", "--seed", "4"
        ];

    private readonly TemporaryFolder _folder = new();

    public MixtureTests()
    {
        MixtureTables.WriteEight(_folder);
        MixtureTables.Write(_folder.File("rocks.csv"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bound_over_the_sweeps_is_the_one_computed_elsewhere()
    {
        JsonElement json = Train("RUN", [.. s_eight, "--start", "r.csv", "--tolerance", "1e-15", "--json"]).Succeeds().Json;
        double[] trace = Numbers(json, "elbo_trace");
        Assert.Equal(-62.1135044860744, trace[0], 1e-10);
        Assert.Equal(-49.2864716443969, trace[1], 1e-10);
        Assert.Equal(-49.2738671289084, trace[2], 1e-10);
        Assert.Equal(-49.2732396861735, trace[^1], 1e-10);
        Assert.Equal(trace[^1], Number(json, "elbo"));
        Assert.Equal(trace[^1], json.GetProperty("elbo_terms").EnumerateObject().Sum(t => t.Value.GetDouble()), 1e-10);
        Assert.Equal(8, json.GetProperty("elbo_terms").EnumerateObject().Count());
        Assert.Equal([0.4, 0.6], Numbers(json, "weights"));
        // The components keep the order of the start.
        JsonElement first = json.GetProperty("components")[0];
        Assert.Equal(0.41323365, Numbers(first.GetProperty("blocks").GetProperty("x,y"), "mean")[0], 1e-6);
        Assert.Equal(6.11885845, Number(first.GetProperty("blocks").GetProperty("s"), "shape"), 1e-6);
    }

    [Theory]
    [InlineData("--position x,y --count s", "--columns x,y,s --count s")]
    [InlineData("--position x,y --count s", "--columns 1,2,s --count 3 --time 4")]
    [InlineData("--position y,x", "--columns 2,1")]
    [InlineData("--position x,y --batch 4 --epochs 2", "--columns x,y --position x,2 --batch 4 --epochs 2 --time day")]
    [InlineData("--count s", "--columns s --count s")]
    public void Columns_name_what_is_taken_and_what_nothing_else_takes_is_a_position(string plain, string columns)
    {
        string[] rows = File.ReadAllLines(_folder.File("eight.csv"));
        File.WriteAllLines(_folder.File("days.csv"), [rows[0] + ",day", .. rows[1..].Select((row, n) => $"{row},2024-02-0{n + 1}")]);
        string[] line = ["train", "mixture", "days.csv", "--components", "2", "-q", "-o"];
        Command.Run(_folder.Path, [.. line, "PLAIN", .. plain.Split(' ')]).Succeeds();
        Command.Run(_folder.Path, [.. line, "CHOSEN", .. columns.Split(' ')]).Succeeds();
        Assert.Equal(Model("PLAIN"), Model("CHOSEN"));
        // What is written is by name, and can be repeated.
        Command.Run(_folder.Path, [.. line, "AGAIN", "--config", "CHOSEN/config.json"]).Succeeds();
        Assert.Equal(Model("PLAIN"), Model("AGAIN"));

        byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));
    }

    [Fact]
    public void A_fit_says_in_json_what_became_of_it()
    {
        MixtureTables.Write(_folder.File("rocks.csv"), missing: 0.05);
        JsonElement json = Train("RUN", [.. s_rocks, "--json"]).Succeeds().Json;
        Assert.Equal(("RUN", "mixture", 300, 4), (
            json.GetProperty("run").GetString(),
            json.GetProperty("model").GetString(),
            json.GetProperty("rows").GetInt32(),
            json.GetProperty("seed").GetInt32()));
        Assert.Equal(["lon", "lat", "shocks", "felt", "rock"], json.GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        JsonElement missing = json.GetProperty("missing");
        Assert.Equal(["lon", "lat", "shocks", "felt", "rock"], missing.EnumerateObject().Select(m => m.Name));
        Assert.All(missing.EnumerateObject(), m => Assert.InRange(m.Value.GetInt32(), 3, 30));
        // Weights; means, kappas, shape and rate; shape and rate; ones and zeros; three categories.
        Assert.Equal(3 * (1 + 6 + 2 + 2 + 3), json.GetProperty("parameters").GetInt32());
        Assert.True(json.GetProperty("converged").GetBoolean());
        Assert.Equal("completed", json.GetProperty("ending").GetString());
        Assert.Contains("the bound changed by less than 1E-10", json.GetProperty("reason").GetString(), StringComparison.Ordinal);
        double[] ends = Numbers(json, "restart_elbos"), trace = Numbers(json, "elbo_trace");
        Assert.Equal(3, ends.Length);
        Assert.Equal(ends.Max(), Number(json, "elbo"), 1e-9);
        Assert.Equal(ends[json.GetProperty("restart").GetInt32()], trace[^1]);
        Assert.Equal(trace.Order(), trace);
        Assert.Equal(1, Numbers(json, "weights").Sum(), 1e-12);
        JsonElement[] components = [.. json.GetProperty("components").EnumerateArray()];
        Assert.Equal(300, components.Sum(c => Number(c, "rows")), 1e-6);
        Assert.Equal(components.Select(c => Number(c, "rows")).OrderDescending(), components.Select(c => Number(c, "rows")));
        JsonElement blocks = components[0].GetProperty("blocks");
        Assert.Equal(
            [("lon,lat", "normal-gamma"), ("shocks", "poisson"), ("felt", "bernoulli"), ("rock", "categorical")],
            blocks.EnumerateObject().Select(b => (b.Name, b.Value.GetProperty("kind").GetString()!)));
        Assert.Equal(
            ["\"green\" schist", "basalt", "slate, blue"],
            blocks.GetProperty("rock").GetProperty("probabilities").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.True(Number(json, "seconds") > 0);
    }

    [Theory]
    [InlineData("--covariance known --tau 1.5 --nu -20,180 --rho 0.01", "gaussian-mean")]
    [InlineData("--tau 1.5 --nu=-20,180", "gaussian-mean")]
    [InlineData("--covariance shared --tau gamma:2,1.5 --rho 0.01", "gaussian-mean")]
    [InlineData("--covariance spherical --tau gamma:2,1.5 --kappa 0.1", "normal-gamma")]
    [InlineData("--covariance full --degrees 4 --scale 2,0.5,0.5,1 --kappa 0.1 --nu -16,181", "normal-wishart")]
    [InlineData("--covariance full --scale 2,1", "normal-wishart")]
    [InlineData("--alpha 2 --beta 0.5 --ones 2 --zeros 3 --concentration 0.5", "normal-gamma")]
    [InlineData("--weights fixed", "normal-gamma")]
    [InlineData("--weights fixed:0.3,0.3,0.4", "normal-gamma")]
    [InlineData("--weights dirichlet:1,2,3", "normal-gamma")]
    [InlineData("--start random --threads 1 --tolerance 1e-8 --sweeps 500", "normal-gamma")]
    [InlineData("--batch 50 --epochs 30 --delay 2 --forgetting 0.8 --tolerance 1e-4", "normal-gamma")]
    public void Options_are_taken_and_written_into_the_config_which_repeats_the_run(string settings, string kind)
    {
        string[] more = settings.Split(' ');
        JsonElement json = Train("RUN", [.. s_rocks, .. more, "--json"]).Succeeds().Json;
        Assert.Equal(kind, json.GetProperty("components")[0].GetProperty("blocks").GetProperty("lon,lat").GetProperty("kind").GetString());
        JsonElement config = Config("RUN");
        foreach (string[] pair in more.SelectMany(m => m.Split('=', 2)).Chunk(2))
        {
            JsonElement value = config.GetProperty(pair[0][2..]);
            if (value.ValueKind == JsonValueKind.Number)
                Assert.Equal(double.Parse(pair[1], CultureInfo.InvariantCulture), value.GetDouble());
            else
                Assert.Equal(pair[1], value.GetString());
        }
        Train("AGAIN", "rocks.csv", "--config", "RUN/config.json").Succeeds();
        Assert.Equal(Model("RUN"), Model("AGAIN"));
    }

    [Fact]
    public void A_diagonal_covariance_is_a_block_for_each_column()
    {
        JsonElement json = Train("RUN", [.. s_rocks, "--covariance", "diagonal", "--json"]).Succeeds().Json;
        Assert.Equal(
            ["lon", "lat", "shocks", "felt", "rock"],
            json.GetProperty("components")[0].GetProperty("blocks").EnumerateObject().Select(b => b.Name));
    }

    [Fact]
    public void The_config_holds_what_the_data_have_settled_and_nothing_that_is_not_used()
    {
        Train("RUN", s_rocks).Succeeds();
        JsonElement config = Config("RUN");
        Assert.Equal("spherical", config.GetProperty("covariance").GetString());
        Assert.Equal(2, config.GetProperty("nu").GetString()!.Split(',').Length);
        Assert.StartsWith("gamma:1,", config.GetProperty("tau").GetString(), StringComparison.Ordinal);
        Assert.Equal(0.01, config.GetProperty("kappa").GetDouble());
        Assert.Equal(1e-10, config.GetProperty("tolerance").GetDouble());
        Assert.Equal(_folder.File("rocks.csv"), config.GetProperty("data").GetString());
        foreach (string key in (string[])["rho", "degrees", "scale", "batch", "epochs", "delay", "forgetting"])
            Assert.Equal(JsonValueKind.Null, config.GetProperty(key).ValueKind);
        // Another covariance on the command line finds priors of its own.
        Train("OTHER", "rocks.csv", "--config", "RUN/config.json", "--covariance", "full").Succeeds();
        Assert.Equal(JsonValueKind.Null, Config("OTHER").GetProperty("tau").ValueKind);
    }

    [Fact]
    public void A_run_folder_has_the_files_of_a_run_and_says_what_is_next()
    {
        Outcome outcome = Train("RUN", s_rocks).Succeeds();
        Assert.Contains("RUN: 3 components, of which 3 hold rows, fitted to 300 rows", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("next: attractor report RUN, attractor evaluate RUN\n", outcome.Output, StringComparison.Ordinal);
        foreach (string file
            in (string[])["config.json", "metrics.jsonl", "model.safetensors", "checkpoint/state.safetensors", "command.txt"])
            Assert.True(File.Exists(_folder.File($"RUN/{file}")), file);
        JsonElement[] lines = [.. File.ReadLines(_folder.File("RUN/metrics.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)],
            sweeps = lines[..^1];
        Assert.True(lines[^1].GetProperty("converged").GetBoolean());
        Assert.Equal([0, 1, 2], sweeps.Select(s => s.GetProperty("restart").GetInt32()).Distinct());
        Assert.Equal(Enumerable.Range(1, sweeps.Length), sweeps.Select(s => s.GetProperty("update").GetInt32()));
    }

    [Fact]
    public void Too_few_sweeps_are_a_failure_that_keeps_the_model()
    {
        Outcome outcome = Train("RUN", [.. s_rocks, "--sweeps", "2"]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Errors));
        Assert.Contains("not converged: 2 sweeps were not enough", outcome.Output, StringComparison.Ordinal);
        Command.Run(_folder.Path, "evaluate", "RUN").Succeeds();
        outcome = Train("JSON", [.. s_rocks, "--sweeps", "2", "--json"]);
        Assert.Equal(1, outcome.Code);
        Assert.False(outcome.Json.GetProperty("converged").GetBoolean());
        Assert.Equal("not-converged", outcome.Json.GetProperty("ending").GetString());
        Assert.Equal(3, outcome.Json.GetProperty("elbo_trace").GetArrayLength());
    }

    [Fact]
    public void Responsibilities_that_an_evaluation_writes_are_where_a_fit_goes_on()
    {
        Train("RUN", s_rocks).Succeeds();
        JsonElement json = Command.Run(_folder.Path, "evaluate", "RUN", "--responsibilities", "q.csv", "--json").Succeeds().Json;
        Assert.Equal(300, Numbers(json, "expected_rows").Sum(), 1e-9);
        Assert.InRange(Number(json, "mean_largest_responsibility"), 0.9, 1);
        TimeSeries responsibilities = SeriesFile.Read(_folder.File("q.csv"), 1);
        Assert.Equal((300, 3), (responsibilities.Length, responsibilities.Dimension));
        JsonElement on = Train("ON", [.. s_rocks[..^4], "--start", "q.csv", "--json"]).Succeeds().Json;
        double[] trace = Numbers(on, "elbo_trace");
        Assert.InRange(trace.Length, 2, 3);
        Assert.Equal(Number(Train("AGAIN", [.. s_rocks, "--json"]).Json, "elbo"), trace[0], 1e-6);
        Command.Run(_folder.Path, "evaluate", "RUN", "--responsibilities", "q.npy").Succeeds();
        Assert.Equal(responsibilities.Values.ToArray(), SeriesFile.Read(_folder.File("q.npy"), 1).Values.ToArray());
    }

    [Fact]
    public void Other_rows_are_scored_if_they_have_the_columns()
    {
        Train("RUN", s_rocks).Succeeds();
        File.WriteAllText(_folder.File("other.csv"), "rock,felt,lat,shocks,lon\nbasalt,1,180,2,-20\n,,,,\n\"slate, blue\",0,183,5,-16\n");
        JsonElement json = Command.Run(_folder.Path, "evaluate", "RUN", "other.csv", "--json").Succeeds().Json;
        Assert.Equal(3, json.GetProperty("rows").GetInt32());
        Assert.Equal(["lon", "lat", "shocks", "felt", "rock"], json.GetProperty("missing").EnumerateObject().Select(m => m.Name));
        Assert.True(Number(json, "log_predictive") < 0 && Number(json, "standard_error") > 0);
        // One row has no standard error.
        File.WriteAllText(_folder.File("one.csv"), "rock,felt,lat,shocks,lon\nbasalt,1,180,2,-20\n");
        Assert.Equal(
            JsonValueKind.Null,
            Command.Run(_folder.Path, "evaluate", "RUN", "one.csv", "--json").Succeeds().Json.GetProperty("standard_error").ValueKind);
        Assert.Matches(
            "log predictive density   -[0-9.]+ nats per row, of 1 row\n",
            Command.Run(_folder.Path, "evaluate", "RUN", "one.csv").Succeeds().Output);
        File.WriteAllText(_folder.File("less.csv"), "rock,felt,lat,lon\nbasalt,1,180,-20\n");
        Command.Run(_folder.Path, "evaluate", "RUN", "less.csv").IsBadInput("less.csv", "no column 'shocks'", "rock, felt, lat, lon");
        File.WriteAllText(_folder.File("new.csv"), "rock,felt,lat,shocks,lon\nbazalt,1,180,2,-20\n");
        Command.Run(_folder.Path, "evaluate", "RUN", "new.csv").IsBadInput("new.csv", "'bazalt' is no level", "did you mean 'basalt'?");
    }

    [Fact]
    public void Draws_have_the_names_of_columns_and_categories_and_can_be_evaluated()
    {
        Train("RUN", s_rocks).Succeeds();
        Command.Run(_folder.Path, "generate", "RUN", "--count", "500", "--seed", "3").Succeeds();
        string[] lines = File.ReadAllLines(_folder.File("generated.csv"));
        Assert.Equal(501, lines.Length);
        Assert.Equal("lon,lat,shocks,felt,rock", lines[0]);
        Assert.All(lines[1..], l => Assert.True(l.EndsWith(",basalt", StringComparison.Ordinal)
            || l.EndsWith(",\"slate, blue\"", StringComparison.Ordinal)
            || l.EndsWith(",\"\"\"green\"\" schist\"", StringComparison.Ordinal), l));
        double own = Number(Command.Run(_folder.Path, "evaluate", "RUN", "--json").Succeeds().Json, "log_predictive");
        Assert.Equal(
            own, Number(Command.Run(_folder.Path, "evaluate", "RUN", "generated.csv", "--json").Succeeds().Json, "log_predictive"), 0.4);
        foreach ((string file, string seed) in ((string, string)[])[("a.csv", "3"), ("b.csv", "5"), ("c.npy", "3")])
            Command.Run(_folder.Path, "generate", "RUN", "--count", "500", "--seed", seed, "-o", file).Succeeds();
        Assert.Equal(lines, File.ReadAllLines(_folder.File("a.csv")));
        Assert.NotEqual(lines, File.ReadAllLines(_folder.File("b.csv")));
        TimeSeries numbers = SeriesFile.Read(_folder.File("c.npy"), 1);
        Assert.Equal((500, 5), (numbers.Length, numbers.Dimension));
        Assert.All(Enumerable.Range(0, 500), n => Assert.True(numbers[n, 4] is 0 or 1 or 2));
        // A bare file draws the same, and knows no data.
        File.Copy(_folder.File("RUN/model.safetensors"), _folder.File("bare.safetensors"));
        Command.Run(_folder.Path, "generate", "bare.safetensors", "--count", "500", "--seed", "3", "-o", "d.csv").Succeeds();
        Assert.Equal(lines, File.ReadAllLines(_folder.File("d.csv")));
        Command.Run(_folder.Path, "evaluate", "bare.safetensors").IsBadInput("bare.safetensors", "name a file of data");
    }

    [Fact]
    public void Several_seeds_at_once_give_the_bits_they_give_alone()
    {
        JsonElement json = Train("ALL", [.. s_rocks[..^2], "--start", "random", "--seeds", "3..4", "--json"]).Succeeds().Json;
        Assert.Equal([3, 4], json.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("seed").GetInt32()));
        Train("ALONE", [.. s_rocks, "--start", "random"]).Succeeds();
        Assert.Equal(Model("ALONE"), Model("ALL/seed-4"));
        Assert.NotEqual(Model("ALONE"), Model("ALL/seed-3"));
    }

    [Fact]
    public void Batches_from_text_and_from_an_array_give_the_same_bits()
    {
        MixtureTables.Write(_folder.File("rocks.csv"), rows: 5000, missing: 0.02);
        string[][] cells = [.. File.ReadLines(_folder.File("rocks.csv")).Skip(1).Select(l => l.Split(','))];
        double[] values =
            [.. cells.SelectMany(c => c[..3].Select(v => v.Length > 0 ? double.Parse(v, CultureInfo.InvariantCulture) : double.NaN))];
        SeriesFile.Write(_folder.File("rocks.npy"), new TimeSeries(values, 3));
        File.WriteAllLines(_folder.File("x.csv"), ["x1,x2,x3", .. cells.Select(c => string.Join(',', c[..3]))]);
        string[] settings =
        [
            "--position", "x1,x2", "--count", "x3", "--components", "3", "--restarts", "2", "--batch", "700", "--epochs", "5", "--json"
        ];
        JsonElement text = Train("TEXT", ["x.csv", .. settings, "--threads", "1"]).Succeeds().Json,
            array = Train("ARRAY", ["rocks.npy", .. settings, "--threads", "2"]).Succeeds().Json;
        Assert.Equal(Model("TEXT"), Model("ARRAY"));
        Assert.Equal(5000, array.GetProperty("rows").GetInt32());
        double[] trace = Numbers(text, "elbo_trace");
        Assert.Equal(trace, Numbers(array, "elbo_trace"));
        Assert.InRange(trace.Length, 2, 6);
        // Coordinate ascent of the same rows is not far above.
        double best = Number(Train("WHOLE", ["rocks.npy", .. settings[..^5], "--json"]).Succeeds().Json, "elbo");
        Assert.InRange((best - trace[^1]) / Math.Abs(best), -1e-9, 1e-3);
    }

    private Outcome Train(string run, params string[] settings) => Command.Run(_folder.Path, ["train", "mixture", .. settings, "-o", run]);

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));

    private JsonElement Config(string run) => JsonDocument.Parse(File.ReadAllText(_folder.File($"{run}/config.json"))).RootElement;

    private static double Number(JsonElement json, string key) => json.GetProperty(key).GetDouble();

    private static double[] Numbers(JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];
}
