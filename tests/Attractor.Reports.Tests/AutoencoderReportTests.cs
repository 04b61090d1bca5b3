using System.Text.RegularExpressions;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Reports.Tests;

public sealed partial class AutoencoderReportTests
{
    private const string Markup = "</script><script>alert(1)</script>";

    [Fact]
    public void A_picture_is_a_png_within_the_page()
    {
        Raster raster = new([0, 128, 255, 7, 8, 9], 2, 3);
        string html = new Report("t", "s", [new("h", [new Picture("title", "caption", raster) { Scale = 4 }])]).ToHtml();
        string base64 = Data().Match(html).Groups[1].Value;
        Assert.Equal(Png.Encode(raster), Convert.FromBase64String(base64));
        Assert.Contains("width:12px", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"title\"", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption>caption</figcaption>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Markup)]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    public void Names_cannot_become_markup(string name)
    {
        string html = new Report("t", "s", [new("h", [new Picture(name, name, new([1], 1, 1))])]).ToHtml();
        Assert.DoesNotContain(name, html, StringComparison.Ordinal);
        html = (Images() with
        {
            Title = name,
            Source = name,
            Configuration = [(name, name)],
            Commands = [(name, name)],
            Bounds = [new(1, -3, 0.1)]
        })
            .ToReport()
            .ToHtml();
        Assert.DoesNotContain(name, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_images_shows_reconstructions_samples_and_traversals()
    {
        string html = (Images() with { Labels = [.. Enumerable.Range(0, 40).Select(i => i % 3)] }).ToReport().ToHtml();
        Assert.Equal(3, Data().Count(html));
        foreach (string words in (string[])[
            "How good it is",
            "Reconstructions",
            "Samples",
            "Latent variables",
            "What the latent variables do",
            "The first 32 test images",
            "coloured by their labels"
        ])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("Training</h2>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_table_has_no_pictures()
    {
        VariationalAutoencoder model = new(new() { Observed = 3, Layers = [4], Latent = 2, Observation = Observation.Gaussian });
        AutoencoderReport report = new()
        {
            Title = "t",
            Model = model,
            Observations = [.. Enumerable.Range(0, 90).Select(i => MathF.Sin(i))],
            Source = "training rows"
        };
        string html = report.ToReport().ToHtml();
        Assert.Equal(0, Data().Count(html));
        Assert.Contains("Data and samples", html, StringComparison.Ordinal);
        Assert.Contains("Gaussian observations", html, StringComparison.Ordinal);
        Assert.DoesNotContain("What the latent variables do", html, StringComparison.Ordinal);
        // One variable and one latent variable leave nothing to draw in a plane.
        VariationalAutoencoder small = new(new() { Observed = 1, Layers = [], Latent = 1, Observation = Observation.Poisson });
        html = new AutoencoderReport { Title = "t", Model = small, Observations = [1, 2, 3], Source = "training rows" }.ToReport().ToHtml();
        Assert.DoesNotContain("Latent variables</h2>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Data and samples", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_are_bounds_so_that_more_is_better()
    {
        EpochPoint Epoch(int n) => new(n, 10 * n, 30 - n, 25 - n, 5, 31 - n, 1, 1e-3, n, 1);
        ImportanceWeightedEstimate bound = new(100, -26.25, 0.5);
        string html = (Images() with { Epochs = [Epoch(1), Epoch(2)], Bounds = [bound], BoundSamples = 40 }).ToReport().ToHtml();
        foreach (string words
            in (string[])["-28.00", "-29.00", "-26.25", "standard error 0.50", "K = 100", "on 40 test images", "Evidence lower bound"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Equal(html, (Images() with { Epochs = [Epoch(1), Epoch(2)], Bounds = [bound], BoundSamples = 40 }).ToReport().ToHtml());
    }

    private static AutoencoderReport Images() => new()
    {
        Title = "RUN: vae",
        Model = new(new() { Observed = 12, Layers = [5], Latent = 3, Image = (3, 4), Seed = 2 }),
        Observations = [.. Enumerable.Range(0, 40 * 12).Select(i => i * i % 7 < 3 ? 1f : 0)],
        Source = "test images",
    };

    [GeneratedRegex("src=\"data:image/png;base64,([A-Za-z0-9+/=]+)\"")]
    private static partial Regex Data();
}
