using Attractor.Learning;

namespace Attractor.Reports.Tests;

public sealed class ReportTests
{
    [Fact]
    public void The_same_report_gives_the_same_bytes()
        => Assert.Equal(Samples.Lorenz().ToReport().ToHtml(), Samples.Lorenz().ToReport().ToHtml());

    [Fact]
    public void A_report_stays_below_three_megabytes()
        => Assert.InRange(Samples.Lorenz().ToReport().ToHtml().Length, 100_000, 3_000_000);

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<b>bold</b>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    public void Names_cannot_become_markup(string name)
    {
        string html = (Samples.Lorenz(name) with { Title = name, Configuration = [(name, name)], Commands = [(name, name)] })
            .ToReport()
            .ToHtml();
        Assert.DoesNotContain(name, html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_finite_is_a_gap()
    {
        LineFigure figure = new("f", "", "x", "y", [new("c", "--true", [0, 1, 2, 3], [1.5, double.NaN, double.PositiveInfinity, 1e-12])]);
        string html = new Report("t", "s", [new("h", [figure])]).ToHtml();
        Assert.Contains("\"y\":[1.5,null,null,1E-12]", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orbit_that_diverges_at_once_is_said_so()
    {
        TimeSeries truth = Samples.Lorenz().Truth;
        double[] values = new double[truth.Values.Length];
        Array.Fill(values, double.NaN);
        truth.Row(0).CopyTo(values);
        string html = (Samples.Lorenz() with { Generated = new TimeSeries(values, 3, 0.01) }).ToReport().ToHtml();
        Assert.Contains("diverges at once", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_variables_can_be_shown(int dimension)
    {
        double[] values = new double[1000 * dimension];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Sin((0.05 * (i / dimension)) + (i % dimension));
        TimeSeries series = new(values, dimension);
        string html = new ReconstructionReport { Title = "t", Subtitle = "s", Truth = series, Generated = series }.ToReport().ToHtml();
        Assert.Contains("\"type\":\"scatter", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_from_the_end_of_a_trial_to_the_next()
    {
        TimeSeries whole = Samples.Lorenz().Truth, one = whole.Slice(0, 300), other = whole.Slice(4000, 500);
        ReconstructionReport report = Samples.Lorenz() with
        {
            Recordings = [("a", one, other.Slice(0, 300)), ("b", other, one.Slice(0, 300))],
            Forecast = new(100, 150, other.Slice(100, 300)) { Trial = 1 },
        };
        string html = report.ToReport().ToHtml();
        string First(TimeSeries series, int row) => Number(series[row, 0]);
        // A gap of the figures parts the orbits, those of the data and those beside them.
        Assert.Contains($"{First(one, 299)},null,{First(other, 0)},", html, StringComparison.Ordinal);
        Assert.Contains($"{First(other, 299)},null,{First(one, 0)},", html, StringComparison.Ordinal);
        Assert.Contains("From row 100 of trial b on", html, StringComparison.Ordinal);
        // Both maxima of a point of the return map are of one trial.
        int pairs = SuccessiveMaxima.Of(one.Column(2)).Length + SuccessiveMaxima.Of(other.Column(2)).Length - 2;
        Curve truth = ReturnMapFigure.Of([.. report.Recordings.Select(r => (r.Truth, r.Generated))])!.Curves[0];
        Assert.Equal((pairs, pairs), (truth.X.Count, truth.Y.Count));

        static string Number(double value) => value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_spectrum_of_trials_alike_is_that_of_one()
    {
        TimeSeries one = Samples.Lorenz().Truth.Slice(0, 2000);
        LineFigure[] Spectra(IEnumerable<Element> elements) => [.. ((Row)elements.Single()).Elements.Cast<LineFigure>()];
        LineFigure[] single = Spectra(SpectrumFigures.Of(one, one)), twice = Spectra(SpectrumFigures.Of([(one, one), (one, one)]));
        Assert.Equal(3, single.Length);
        for (int n = 0; n < 3; n++)
            for (int i = 0; i < single[n].Curves[0].Y.Count; i++)
                Assert.Equal(1, twice[n].Curves[0].Y[i] / single[n].Curves[0].Y[i], 1e-9);
    }

    [Fact]
    public void Maxima_of_sampled_parabolas_are_exact()
    {
        double[] series = [.. Enumerable.Range(0, 40).Select(t => 5 - Math.Pow((t % 10) - 4.3, 2))];
        Assert.All(SuccessiveMaxima.Of(series), m => Assert.Equal(5, m, 1e-12));
        Assert.Equal(4, SuccessiveMaxima.Of(series).Length);
    }

    [Fact]
    public void Scores_and_settings_read_without_scripts()
    {
        string html = Samples.Lorenz().ToReport().ToHtml();
        Assert.Contains("<td class=\"number\">0.1234</td>", html, StringComparison.Ordinal);
        Assert.Contains("<noscript>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_replaces_its_file_as_a_whole()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("attractor-").FullName, "r.html");
        File.WriteAllText(path, "old");
        new Report("t", "s", []).Save(path);
        Assert.Contains("<title>t</title>", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Throws<DirectoryNotFoundException>(() => new Report("t", "s", []).Save(Path.Combine(path + "-nowhere", "r.html")));
    }
}

/// <summary>A report of Lorenz-63 against itself, from another start.</summary>
internal static class Samples
{
    public static ReconstructionReport Lorenz(string name = "x")
    {
        TimeSeries truth = Systems.Lorenz63.Default.Simulate(steps: 8000, dt: 0.01).Standardize();
        truth = new(truth.Values.ToArray(), 3, 0.01, [name, "y", "z"]);
        TimeSeries other = new(Systems.Lorenz63.Default.Simulate(steps: 8000, dt: 0.01, seed: 5).Standardize().Values.ToArray(), 3, 0.01);
        return new()
        {
            Title = "Lorenz",
            Subtitle = "A test.",
            Truth = truth,
            Generated = other,
            Forecast = new(100, 150, other.Slice(100, 300)),
            Losses = [.. Enumerable.Range(1, 50).Select(i => new LossPoint(100 * i, 1.0 / i, 1e-3, i))],
            Scores = [new ScoreRow("State-space divergence", "D_stsp", 0.1234, 0.1, "in nats")],
            Configuration = [("alpha", "0.1")],
            Commands = [("repeat", "attractor demo")],
        };
    }
}
