using System.Text.Json;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor systems</c> and <c>simulate</c>: the catalogue, and recordings of it.</summary>
public sealed class SystemsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    [InlineData("simulate henon --dt 0.1", "map")]
    [InlineData("simulate mackey-glass --dt 0", "--dt")]
    [InlineData("simulate mackey-glass -p tau", "rho=30")]
    [InlineData("simulate mackey-glass -p delay=3", "beta, gamma, n, tau")]
    [InlineData("simulate mackey-glass -p tau=nan", "finite number")]
    [InlineData("simulate mackey-glass -p tau=-1", "delay must be a positive number")]
    [InlineData("simulate mackeyglass", "did you mean 'mackey-glass'")]
    [InlineData("systems lorentz63", "lorenz63")]
    [InlineData("systems --kind circle", "flow, map, delay")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
