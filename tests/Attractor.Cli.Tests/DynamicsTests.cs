using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

/// <summary>The verbs that ask about dynamics.</summary>
public sealed class DynamicsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lyapunov_prints_exponents_per_unit_of_time_and_per_step()
    {
        JsonElement json = Run("lyapunov", "lorenz63", "--spectrum", "--steps", "20000", "--json").Json;
        Assert.Equal(0.906, json.GetProperty("lyapunov_max").GetDouble(), 0.05);
        Assert.Equal(json.GetProperty("lyapunov_max").GetDouble() * 0.01, json.GetProperty("lyapunov_max_per_step").GetDouble(), 1e-12);
        Assert.Equal(3, json.GetProperty("spectrum").GetArrayLength());
        Assert.Equal(3, json.GetProperty("spectrum_per_step").GetArrayLength());
        Assert.Equal(3, json.GetProperty("standard_errors").GetArrayLength());
        Assert.Equal(-41.0 / 3, json.GetProperty("sum").GetDouble(), 1e-6);
        Assert.Equal(2.06, json.GetProperty("kaplan_yorke_dimension").GetDouble(), 0.01);
        JsonElement map = Run("lyapunov", "logistic", "-p", "r=4", "--json").Json;
        Assert.Equal(JsonValueKind.Null, map.GetProperty("lyapunov_max").ValueKind);
        Assert.Equal(Math.Log(2), map.GetProperty("lyapunov_max_per_step").GetDouble(), 1e-3);
        Assert.Equal(
            2, Run("lyapunov", "lorenz96", "--count", "2", "--steps", "500", "--json").Json.GetProperty("spectrum").GetArrayLength());
    }

    [Fact]
    public void Local_exponents_go_into_a_file()
    {
        Run("lyapunov", "lorenz63", "--steps", "2000", "--local", "local.csv", "--window", "50", "--spectrum");
        string[] lines = File.ReadAllLines(_folder.File("local.csv"));
        Assert.Equal(41, lines.Length);
        Assert.Equal("lambda1,lambda2,lambda3", lines[0].Replace("\"", "", StringComparison.Ordinal));
    }

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
    public void Systems_are_listed_filtered_and_shown()
    {
        JsonElement all = Run("systems", "--json").Json;
        Assert.True(all.GetProperty("count").GetInt32() > 150);
        JsonElement maps = Run("systems", "--kind", "map", "--dimension", "1", "--json").Json;
        Assert.All(maps.GetProperty("systems").EnumerateArray(), s => Assert.Equal(1, s.GetProperty("dimension").GetInt32()));
        Assert.Contains("x' = alpha*(y - x - h)", Run("systems", "chua").Output);
        Assert.Equal(
            "hindmarshrose",
            Run("systems", "--search", "bursting neuron", "--json").Json.GetProperty("systems")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_delay_equation_is_listed_as_one_and_recorded()
    {
        JsonElement listed = Assert.Single(Run("systems", "--kind", "delay", "--json").Json.GetProperty("systems").EnumerateArray());
        Assert.Equal("mackey-glass", listed.GetProperty("name").GetString());
        Assert.Equal("delay", listed.GetProperty("kind").GetString());
        Assert.Contains("mackey-glass", Run("systems").Output);
        string shown = Run("systems", "Mackey-Glass").Output;
        Assert.Contains("x' = beta*x(t - tau)/(1 + x(t - tau)^n) - gamma*x", shown);
        Assert.Contains("delay equation", shown);
        Assert.Equal(17, Run("systems", "mackey-glass", "--json").Json.GetProperty("parameters").GetProperty("tau").GetDouble());
        JsonElement json = Run("simulate", "mackey-glass", "--steps", "1500", "--dt", "1", "-o", "mg.npy", "--json").Json;
        Assert.Equal(
            (1500, 1, 1.0),
            (json.GetProperty("rows").GetInt32(), json.GetProperty("columns").GetInt32(), json.GetProperty("dt").GetDouble()));
        double[] chaotic = SeriesFile.Read(_folder.File("mg.npy"), 1).Column(0);
        Assert.All(chaotic, x => Assert.InRange(x, 0.2, 1.4));
        Run("simulate", "mackey-glass", "--steps", "1500", "--seed", "1", "-o", "other.npy");
        Assert.NotEqual(chaotic, SeriesFile.Read(_folder.File("other.npy"), 1).Column(0));
        Assert.Contains(
            "attractor embed still.npy", Run("simulate", "mackey-glass", "--steps", "20", "-p", "tau=2", "-o", "still.npy").Output);
        Assert.All(SeriesFile.Read(_folder.File("still.npy"), 1).Column(0), x => Assert.Equal(1, x, 1e-9));
        Assert.InRange(Run("embed", "mackey-glass", "--steps", "2000", "--json").Json.GetProperty("dimension").GetInt32(), 3, 6);
    }

    [Theory]
    [InlineData("lyapunov mackey-glass")]
    [InlineData("lyapunov Mackey-Glass --spectrum --dt 1 -p tau=30")]
    [InlineData("cycles mackey-glass")]
    public void A_delay_equation_is_no_map_of_finitely_many_numbers(string command)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(
            "delay equation", "state is a function", "attractor simulate mackey-glass");

    [Fact]
    public void A_file_of_equations_serves_where_a_name_does()
    {
        File.WriteAllText(
            _folder.File("own.ode"),
            "flow decay\n  parameters k = 2\n  x' = -k*x\n  start 1\n  step 0.1\n\nmap half\n  x' = 0.5*x\n  start 1\n");
        Assert.Equal(
            -3,
            Run("lyapunov", "own.ode:decay", "-p", "k=3", "--steps", "100", "--json").Json.GetProperty("lyapunov_max").GetDouble(),
            1e-6);
        Assert.Equal(Math.Log(0.5), Run("lyapunov", "own.ode:half", "--steps", "100", "--transient", "0", "--json").Json
            .GetProperty("lyapunov_max_per_step")
            .GetDouble(), 1e-12);
        Run("simulate", "own.ode:decay", "--steps", "50", "-o", "decay.csv");
        Assert.Equal(51, File.ReadAllLines(_folder.File("decay.csv")).Length);
        Command.Run(_folder.Path, "lyapunov", "own.ode").IsBadInput("holds 2 systems", "own.ode:decay");
        Command.Run(_folder.Path, "lyapunov", "own.ode:other").IsBadInput("no system 'other'", "decay, half");
        File.WriteAllText(_folder.File("bad.ode"), "flow bad\n  x' = -k*x\n  start 1\n");
        Command.Run(_folder.Path, "simulate", "bad.ode").IsBadInput("bad.ode, line 2", "'k' is not a variable");
    }

    [Fact]
    public void Cycles_of_a_network_and_of_a_map_are_printed_by_order()
    {
        Run("simulate", "lorenz63", "--steps", "2000", "--standardize", "-o", "train.npy");
        Run("train", "clipped-shplrnn", "train.npy", "--hidden", "20", "--updates", "300", "-o", "RUN", "--quiet");
        JsonElement network =
            Run("cycles", "RUN/model.safetensors", "--max-order", "4", "--seed", "1", "--report", "cycles.html", "--json").Json;
        Assert.Equal("clipped-shplrnn", network.GetProperty("map").GetString());
        foreach (JsonElement point in network.GetProperty("fixed_points").EnumerateArray())
        {
            Assert.Equal(3, point.GetProperty("point").GetArrayLength());
            Assert.Equal(3, point.GetProperty("eigenvalues").GetArrayLength());
            Assert.Equal(2, point.GetProperty("eigenvalues")[0].GetArrayLength());
        }
        Assert.True(File.Exists(_folder.File("cycles.html")));
        JsonElement henon = Run("cycles", "henon", "--max-order", "4", "--json").Json;
        Assert.Equal(2, henon.GetProperty("fixed_points").GetArrayLength());
        Assert.Equal([2, 4], henon.GetProperty("cycles").EnumerateArray().Select(c => c.GetProperty("order").GetInt32()));
        Assert.Equal("saddle", henon.GetProperty("cycles")[0].GetProperty("stability").GetString());
    }

    [Fact]
    public void A_published_network_has_one_fixed_point_and_two_cycles_of_order_16()
    {
        Plrnn net = new(2, 2);
        net.Parameters.Set("A", [0.8377689, 0.96461297]);
        net.Parameters.Set("W", [0, -0.64375, 0.52505308, 0]);
        net.Parameters.Set("h", [0.37298253, -0.97931491]);
        ModelFile.Save(_folder.File("plrnn.safetensors"), net);
        JsonElement json = Run("cycles", "plrnn.safetensors", "--max-order", "20", "--seed", "1", "--json").Json;
        Assert.Equal("plrnn", json.GetProperty("map").GetString());
        Assert.Equal(1, json.GetProperty("fixed_points").GetArrayLength());
        Assert.Equal([16, 16], json.GetProperty("cycles").EnumerateArray().Select(c => c.GetProperty("order").GetInt32()));
    }

    [Fact]
    public void A_warm_up_drives_the_network_before_it_runs()
    {
        Run("simulate", "lorenz63", "--steps", "2000", "--standardize", "-o", "train.npy");
        Run("train", "plrnn", "train.npy", "--latent", "6", "--updates", "100", "--warm-up", "20", "-o", "RUN", "--quiet");
        Run("generate", "RUN", "--from", "train.npy", "--warm-up", "30", "--start", "5", "--steps", "10", "-o", "driven.npy");
        Assert.Equal(
            SeriesFile.Read(_folder.File("train.npy"), 1).Row(35).ToArray(),
            SeriesFile.Read(_folder.File("driven.npy"), 1).Row(0).ToArray());
        Command.Run(_folder.Path, "generate", "RUN", "--from", "train.npy", "--warm-up", "2000").IsBadInput("--warm-up", "1999");
    }

    [Fact]
    public void The_table_of_spectra_is_repeatable_to_the_bit()
    {
        Run("reproduce", "lyapunov-table", "--periods", "2", "-o", "first.md", "--json");
        Run("reproduce", "lyapunov-table", "--periods", "2", "-o", "second.md", "--quiet");
        Assert.Equal(File.ReadAllText(_folder.File("first.json")), File.ReadAllText(_folder.File("second.json")));
        JsonElement table = JsonDocument.Parse(File.ReadAllText(_folder.File("first.json"))).RootElement;
        Assert.True(table.GetProperty("systems").GetArrayLength() > 150);
        Assert.True(table.GetProperty("systems")[0].GetProperty("identities").TryGetProperty("trace", out _));
    }

    [Fact]
    public void The_experiment_on_exponents_trains_and_reports()
    {
        JsonElement json = Run("reproduce", "lyapunov", "--updates", "200", "--seeds", "1..2", "-o", "r5.html", "--json").Json;
        Assert.Equal(2, json.GetProperty("seeds").GetArrayLength());
        Assert.Equal(0.906, json.GetProperty("truth").GetDouble());
        Assert.True(File.Exists(_folder.File("r5.html")));
        Assert.Equal([
            "reservoir", "reparameterisation", "laplace", "vae-784-400-400-200", "vae-784-256-50", "sequential-vae", "earthquakes",
            "teacher-forcing", "linear-rnn", "lyapunov", "single-variable",
            "lyapunov-table"
        ], Run("reproduce", "--json").Json.GetProperty("experiments").EnumerateArray().Select(e => e.GetString()!));
    }

    [Theory]
    [InlineData("lyapunov lorenz63 --spectrum --count 2", "--count")]
    [InlineData("lyapunov lorenz63 --count 4", "1 to 3")]
    [InlineData("lyapunov lorenz63 --tolerance 0", "--tolerance")]
    [InlineData("lyapunov lorenz63 -p rho", "rho=30")]
    [InlineData("lyapunov lorenz63 -p rh=30", "sigma, rho, beta")]
    [InlineData("lyapunov henon --dt 0.1", "map")]
    [InlineData("lyapunov nothing.npy", "nothing.npy")]
    [InlineData("lyapunov lorenz63 --report x.html", "--report")]
    [InlineData("simulate henon --dt 0.1", "map")]
    [InlineData("simulate mackey-glass --dt 0", "--dt")]
    [InlineData("simulate mackey-glass -p tau", "rho=30")]
    [InlineData("simulate mackey-glass -p delay=3", "beta, gamma, n, tau")]
    [InlineData("simulate mackey-glass -p tau=nan", "finite number")]
    [InlineData("simulate mackey-glass -p tau=-1", "delay must be a positive number")]
    [InlineData("simulate mackeyglass", "did you mean 'mackey-glass'")]
    [InlineData("systems lorentz63", "lorenz63")]
    [InlineData("systems --kind circle", "flow, map, delay")]
    [InlineData("dimension lorenz63 --embed 3", "3,16")]
    [InlineData("dimension lorenz63 --steps 10", "too few")]
    [InlineData("embed lorenz63 --delay soon", "--delay")]
    [InlineData("embed lorenz63 --column w", "x, y, z")]
    [InlineData("cycles henon --max-order 0", "--max-order")]
    [InlineData("cycles missing.safetensors", "missing.safetensors")]
    [InlineData("reproduce lyapunof", "lyapunov")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
