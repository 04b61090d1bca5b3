using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor reproduce</c>: the experiments on exponents.</summary>
public sealed class LyapunovExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    [InlineData("reproduce lyapunof", "lyapunov")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
