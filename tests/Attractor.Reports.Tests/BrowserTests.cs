using Microsoft.Playwright;

namespace Attractor.Reports.Tests;

/// <summary>The report as a person opens it: from a file, in a real browser, with no network.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("attractor-").FullName, "report.html");
    private readonly List<string> _errors = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(s_browsers, File.Exists) is not { } browser)
            return;
        (Samples.Lorenz() with { Cycles = DynamicsReportTests.Cycles }).ToReport().Save(_path);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = browser,
            Args =
            [
                "--no-sandbox",
                "--disable-gpu",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }

    [Theory]
    [InlineData(1200, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task Every_figure_is_drawn_without_errors_or_network(int width, int height, ColorScheme scheme)
        => await Drawn(await Open(width, height, scheme), scheme);

    // One page for all that is done with it: a scene takes this browser seconds to draw.
    [Fact]
    public async Task A_page_is_looked_at_turned_saved_and_darkened()
    {
        IPage page = await Open(1200, 900, ColorScheme.Light);
        await Drawn(page, ColorScheme.Light);
        await Marked(page);
        await Saved(page, "svg", "<svg");
        await Saved(page, "png", "PNG");
        await TurnsTogether(page);

        string before = await page.EvaluateAsync<string>("document.querySelectorAll('.plot')[0].data[0].line.color");
        await page.Locator("#theme").ClickAsync();
        await page.WaitForFunctionAsync("before => document.querySelectorAll('.plot')[0].data[0].line.color !== before", before);
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData(1200, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Histograms_and_bars_are_drawn_and_filled(int width, int height, ColorScheme scheme)
    {
        HistogramFigure histogram = HistogramTests.Figure(
            [1, 2, 2, 3], [2, 3, 4]) with
        { Curves = [new("density", "--text", [1, 4], [0.1, 0.5]) { Dashed = true }] };
        BarFigure bars = new(
            "Bars", "", "class", "share", ["a", "b"], [new("one", "--true", [0.25, 0.75]), new("two", "--seventh", [0.5, 0.5])]);
        new Report("t", "s", [new("h", [new Row([histogram, histogram with { LogY = true }]), bars])]).Save(_path);
        IPage page = await Open(width, height, scheme);
        int[] fills = await page.EvaluateAsync<int[]>(
            "[...document.querySelectorAll('.plot')].map(p => [...p.querySelectorAll('.fills path')].filter(f => "
            + "f.getBoundingClientRect().height > 10).length)");
        int[] names = await page.EvaluateAsync<int[]>(
            "[...document.querySelectorAll('.plot')].map(p => p.querySelectorAll('.legend .traces').length)");
        Assert.Equal([2, 0, 2], fills);
        Assert.Equal([3, 3, 2], names);
        Assert.Equal(["a", "b"], await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.plot')[2].querySelectorAll('.xtick text')].map(t => t.textContent)"));
        Assert.Contains(
            "dasharray",
            await page.EvaluateAsync<string>("document.querySelectorAll('.plot')[0].querySelectorAll('.js-line')[2].getAttribute('style')"),
            StringComparison.Ordinal);
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways");
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData(1, 1200, 900, ColorScheme.Dark)]
    [InlineData(2, 1200, 900, ColorScheme.Light)]
    [InlineData(4, 390, 844, ColorScheme.Light)]
    public async Task A_mixture_is_drawn_at_one_scale_with_its_graphical_model(int dimension, int width, int height, ColorScheme scheme)
    {
        MixtureReportTests.Report(dimension, 3).ToReport().Save(_path);
        IPage page = await Open(width, height, scheme);
        Assert.Equal(
            await page.Locator(".plot").CountAsync(),
            await page.Locator(".plot .main-svg").EvaluateAllAsync<int>("svgs => new Set(svgs.map(s => s.closest('.plot'))).size"));
        Assert.True(await page.Locator("svg.diagram circle").CountAsync() >= 5);
        // A plane that is a thousand times longer than wide is not.
        if (dimension == 2)
        {
            double[] unit = await page.EvaluateAsync<double[]>(
                "(a => [a.xaxis._m, a.yaxis._m].map(Math.abs))([...document.querySelectorAll('.plot')][0]._fullLayout)");
            Assert.Equal(unit[0], unit[1], 0.01 * unit[0]);
        }
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways");
        Assert.Empty(_errors);
    }

    private async Task Drawn(IPage page, ColorScheme scheme)
    {
        int figures = await page.Locator("figure").CountAsync();
        Assert.Equal(
            figures,
            await page.Locator(".plot .main-svg").EvaluateAllAsync<int>("svgs => new Set(svgs.map(s => s.closest('.plot'))).size"));
        Assert.Equal(2, await page.Locator(".plot canvas").EvaluateAllAsync<int>(
            "c => new Set(c.filter(x => x.width > 50).map(x => x.closest('.plot'))).size"));
        Assert.Equal(0, await page.Locator(".no-webgl").CountAsync());
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways");
        // What keeps its proportions is no higher than it is wide.
        Assert.True(await page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('.plot')].every(p => !p.layout.scene || p.clientHeight <= p.clientWidth)"));
        Assert.Equal(
            scheme == ColorScheme.Dark ? "dark" : "light", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Empty(_errors);
    }

    private static async Task Marked(IPage page)
    {
        string[] names = await page.EvaluateAsync<string[]>("document.querySelectorAll('.plot')[1].data.map(trace => trace.name)");
        Assert.Equal(["Generated", "unstable fixed point"], names);
        Assert.True(
            await page.EvaluateAsync<bool>("document.querySelectorAll('.plot')[1].querySelectorAll('.legend .traces').length === 1"));
        Assert.Contains(
            "stable",
            await page.Locator("section", new() { HasText = "Fixed points and cycles" }).Locator("table").InnerTextAsync(),
            StringComparison.Ordinal);
    }

    private static async Task TurnsTogether(IPage page)
    {
        string camera = await page.EvaluateAsync<string>("""
            async () => {
              const [first, second] = document.querySelectorAll(".plot");
              await Plotly.relayout(first, { "scene.camera": { eye: { x: 2, y: 0.5, z: 1 } } });
              await new Promise(r => setTimeout(r, 300));
              return JSON.stringify(second.layout.scene.camera.eye);
            }
            """);
        Assert.Equal("""{"x":2,"y":0.5,"z":1}""", camera);
    }

    private static async Task Saved(IPage page, string format, string begins)
    {
        ILocator figure = page.Locator("figure", new() { Has = page.Locator("h3", new() { HasTextString = "Training loss" }) });
        await figure.Locator(".plot").HoverAsync();

        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => figure.Locator($"[data-title='Download as {format.ToUpperInvariant()}']").ClickAsync());

        Assert.Equal("training-loss." + format, download.SuggestedFilename);
        Assert.Contains(begins, (await File.ReadAllTextAsync(await download.PathAsync()))[..200], StringComparison.Ordinal);
    }

    private async Task<IPage> Open(int width, int height, ColorScheme scheme)
    {
        if (_browser is null)
            Assert.Skip("there is no Chromium at " + string.Join(", ", s_browsers));
        IPage page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        page.SetDefaultTimeout(180_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        page.PageError += (_, error) => _errors.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _errors.Add("network: " + request.Url);
        };
        await page.GotoAsync(new Uri(_path).AbsoluteUri);
        await page.WaitForFunctionAsync("document.documentElement.dataset.drawn");
        return page;
    }
}
