using System.Globalization;
using System.Text.Json;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor forecast</c></summary>
public sealed class ForecastTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TimeSeries _all = Lorenz63.Default.Simulate(1300, 0.02);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_context_is_continued_with_its_names_and_the_choice_is_told()
    {
        Write("data.csv", row => "", "x,y,z");
        JsonElement json = Run(
            "forecast", "data.csv", "--dt", "0.02", "--steps", "300", "-o", "orbit.csv", "--intervals", "intervals.csv",
            "--report", "page.html", "--json").Json;
        string[] keys = ["rows", "columns", "steps", "dt", "chosen", "setting", "why", "expected_valid_steps", "expected_valid_time",
            "expected_valid_is_least", "verdict", "verdict_sentence", "d_stsp_floor", "d_stsp_surrogate", "d_hellinger_floor", "candidates",
            "equations", "coverage", "calibrated_steps", "file", "equations_file", "intervals", "report", "data", "seconds"];
        Assert.Equal(keys, json.EnumerateObject().Select(p => p.Name));
        string[] ofCandidate = ["name", "setting", "settings", "score", "error", "valid_steps", "d_stsp", "d_hellinger", "stays", "failure",
            "seconds"];
        Assert.All(
            json.GetProperty("candidates").EnumerateArray(), c => Assert.Equal(ofCandidate, c.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(json.GetProperty("chosen").GetString(), json.GetProperty("candidates")[0].GetProperty("name").GetString());
        Assert.Equal(
            json.GetProperty("expected_valid_steps").GetDouble() * 0.02, json.GetProperty("expected_valid_time").GetDouble(), 1e-9);
        TimeSeries orbit = SeriesFile.Read(_folder.File("orbit.csv")), intervals = SeriesFile.Read(_folder.File("intervals.csv"));
        Assert.Equal(["x", "y", "z"], orbit.Names);
        Assert.Equal(["x_low", "x_high", "y_low", "y_high", "z_low", "z_high"], intervals.Names);
        Assert.Equal((300, 300), (orbit.Length, intervals.Length));
        for (int t = 0; t < 100; t++)
            Assert.Equal(_all[1000 + t, 2], orbit[t, 2], 0.5);
        string page = File.ReadAllText(_folder.File("page.html"));
        foreach (string part in (string[])["The attractor", "The candidates", "90 % interval", "persistence", "Context", "Forecast"])
            Assert.Contains(part, page);
    }

    [Fact]
    public void Times_go_on_where_the_data_have_them()
    {
        Write("data.csv", row => (50 + (0.02 * row)).ToString("R", CultureInfo.InvariantCulture) + ",", "time,x,y,z");
        Run("forecast", "data.csv", "--steps", "10", "--columns", "x,z", "--only", "ngrc", "-o", "orbit.csv");
        string[] lines = File.ReadAllLines(_folder.File("orbit.csv"));
        Assert.Equal("\"time\",\"x\",\"z\"", lines[0]);
        Assert.Equal(["70", "70.02", "70.04"], lines[1..4].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Dates_go_on_as_seconds_and_an_array_has_no_times()
    {
        DateTime start = new(2024, 12, 31, 23, 0, 0, DateTimeKind.Utc);
        Write(
            "data.csv",
            row => start.AddSeconds(10 * row).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) + ",",
            "date,x,y,z");
        Run("forecast", "data.csv", "--steps", "10", "--only", "linear,persistence", "-o", "orbit.csv");
        string[] lines = File.ReadAllLines(_folder.File("orbit.csv"));
        Assert.StartsWith("\"time [s]\",", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("10000,", lines[1], StringComparison.Ordinal);
        Run("forecast", "data.csv", "--steps", "10", "--only", "linear,persistence", "-o", "orbit.npy");
        Assert.Equal(3, SeriesFile.Read(_folder.File("orbit.npy")).Dimension);
    }

    [Fact]
    public void One_variable_with_missing_cells_is_forecast_and_drawn()
    {
        File.WriteAllLines(_folder.File("data.csv"),
            ["v", .. Enumerable.Range(0, 400)
                .Select(t => t is 100 or 399 ? "NA" : Math.Sin(0.2 * t).ToString("R", CultureInfo.InvariantCulture))]);
        Outcome outcome = Run("forecast", "data.csv", "--steps", "40", "-o", "orbit.csv", "--report", "page.html");
        Assert.Contains("candidate", outcome.Output);
        TimeSeries orbit = SeriesFile.Read(_folder.File("orbit.csv"));
        for (int t = 0; t < 40; t++)
            Assert.Equal(Math.Sin(0.2 * (400 + t)), orbit[t, 0], 0.05);
    }

    [Fact]
    public void The_identified_equations_are_printed_and_can_be_simulated()
    {
        Write("data.csv", row => "", "x,y,z");
        Outcome outcome = Run("forecast", "data.csv", "--dt", "0.02", "--only", "sindy", "--equations", "own.ode", "-o", "orbit.csv");
        Assert.Contains("x' = -10 x + 10 y", outcome.Output);
        Run("simulate", "own.ode", "--steps", "500", "--transient", "0", "-o", "simulated.csv");
        TimeSeries simulated = SeriesFile.Read(_folder.File("simulated.csv"));
        // The system sets out from the last row of the context.
        for (int t = 0; t < 100; t++)
            Assert.Equal(_all[999 + t, 0], simulated[t, 0], 0.1);
        Command.Run(_folder.Path, "forecast", "data.csv", "--only", "linear", "--equations", "none.ode").Fails("no equations");
    }

    [Fact]
    public void Weights_let_another_candidate_take_part_and_damaged_ones_are_named()
    {
        Write("data.csv", row => "", "x,y,z");
        string weights = $"{{\"A\": {List(2, 4)}, \"W\": {List(2, 4, 4)}, \"h\": {List(2, 4)}, \"conv_w\": {List(3, 3, 2)}, "
            + $"\"conv_b\": {List(3)}, \"D\": {List(3, 4)}, \"mlp1\": {List(5, 7)}, \"mlp2\": {List(2, 5)}, \"temp1\": 0.1, "
            + $"\"temp2\": 0.4, \"sigma\": {List(3)}, \"obs_L\": {List(1, 3)}, \"name\": \"none\"}}";
        File.WriteAllText(_folder.File("weights.json"), weights);
        JsonElement json = Run(
            "forecast", "data.csv", "--weights", "weights.json", "--noise", "0", "--only", "dynamix,ngrc", "--steps", "20", "--json").Json;
        Assert.Equal(
            ["dynamix", "ngrc"],
            json.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("name").GetString()).Order());
        File.WriteAllText(_folder.File("damaged.json"), weights.Replace("mlp2", "mlp3", StringComparison.Ordinal));
        Command.Run(_folder.Path, "forecast", "data.csv", "--weights", "damaged.json").IsBadInput("damaged.json", "mlp2");
        Command.Run(_folder.Path, "forecast", "data.csv", "--weights", "missing.json").IsBadInput("missing.json");
        Command.Run(_folder.Path, "forecast", "data.csv", "--only", "dynamix").IsBadInput("--weights");
        Command.Run(_folder.Path, "forecast", "data.csv", "--noise", "-1").IsBadInput("--noise");
    }

    [Fact]
    public void Without_a_file_to_write_the_orbit_has_a_name_of_its_own()
    {
        Run("forecast", "roessler", "--steps", "20", "--context", "300", "--only", "ngrc");
        Assert.Equal(20, SeriesFile.Read(_folder.File("forecast.csv")).Length);
    }

    [Theory]
    [InlineData("forecast lorenz63 --steps 0", "--steps")]
    [InlineData("forecast lorenz63 --context 0", "--context")]
    [InlineData("forecast lorenz63 --context 40", "50 rows")]
    [InlineData("forecast lorenz63 --coverage 1.5", "--coverage")]
    [InlineData("forecast lorenz63 --only ngr", "ngrc")]
    [InlineData("forecast missing.csv", "no such file")]
    [InlineData("forecast lorenz63 -o orbit.png", ".png")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, command.Split(' ')).IsBadInput(word);

    // Nested lists of small numbers.
    private static string List(params int[] shape)
        => shape.Length == 0 ? "0.1" : $"[{string.Join(", ", Enumerable.Range(0, shape[0]).Select(_ => List(shape[1..])))}]";

    private void Write(string file, Func<int, string> before, string header)
        => File.WriteAllLines(_folder.File(file), [header, .. Enumerable.Range(0, 1000).Select(t => before(t) + string.Join(
            ',', _all.Row(t).ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture))))]);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
