using System.Text.RegularExpressions;

namespace Attractor.Reports.Tests;

public sealed partial class MixtureReportTests
{
    private const string Markup = "</script><script>alert(1)</script>";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(2, 20)]
    [InlineData(4, 5)]
    public void A_mixture_of_any_size_is_shown(int dimension, int components)
    {
        string html = Report(dimension, components).ToReport().ToHtml();
        foreach (string words in (string[])[
            "How good it is",
            "Strengths",
            "Components",
            "Evidence lower bound",
            "Graphical model",
            dimension == 1 ? "Positions" : "Rows and components"
        ])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Equal(components, Rows().Count(Section(html, "Components")));
        Assert.Equal(dimension > 2, html.Contains("principal component", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Markup)]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    public void Names_cannot_become_markup(string name)
    {
        MixtureReport report = Report(2, 2, name) with
        {
            Title = name,
            Subtitle = name,
            Ending = name,
            MissingValues = name,
            Categories = [new(name, [name, "other"], [0.5, 0.5, 0.1, 0.9])],
            BoundTerms = [new(name, -1, name)],
            Configuration = [(name, name)],
            Commands = [(name, name)],
            Blocks = [new(name, name, [new(name + "_k", name, [(name + "2", name)])])],
        };
        Assert.DoesNotContain(name, report.ToReport().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_of_the_graphical_model_end_at_the_rims_of_its_circles()
    {
        string diagram = Section(Report(2, 2).ToReport().ToHtml(), "Model");
        (double X, double Y, double R)[] circles = [.. Circles().Matches(diagram).Select(m => (Number(m, 1), Number(m, 2), Number(m, 3)))];
        (double X, double Y)[] arrows = [.. Arrows().Matches(diagram).Select(m => (Number(m, 1), Number(m, 2)))];
        Assert.True(arrows.Length >= 9, $"{arrows.Length} arrows");
        foreach ((double x, double y) in arrows)
        {
            Assert.Contains(circles, c => Math.Abs(Math.Sqrt(((c.X - x) * (c.X - x)) + ((c.Y - y) * (c.Y - y))) - c.R) < 3);
        }
    }

    [Fact]
    public void Rows_that_lack_a_position_are_not_drawn_and_do_no_harm()
    {
        double[] values = [0, 0, double.NaN, 1, 3, 3, 4, double.NaN];
        MixtureReport report = Report(2, 2) with { Rows = 4, Positions = new(["x", "y"], values, [1, 0, 1, 0, 0, 1, 0, 1]) };
        Assert.Contains("Rows and components", report.ToReport().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Contains(
            "responsibilities",
            Assert.Throws<ArgumentException>(() => (Report(2, 2) with { Positions = new(["x", "y"], [0, 0], [1]) }).ToReport()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (Report(2, 2) with { Components = [] }).ToReport());
        Assert.Throws<ArgumentException>(() => (Report(2, 2) with { Counts = [new("s", [1], [1], [])] }).ToReport());
    }

    [Fact]
    public void A_mixture_without_positions_and_with_an_empty_component_says_so()
    {
        MixtureReport report = Report(2, 2) with
        {
            Positions = null,
            Components = [new() { Weight = 0.99, ExpectedRows = 60 }, new() { Weight = 0.01, ExpectedRows = 0.1 }]
        };
        string html = report.ToReport().ToHtml();
        Assert.DoesNotContain("Rows and components", html, StringComparison.Ordinal);
        Assert.Contains("1 of 2", html, StringComparison.Ordinal);
        Assert.Contains("not in use", html, StringComparison.Ordinal);
    }

    internal static MixtureReport Report(int dimension, int components, string name = "strength")
    {
        const int N = 60;
        double[] positions = [.. Enumerable.Range(0, N * dimension).Select(i => (10 * (i / dimension % components)) + Math.Sin(i))];
        double[] responsibilities = new double[N * components];
        for (int n = 0; n < N; n++)
            responsibilities[(n * components) + (n % components)] = 1;
        double[] covariance = [.. Enumerable.Range(0, dimension * dimension).Select(i => i % (dimension + 1) == 0 ? 1.0 : 0.2)];
        return new()
        {
            Title = "mixture",
            Subtitle = "a mixture",
            Rows = N,
            Components =
            [
                .. Enumerable.Range(0, components).Select(k => new MixtureComponent
                {
                    Weight = 1.0 / components,
                    ExpectedRows = (double)N / components,
                    Centre = [.. Enumerable.Repeat(10.0 * k, dimension)],
                    CentreDeviations = [.. Enumerable.Repeat(0.1, dimension)],
                    Covariance = covariance,
                }),
            ],
            Bound = -123.4,
            Converged = true,
            Ending = "the bound no longer moved",
            Blocks =
            [
                new("x_n", "position", [
                    new("mu_k", "centre", [("nu", "prior mean"), ("rho", "prior precision")]),
                    new("tau", "precision", []) { PerComponent = false, IsFixed = true }
                ]),
                new("s_n", "strength", [new("lambda_k", "rate", [("alpha", "shape"), ("beta", "rate")])]),
            ],
            Concentration = "delta",
            Positions = new([.. Enumerable.Range(0, dimension).Select(d => d == 0 ? name : $"{name}{d}")], positions, responsibilities),
            Counts = [new(
                name,
                [.. Enumerable.Range(0, N).Select(n => (double)(n % 7))],
                [0.1, 0.2, 0.3],
                [.. Enumerable.Range(0, components).Select(k => new Estimate(k + 1, 0.1, k + 0.8, k + 1.2))])],
            Restarts = [RestartTrace.OfSweeps([-200, -130, -123.4]), RestartTrace.OfSweeps([-300, -150])],
            BoundTerms = [new("assignments", -100, "E[log p(z)]"), new("rest", -23.4, "")],
        };
    }

    private static string Section(string html, string heading)
    {
        int start = html.IndexOf($"<h2>{heading}</h2>", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        return html[start..html.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private static double Number(Match match, int group)
        => double.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<tr><td")]
    private static partial Regex Rows();

    [GeneratedRegex("""<circle[^>]*cx="([-\d.]+)" cy="([-\d.]+)" r="([-\d.]+)""")]
    private static partial Regex Circles();

    // The first point of a head is its tip.
    [GeneratedRegex("""class="head" d="M([-\d.]+)[ ,]([-\d.]+)L""")]
    private static partial Regex Arrows();
}
