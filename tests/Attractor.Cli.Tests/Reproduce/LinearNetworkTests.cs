using System.Globalization;
using System.Text.Json;
using Attractor.Tests;

namespace Attractor.Cli.Tests;

/// <summary>The experiment on a linear network: every published digit.</summary>
public sealed class LinearNetworkTests : IClassFixture<LinearNetworkTests.OneRun>
{
    private readonly OneRun _run;

    public LinearNetworkTests(OneRun run) => _run = run;

    private JsonElement Result => _run.Outcome.Json;

    [Fact]
    public void The_keys_are_stable()
    {
        Assert.Equal("", _run.Outcome.Errors);
        Assert.Equal(
            [
                "inputs", "targets", "gradient_at", "gradient", "gradient_by_hand", "gradient_numeric", "gradient_published",
                "checked_points", "largest_difference_by_hand",
                "largest_difference_numeric", "iterations", "start", "w_x", "w_rec", "w_x_published", "w_rec_published", "loss", "rules",
                "test_inputs", "test_output",
                "test_output_published", "test_sum", "state_gradients", "experiment", "verdict", "comparison", "answers", "settings",
                "report",
            ],
            Keys(Result));
        Assert.Equal(["rule", "initial_step", "w_x", "w_rec", "loss"], Keys(Result.GetProperty("rules")[0]));
        Assert.Equal(["w_x", "w_rec", "gradient", "gradient_by_hand", "gradient_as_drawn"], Keys(Result.GetProperty("state_gradients")[0]));
    }

    [Fact]
    public void Every_published_digit_is_there()
    {
        Assert.Equal("35831.71124367", Result.GetProperty("gradient")[0].GetDouble().ToString("F8", CultureInfo.InvariantCulture));
        Assert.Equal("521568.4066673", Result.GetProperty("gradient")[1].GetDouble().ToString("F7", CultureInfo.InvariantCulture));
        Assert.Equal("1.6779304274", Result.GetProperty("w_x").GetDouble().ToString("F10", CultureInfo.InvariantCulture));
        Assert.Equal("0.9398291779", Result.GetProperty("w_rec").GetDouble().ToString("F10", CultureInfo.InvariantCulture));
        Assert.Equal("12.07678517", Result.GetProperty("test_output").GetDouble().ToString("F8", CultureInfo.InvariantCulture));
        Assert.Equal(11.92, Result.GetProperty("test_sum").GetDouble(), 1e-12);
        Assert.Equal(500, Result.GetProperty("iterations").GetInt32());
    }

