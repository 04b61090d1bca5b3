using System.Text.Json;
using Attractor.Experiments;

namespace Attractor.Cli.Tests;

/// <summary>The experiment on gradients through sampling: what it prints must be true, not only be there.</summary>
public sealed class ReparameterisationTests : IClassFixture<ReparameterisationTests.OneRun>
{
    private static readonly string[] s_components = ["mean", "log_standard_deviation"];

    private readonly OneRun _run;

    public ReparameterisationTests(OneRun run) => _run = run;

    private JsonElement Result => _run.Outcome.Json;

    private JsonElement[] Approach => [.. Result.GetProperty("approach").EnumerateArray()];

    [Fact]
    public void The_keys_are_stable()
    {
        Assert.Equal("", _run.Outcome.Errors);
        Assert.Equal(
            [
                "seed", "samplers", "relaxation", "posterior", "approach", "largest_mean_z_score", "largest_expected_score_z_score",
                "crossing_width", "widths", "discrete", "experiment", "verdict", "comparison", "answers", "settings", "report"
            ], Keys(Result));
        Assert.Equal(["distribution", "direct", "reparameterised", "test", "control", "results"], Keys(Result.GetProperty("samplers")[0]));
        Assert.Equal(["n", "statistic", "p_value"], Keys(Result.GetProperty("samplers")[0].GetProperty("results")[0]));
        Assert.Equal(["temperature", "component_means", "largest_above_0_99"], Keys(Result.GetProperty("relaxation")[0]));
        Assert.Equal(["mean", "standard_deviation", "log_evidence"], Keys(Result.GetProperty("posterior")));
        Assert.Equal(
            ["distance", "mean", "standard_deviation", "gradient_mean", "gradient_log_standard_deviation", "estimators", "expected_score"],
            Keys(Approach[0]));
        JsonElement estimator = Approach[0].GetProperty("estimators")[0];
        Assert.Equal(["name", "samples", "estimates", "variance_exact_is_limit", .. s_components], Keys(estimator));
        Assert.Equal(
            ["mean", "mean_standard_error", "mean_z_score", "variance", "variance_standard_error", "variance_exact"],
            Keys(estimator.GetProperty("mean")));
        Assert.Equal(
            ["width", "sticking_the_landing", "total_derivative", "best_multiple_of_the_score"], Keys(Result.GetProperty("widths")[0]));
        Assert.Equal(["gradient", "estimators"], Keys(Result.GetProperty("discrete")));
        Assert.Equal(
            [
                "name", "temperature", "unbiased", "samples", "estimates", "mean", "mean_standard_error", "bias", "bias_standard_error",
                "variance", "fewer_samples_than"
            ],
            Keys(Result.GetProperty("discrete").GetProperty("estimators")[0]));
    }

