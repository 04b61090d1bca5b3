using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor lyapunov</c>: exponents of systems, models and files of equations.</summary>
public sealed class LyapunovTests : IDisposable
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

    [Theory]
    [InlineData("lyapunov mackey-glass")]
    [InlineData("lyapunov Mackey-Glass --spectrum --dt 1 -p tau=30")]
    [InlineData("cycles mackey-glass")]
    public void A_delay_equation_is_no_map_of_finitely_many_numbers(string command)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(
            "delay equation", "state is a function", "attractor simulate mackey-glass");

    [Theory]
    [InlineData("lyapunov lorenz63 --spectrum --count 2", "--count")]
    [InlineData("lyapunov lorenz63 --count 4", "1 to 3")]
    [InlineData("lyapunov lorenz63 --tolerance 0", "--tolerance")]
    [InlineData("lyapunov lorenz63 -p rho", "rho=30")]
    [InlineData("lyapunov lorenz63 -p rh=30", "sigma, rho, beta")]
    [InlineData("lyapunov henon --dt 0.1", "map")]
    [InlineData("lyapunov nothing.npy", "nothing.npy")]
    [InlineData("lyapunov lorenz63 --report x.html", "--report")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    /// <summary>An orbit that stays where it is is none that leaves every bound.</summary>
    [Theory]
    [InlineData("x' = x*x", "0.5", "", "exponent 1 of none is minus infinity", "every displacement in space")]
    [InlineData("x' = 0.5", "0.5", "", "exponent 1 of none is minus infinity", "every displacement in space")]
    [InlineData("x' = 3.9*x*(1 - x)\n  y' = 0.5", "0.3, 0.3", "--spectrum", "exponent 2 of none is minus infinity", "a count of 1 takes")]
    [InlineData("x' = 3*x", "1", "", "the orbit of none leaves every bound", "other values of its parameters")]
    public void Exponents_that_are_none_say_why(string equations, string start, string options, string what, string how)
    {
        File.WriteAllText(_folder.File("none.ode"), $"map none\n  {equations}\n  start {start}\n");
        Outcome outcome = Command.Run(
            _folder.Path, ["lyapunov", "none.ode", "--steps", "3000", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains(what, outcome.Errors, StringComparison.Ordinal);
        Assert.Contains(how, outcome.Errors, StringComparison.Ordinal);
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