    [Fact]
    public void Gradients_by_hand_on_the_tape_and_by_differences_agree()
    {
        Assert.Equal(100, Result.GetProperty("checked_points").GetInt32());
        Assert.InRange(Result.GetProperty("largest_difference_by_hand").GetDouble(), 0, 1e-13);
        Assert.InRange(Result.GetProperty("largest_difference_numeric").GetDouble(), 1e-13, 1e-7);
        double[] tape = Numbers(Result, "gradient"),
            hand = Numbers(Result, "gradient_by_hand"), numeric = Numbers(Result, "gradient_numeric");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(hand[i], tape[i], 1e-13 * hand[1]);
            Assert.Equal(numeric[i], tape[i], 1e-7 * hand[1]);
        }
        Assert.Equal(6, Result.GetProperty("state_gradients").GetArrayLength());
        foreach (JsonElement point in Result.GetProperty("state_gradients").EnumerateArray())
        {
            double[] g = Numbers(point, "gradient"), byHand = Numbers(point, "gradient_by_hand");
            Assert.Equal(21, g.Length);
            for (int k = 0; k < 21; k++)
                Assert.Equal(byHand[k], g[k], 1e-12 * Math.Abs(byHand[k]));
            // Each step back multiplies by w_rec.
            for (int k = 0; k < 20; k++)
                Assert.Equal(point.GetProperty("w_rec").GetDouble() * g[k + 1], g[k], 1e-12 * Math.Abs(g[k]));
        }
    }

    [Fact]
    public void The_variants_of_the_papers_go_their_own_ways()
    {
        (string, double, double, double)[] rules = [.. Result.GetProperty("rules").EnumerateArray()
            .Select(r => (
                r.GetProperty("rule").GetString()!,
                r.GetProperty("initial_step").GetDouble(),
                r.GetProperty("w_x").GetDouble(),
                r.GetProperty("w_rec").GetDouble()))];
        Assert.Equal(["document", "Rprop-", "Rprop+", "iRprop-"], rules.Select(r => r.Item1));
        // By NumPy, one scalar rule each.
        AssertRule(0.001, 1.53604012, 0.95098904, rules[1]);
        AssertRule(0.001, 1.4584988, 0.95735689, rules[2]);
        AssertRule(0.001, 1.49966949, 0.95392239, rules[3]);

        static void AssertRule(double step, double wx, double wrec, (string, double Step, double Wx, double Wrec) rule)
        {
            Assert.Equal(step, rule.Step);
            Assert.Equal(wx, rule.Wx, 1e-8);
            Assert.Equal(wrec, rule.Wrec, 1e-8);
        }
    }

    [Fact]
    public void The_inputs_are_the_published_ones()
    {
        Assert.Equal(30, Result.GetProperty("inputs").GetArrayLength());
        double[][] inputs =
            [.. Result.GetProperty("inputs").EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
        Assert.Equal([0.66, 0.33, 1, 0.33, 0.66, 0.66, 1, 0.66, 0.33, 1, 1, 0.66, 0.66, 0.33, 1, 1, 0.66, 0.33, 0.33, 0.33], inputs[0]);
        Assert.Equal(
            [
                12.93, 16.62, 11.94, 13.6, 11.58, 13.25, 16.29, 13.27, 12.25, 12.59, 13.6, 12.94, 15.6, 14.27, 13.59, 12.61, 12.59, 11.59,
                12.93, 14.27, 15.28, 15.26, 14.95, 13.59,
                13.95, 13.6, 14.29, 14.95, 14.95, 13.59,
            ],
            Numbers(Result, "targets").Select(t => Math.Round(t, 2)));
        Assert.SkipUnless(SharedData.TryFind("linear_rnn/inputs.csv", out string path), "the published inputs are not here");
        double[][] published =
            [.. File.ReadLines(path).Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(published, inputs);
    }

    [Fact]
    public void The_report_holds_the_figures_and_the_command_says_the_numbers()
    {
        Outcome spoken = Command.Run(_run.Folder.Path, "reproduce", "linear-rnn", "-o", "again.html").Succeeds();
        string report = File.ReadAllText(_run.Folder.File("report.html"));
        Assert.Equal(report, File.ReadAllText(_run.Folder.File("again.html")));
        Assert.Contains("1.6779304274", report, StringComparison.Ordinal);
        Assert.Contains("(1, -0.5)", report, StringComparison.Ordinal);
        Assert.Contains("1.6779304274   0.9398291779", spoken.Output, StringComparison.Ordinal);
        Assert.Contains("again.html", spoken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_are_refused()
        => Command.Run(_run.Folder.Path, "reproduce", "linear-rnn", "--seeds", "1..4").IsBadInput("unknown option '--seeds'");

    [Fact]
    public void A_network_can_be_trained_by_resilient_backpropagation()
    {
        Command.Run(_run.Folder.Path, "simulate", "lorenz63", "--steps", "2000", "--standardize", "-o", "data.npy").Succeeds();
        Command.Run(
            _run.Folder.Path, "train", "shplrnn", "data.npy", "--hidden", "8", "--updates", "200", "--optimizer", "rprop", "--lr", "0.001",
            "-o", "run").Succeeds();
        string config = File.ReadAllText(Path.Combine(_run.Folder.File("run"), "config.json"));
        Assert.Equal("rprop", JsonDocument.Parse(config).RootElement.GetProperty("optimizer").GetString());
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static double[] Numbers(JsonElement element, string key)
        => [.. element.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];

    /// <summary>The experiment, done once for all.</summary>
    public sealed class OneRun : IDisposable
    {
        public OneRun() => Outcome = Command.Run(Folder.Path, "reproduce", "linear-rnn", "-o", "report.html", "--json").Succeeds();

        internal TemporaryFolder Folder { get; } = new();

        internal Outcome Outcome { get; }

        public void Dispose() => Folder.Dispose();
    }
}