    [Fact]
    public void Other_probabilities_and_weights_have_their_own_gradient_by_enumeration()
    {
        JsonElement result = Command.Run(
            _run.Folder.Path, "reproduce", "reparameterisation", "--probabilities", "0.25,0.75", "--weights", "1,2", "--estimates", "2000",
            "-o", "two.html", "--json").Succeeds().Json;
        // f = (1, 4), E[f] = 3.25: p_k (f_k - E[f]).
        Assert.Equal([-0.5625, 0.5625], result.GetProperty("discrete").GetProperty("gradient").EnumerateArray().Select(g => g.GetDouble()));
        JsonElement argmax = result.GetProperty("samplers").EnumerateArray()
            .First(s => s.GetProperty("reparameterised").GetString() == "Gumbel-argmax");
        Assert.Equal("categorical, a = [0.25, 0.75]", argmax.GetProperty("distribution").GetString());
        Assert.Equal(0.25, argmax.GetProperty("shares_reparameterised")[0].GetDouble(), 0.06);
        Assert.All(
            result.GetProperty("relaxation").EnumerateArray(),
            r => Assert.Equal(1, r.GetProperty("component_means").EnumerateArray().Sum(m => m.GetDouble()), 1e-9));
        Assert.Contains("a = [0.25, 0.75]", File.ReadAllText(_run.Folder.File("two.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ways_of_drawing_give_one_distribution_and_a_wrong_one_is_seen()
    {
        int controls = 0;
        foreach (JsonElement sampler in Result.GetProperty("samplers").EnumerateArray())
        {
            double[] p = [.. sampler.GetProperty("results").EnumerateArray().Select(r => Number(r, "p_value"))];
            Assert.Equal([1000, 100_000], sampler.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("n").GetInt32()));
            if (sampler.GetProperty("control").GetBoolean())
            {
                controls++;
                Assert.All(p, x => Assert.InRange(x, 0, 1e-3));
            }
            else
            {
                Assert.All(p, x => Assert.InRange(x, 1e-3, 1));
            }
        }
        Assert.Equal(2, controls);
    }

    [Fact]
    public void The_softer_the_relaxation_the_further_its_means_are_from_the_probabilities()
    {
        double[] a = [0.1, 0.2, 0.5, 0.2];
        double[] distances = [.. Result.GetProperty("relaxation")
            .EnumerateArray()
            .Select(r => r.GetProperty("component_means").EnumerateArray().Zip(a, (m, p) => Math.Abs(m.GetDouble() - p)).Max())];
        Assert.True(distances[0] < 0.01 && distances[0] < distances[1] && distances[1] < distances[2]);
    }

    [Fact]
    public void Every_mean_is_the_gradient_and_the_expected_score_is_0()
    {
        foreach (JsonElement point in Approach)
        {
            // -(mu - m) / t^2 and 1 - s^2 / t^2 with m = 1, t = 0.5.
            double s = Number(point, "standard_deviation");
            Assert.Equal(4 * (1 - Number(point, "mean")), Number(point, "gradient_mean"), 1e-12);
            Assert.Equal(1 - (4 * s * s), Number(point, "gradient_log_standard_deviation"), 1e-12);
            foreach (string component in s_components)
            {
                double gradient = Number(point, "gradient_" + component);
                foreach (JsonElement estimator in point.GetProperty("estimators").EnumerateArray())
                {
                    JsonElement moments = estimator.GetProperty(component);
                    Assert.InRange(Math.Abs(Number(moments, "mean") - gradient), 0, (4.5 * Number(moments, "mean_standard_error")) + 1e-12);
                    Assert.InRange(Math.Abs(Number(moments, "mean_z_score")), 0, 4.5);
                }
                JsonElement score = point.GetProperty("expected_score").GetProperty(component);
                Assert.InRange(Math.Abs(Number(score, "mean")), 0, 4.5 * Number(score, "mean_standard_error"));
                AssertVariance(score);
            }
        }
        Assert.InRange(Number(Result, "largest_mean_z_score"), 0.1, 4.5);
    }

    [Fact]
    public void Variances_are_what_theory_says()
    {
        foreach (JsonElement point in Approach)
        {
            foreach (JsonElement estimator in point.GetProperty("estimators").EnumerateArray())
            {
                foreach (string component in s_components)
                {
                    JsonElement moments = estimator.GetProperty(component);
                    // Of an estimated baseline or multiple the closed form is a bound from below.
                    if (estimator.GetProperty("variance_exact_is_limit").GetBoolean())
                        Assert.True(Number(moments, "variance") >= Number(moments, "variance_exact") - 1e-12, moments.ToString());
                    else
                        AssertVariance(moments);
                }
            }
        }
        foreach (JsonElement width in Result.GetProperty("widths").EnumerateArray())
            foreach (string name in Keys(width).Skip(1))
                foreach (string component in s_components)
                    AssertVariance(width.GetProperty(name).GetProperty(component));
    }

    [Fact]
    public void At_the_posterior_sticking_the_landing_has_no_variance_and_the_total_derivative_has_all_of_it()
    {
        JsonElement posterior = Approach[^1];
        Assert.Equal(0, Number(posterior, "distance"));
        foreach (string component in s_components)
        {
            Assert.InRange(Variance(posterior, "sticking the landing", component), 0, 1e-20);
            Assert.InRange(Variance(posterior, "total derivative", component), 1.9, 4.1);
            // c^2 / s^2 and 2 c^2 with log p(x) = c = -2.
            Assert.InRange(Variance(posterior, "score function", component), 7.8, 16.4);
            Assert.InRange(Variance(posterior, "score function, leave-one-out baseline", component), 0, 1e-20);
            // It falls with the square of the distance: from 0.1 to 0.01 by a hundred.
            Assert.InRange(
                Variance(Approach[2], "sticking the landing", component) / Variance(Approach[4], "sticking the landing", component),
                85,
                120);
        }
    }

    [Fact]
    public void Sticking_the_landing_is_the_worse_one_below_half_the_variance_of_the_posterior()
    {
        Assert.Equal(Math.Sqrt(0.5), Number(Result, "crossing_width"), 1e-15);
        foreach (JsonElement width in Result.GetProperty("widths").EnumerateArray())
        {
            double w = Number(width, "width");
            foreach (string component in s_components)
            {
                double landing = Number(width.GetProperty("sticking_the_landing").GetProperty(component), "variance"),
                    total = Number(width.GetProperty("total_derivative").GetProperty(component), "variance");
                if (w < 0.7)
                    Assert.True(landing > 1.5 * total);
                else if (w > 0.75)
                    Assert.True(landing < 0.6 * total);
                else
                    Assert.Equal(1, landing / total, 0.03);
                Assert.True(Number(
                    width.GetProperty("best_multiple_of_the_score").GetProperty(component),
                    "variance") <= Math.Min(landing, total) * 1.001);
            }
        }
    }

    [Fact]
    public void Relaxations_trade_bias_for_variance()
    {
        JsonElement[] lines = [.. Result.GetProperty("discrete").GetProperty("estimators").EnumerateArray()];
        foreach (JsonElement line in lines)
        {
            double noise = Number(line, "bias_standard_error"), bias = Number(line, "bias");
            if (line.GetProperty("unbiased").GetBoolean())
                Assert.InRange(bias, 0, 3 * noise);
            else
                Assert.True(bias > 8 * noise, line.ToString());
        }
        foreach (string kind in (string[])["Gumbel-softmax", "straight-through"])
        {
            JsonElement[] series = [.. lines.Where(l => l.GetProperty("name").GetString()!.StartsWith(kind, StringComparison.Ordinal))];
            Assert.Equal([0.1, 0.25, 0.5, 1, 2], series.Select(l => Number(l, "temperature")));
            for (int i = 1; i < series.Length; i++)
            {
                Assert.True(Number(series[i], "bias") > Number(series[i - 1], "bias"));
                Assert.True(Number(series[i], "variance") < Number(series[i - 1], "variance"));
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_other_numbers()
    {
        Small("one.html");
        Outcome again = Small("again.html");
        Assert.Equal(File.ReadAllText(_run.Folder.File("one.html")), File.ReadAllText(_run.Folder.File("again.html")));
        Assert.Contains("sticking the landing", again.Output, StringComparison.Ordinal);
        Assert.Contains("every estimator at distance 0.1", again.Errors, StringComparison.Ordinal);
        // One part of another seed's experiment is enough to see that the numbers are others.
        string first = Result.GetProperty("samplers")[0].GetProperty("results")[0].GetProperty("statistic").GetRawText();
        Assert.Equal(first, Statistic(seed: 1));
        Assert.NotEqual(first, Statistic(seed: 2));

        Outcome Small(string page) => Command.Run(
            _run.Folder.Path, "reproduce", "reparameterisation", "--seed", "1", "--estimates", "2000", "-o", page).Succeeds();
    }

    private static string Statistic(ulong seed)
        => SamplerComparison.All(new() { Seed = (long)seed })[0].ToJson()["results"]![0]!["statistic"]!.ToJsonString();

    [Fact]
    public void Several_seeds_are_refused()
        => Command.Run(_run.Folder.Path, "reproduce", "reparameterisation", "--seeds", "1..4")
            .IsBadInput("unknown option '--seeds'", "did you mean --seed?");

    // Within five standard errors, which are those of twenty batches.
    private static void AssertVariance(JsonElement moments)
        => Assert.InRange(
            Math.Abs(Number(moments, "variance") - Number(moments, "variance_exact")),
            0,
            (5 * Number(moments, "variance_standard_error")) + 1e-12);

    private static double Variance(JsonElement point, string name, string component)
        => Number(
            point.GetProperty("estimators").EnumerateArray().Single(e => e.GetProperty("name").GetString() == name).GetProperty(component),
            "variance");

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    /// <summary>The experiment, done once for all.</summary>
    public sealed class OneRun : IDisposable
    {
        public OneRun() => Outcome = Command.Run(Folder.Path, "reproduce", "reparameterisation", "-o", "report.html", "--json").Succeeds();

        internal TemporaryFolder Folder { get; } = new();

        internal Outcome Outcome { get; }

        public void Dispose() => Folder.Dispose();
    }
}
