using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>The experiment on Laplace's method: what it prints must be true, not only be there.</summary>
public sealed class LaplaceTests : IClassFixture<LaplaceTests.OneRun>
{
    private readonly OneRun _run;

    public LaplaceTests(OneRun run) => _run = run;

    private JsonElement Result => _run.Outcome.Json;

    private JsonElement[] Table => [.. Result.GetProperty("table").EnumerateArray()];

    private JsonElement[] Posterior => [.. Result.GetProperty("posterior").EnumerateArray()];

    [Fact]
    public void The_keys_are_stable()
    {
        Assert.Equal("", _run.Outcome.Errors);
        Assert.Equal(["seed", "table", "posterior", "experiment", "verdict", "comparison", "answers", "settings", "report"], Keys(Result));
        Assert.Equal(
            [
                "n", "exact", "laplace", "relative_error", "log_relative_error", "bound", "maximum", "curvature", "document",
                "document_error"
            ],
            Keys(Table[0]));
        string[] posterior =
        [
            "observations",
            "mode",
            "log_evidence",
            "laplace",
            "laplace_error",
            "importance_sampling",
            "importance_sampling_standard_error",
            "pareto_shape"
        ];
        Assert.Equal([.. posterior, "variational_bound", "variational_bound_standard_error"], Keys(Posterior[0]));
        Assert.Equal(posterior, Keys(Posterior[1]));
    }

    [Fact]
    public void Factorials_are_missed_by_1_over_12_N()
    {
        Assert.Equal([1, 2, 5, 10, 20, 50, 100, 170, 1e3, 1e4, 1e5, 1e6], Table.Select(r => Number(r, "n")));
        double logFactorial = 0;
        int k = 1;
        foreach (JsonElement row in Table)
        {
            double n = Number(row, "n");
            while (k < n)
                logFactorial += Math.Log(++k);
            Assert.Equal(logFactorial, Number(row, "exact"), 1e-13 * (1 + logFactorial) * Math.Sqrt(n));
            // Stirling's series, whose next term is 1 / 1260 N^5.
            double difference = (1 / (12 * n)) - (1 / (360 * n * n * n));
            Assert.Equal(1 - Math.Exp(-difference), Number(row, "relative_error"), (1 / (1200 * Math.Pow(n, 5))) + 1e-9 / n + 3e-10);
            Assert.Equal(
                Number(row, "exact") - difference, Number(row, "laplace"), (1 / (1200 * Math.Pow(n, 5))) + 1e-11 + (1e-15 * logFactorial));
            Assert.Equal(n, Number(row, "maximum"), 1e-9 * n);
            Assert.Equal(-1, Number(row, "curvature") * n * n, 1e-9);
            // The factor e^-N that the document's last line lost.
            Assert.Equal(n - difference, Number(row, "document_error"), (1 / (1200 * Math.Pow(n, 5))) + (1e-15 * logFactorial) + 1e-12);
            if (n == 1)
            {
                Assert.Equal(JsonValueKind.Null, row.GetProperty("log_relative_error").ValueKind);
                continue;
            }
            Assert.Equal(1 / (12 * n * logFactorial), Number(row, "bound"), 1e-12 / n);
            // At N = 10^6 rounding of the exponent is a thousandth of the error.
            Assert.InRange(Number(row, "log_relative_error"), 0, Number(row, "bound") * (n < 1e4 ? 1 : 1.003));
        }
    }

    [Theory]
    [InlineData(1, 0.0778629911)]
    [InlineData(5, 0.0165069337)]
    [InlineData(10, 0.0082959604)]
    [InlineData(50, 0.0016652564)]
    [InlineData(100, 0.00083298343)]
    [InlineData(170, 0.00049007539)]
    public void The_relative_errors_are_the_known_ones(double n, double error)
        => Assert.Equal(error, Number(Table.Single(r => Number(r, "n") == n), "relative_error"), 1e-9);

    [Fact]
    public void The_evidence_of_the_posterior_is_that_of_quadrature_but_for_1_over_n()
    {
        // By SciPy, with another rule.
        Assert.Equal(-12.428805723937, Number(Posterior[0], "log_evidence"), 1e-9);
        Assert.Equal(-12.492028893964, Number(Posterior[0], "laplace"), 1e-9);
        Assert.InRange(
            Number(Posterior[0], "variational_bound"), Number(Posterior[0], "log_evidence") - 0.05, Number(Posterior[0], "log_evidence"));
        Assert.Equal([20, 40, 80, 160, 320, 640, 1280], Posterior.Select(p => Number(p, "observations")));
        foreach (JsonElement p in Posterior)
        {
            Assert.InRange(
                Math.Abs(Number(p, "importance_sampling") - Number(p, "log_evidence")),
                0,
                4 * Number(p, "importance_sampling_standard_error"));
            Assert.Equal(Number(p, "log_evidence") - Number(p, "laplace"), Number(p, "laplace_error"), 1e-12);
        }
        // Twice the observations, half the error.
        Assert.Equal(2, Number(Posterior[^2], "laplace_error") / Number(Posterior[^1], "laplace_error"), 0.05);
    }

    [Fact]
    public void The_report_holds_the_table_and_the_command_says_it()
    {
        Outcome spoken = Command.Run(_run.Folder.Path, "reproduce", "laplace", "-o", "again.html").Succeeds();
        Assert.Equal(File.ReadAllText(_run.Folder.File("report.html")), File.ReadAllText(_run.Folder.File("again.html")));
        Assert.Contains("12815518.3847", File.ReadAllText(_run.Folder.File("report.html")), StringComparison.Ordinal);
        Assert.Contains("it is off by N nats", spoken.Output, StringComparison.Ordinal);
        Assert.Contains("again.html", spoken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_seeds_are_refused()
        => Command.Run(_run.Folder.Path, "reproduce", "laplace", "--seeds", "1..4")
            .IsBadInput("unknown option '--seeds'", "did you mean --seed?");

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    /// <summary>The experiment, done once for all.</summary>
    public sealed class OneRun : IDisposable
    {
        public OneRun() => Outcome = Command.Run(Folder.Path, "reproduce", "laplace", "-o", "report.html", "--json").Succeeds();

        internal TemporaryFolder Folder { get; } = new();

        internal Outcome Outcome { get; }

        public void Dispose() => Folder.Dispose();
    }
}
