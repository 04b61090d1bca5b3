using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor estimators</c>: gradients of expressions, by every estimator.</summary>
public sealed class EstimatorsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_expectation_of_a_square_and_its_gradient_are_their_closed_forms()
    {
        const double mu = 1.5, s = 0.7;
        JsonElement table = Assert.Single(Run(
            "--variable", "z", "--integrand", "k*z^2", "-p", "k=1", "--mean", "1.5", "--deviation", "0.7", "--json").Json
            .GetProperty("tables").EnumerateArray());

        Assert.Equal((mu * mu) + (s * s), table.GetProperty("value").GetDouble(), 1e-10);
        AssertGradient(table, 2 * mu, 2 * s * s);
        AssertUnbiased(table, 4);
        // d z^2 / d mu = 2 z and d z^2 / d log s = 2 z s eps.
        AssertVariance(table, "path derivative", "mean", 4 * s * s);
        AssertVariance(table, "path derivative", "log_deviation", 4 * s * s * ((mu * mu) + (2 * s * s)));
    }

    [Fact]
    public void On_the_way_to_the_posterior_variances_are_their_closed_forms()
    {
        // The posterior is N(1, 0.5^2), and log p(x) = -2.
        const double m = 1, t = 0.5, evidence = -2;
        JsonElement json = Run(
            "-0.5*(z - m)^2/t^2 - 0.5*log(2*pi*t^2) + c", "--variable", "z", "-p", "m=1", "-p", "t=0.5", "-p", "c=-2",
            "--towards", "0,0.5,1", "--report", "page.html", "--json").Json;
        JsonElement[] tables = [.. json.GetProperty("tables").EnumerateArray()];
        Assert.Equal([0, 0.5, 1], tables.Select(x => x.GetProperty("towards").GetDouble()));
        foreach (JsonElement table in tables)
        {
            double way = table.GetProperty("towards").GetDouble(), mu = way, s = Math.Pow(0.5, way), r = s * s / (t * t);
            Assert.Equal(mu, table.GetProperty("q_mean").GetDouble(), 1e-9);
            Assert.Equal(s, table.GetProperty("q_deviation").GetDouble(), 1e-9);
            double divergence = Math.Log(t / s) + (0.5 * (r + ((mu - m) * (mu - m) / (t * t)) - 1));
            Assert.Equal(evidence - divergence, table.GetProperty("value").GetDouble(), 1e-9);
            AssertGradient(table, (m - mu) / (t * t), 1 - r);
            AssertUnbiased(table, 7);
            // Of the path derivative less k times the score.
            double distance = s * s * (mu - m) * (mu - m) / Math.Pow(t, 4);
            foreach ((string name, double k) in (ReadOnlySpan<(string, double)>)
                [("sticking the landing", 0), ("total derivative", 1), ("closed-form entropy", 1)])
            {
                AssertVariance(table, name, "mean", (1 - r - k) * (1 - r - k) / (s * s));
                AssertVariance(table, name, "log_deviation", distance + (2 * (1 - r - k) * (1 - r - k)));
            }
        }
        AssertVariance(tables[2], "score function", "mean", evidence * evidence / (t * t));
        AssertVariance(tables[2], "score function", "log_deviation", 2 * evidence * evidence);
        string page = File.ReadAllText(_folder.File("page.html"));
        Assert.Contains("Variance on the way", page, StringComparison.Ordinal);
        Assert.Contains("20,000 estimates from 10 samples", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_posterior_that_is_given_is_where_the_way_ends_and_a_seed_repeats_the_bits()
    {
        string[] command =
        [
            "-z^4", "--variable", "z", "--mean", "1", "--deviation", "0.5", "--towards", "0,1", "--posterior", "0,0.5",
            "--estimates", "1000", "--seed", "7", "--json"
        ];
        string first = Run(command).Output;
        Assert.Equal(first, Run(command).Output);
        command[^2] = "8";
        Assert.NotEqual(first, Run(command).Output);
        JsonElement[] tables = [.. JsonDocument.Parse(first).RootElement.GetProperty("tables").EnumerateArray()];
        // -E z^4 = -(mu^4 + 6 mu^2 s^2 + 3 s^4); by log s of the bound -(12 mu^2 s^2 + 12 s^4) + 1.
        AssertGradient(tables[0], -4 - (12 * 0.25), 1 - (12 * 0.25) - (12 * 0.0625));
        AssertGradient(tables[1], 0, 1 - (12 * 0.0625));
    }

    [Fact]
    public void What_is_told_to_a_person_has_both_objectives()
    {
        string text = Run("-2*(z - 1)^2", "--variable", "z", "--integrand", "sin(z)", "--estimates", "1000").Output;
        Assert.Contains("evidence lower bound", text, StringComparison.Ordinal);
        Assert.Contains("E_q[f]", text, StringComparison.Ordinal);
        Assert.Contains("sticking the landing", text, StringComparison.Ordinal);
        Assert.Contains("path derivative", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log(z) - z|--variable|z|--mean|1", "no finite number")]
    [InlineData("--variable|z|--integrand|exp(z^2)", "seems not to exist")]
    [InlineData("-z^4|--variable|z|--towards|1", "--posterior")]
    public void What_has_no_gradient_fails_with_the_reason(string command, string word)
        => Command.Run(_folder.Path, ["estimators", .. command.Split('|')]).Fails(word);

    [Theory]
    [InlineData("--variable|z", "--integrand")]
    [InlineData("-w^2|--variable|z", "'w'")]
    [InlineData("-z^2|--variable|z,w", "--variable")]
    [InlineData("-z^2|--variable|z|--deviation|0", "--deviation")]
    [InlineData("-z^2|--variable|z|--towards|2", "--towards")]
    [InlineData("-z^2|--variable|z|--posterior|0,1", "--towards")]
    [InlineData("-z^2|--variable|z|--towards|1|--posterior|0", "--posterior")]
    [InlineData("--variable|z|--integrand|z|--towards|1", "--posterior")]
    [InlineData("-z^2|--variable|z|--samples|2", "--samples")]
    [InlineData("-z^2|--variable|z|--estimates|2", "--estimates")]
    public void Bad_input_gets_one_line(string command, string word)
        => Command.Run(_folder.Path, ["estimators", .. command.Split('|')]).IsBadInput(word);

    private static void AssertGradient(JsonElement table, double mean, double logDeviation)
    {
        Assert.Equal(mean, table.GetProperty("gradient").GetProperty("mean").GetDouble(), 1e-8);
        Assert.Equal(logDeviation, table.GetProperty("gradient").GetProperty("log_deviation").GetDouble(), 1e-8);
    }

    // The seed is fixed: a limit that chance would seldom pass is enough.
    private static void AssertUnbiased(JsonElement table, int estimators)
    {
        JsonElement[] rows = [.. table.GetProperty("estimators").EnumerateArray()];
        Assert.Equal(estimators, rows.Length);
        foreach (JsonElement row in rows)
            foreach (string parameter in (string[])["mean", "log_deviation"])
                Assert.InRange(row.GetProperty(parameter).GetProperty("mean_z_score").GetDouble(), -4, 4);
    }

    private static void AssertVariance(JsonElement table, string estimator, string parameter, double expected)
    {
        JsonElement found = table.GetProperty("estimators").EnumerateArray().First(
            r => r.GetProperty("estimator").GetString() == estimator).GetProperty(parameter);
        Assert.Equal(
            expected, found.GetProperty("variance").GetDouble(), 1e-12 + (4 * found.GetProperty("variance_standard_error").GetDouble()));
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, ["estimators", .. arguments]).Succeeds();
}
