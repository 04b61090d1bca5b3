using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Attractor.Systems;
using Microsoft.Playwright;

namespace Attractor.Studio.Tests;

/// <summary>The studio as a person uses it, in a real browser: from a file that is dropped to a figure that is kept.</summary>
public sealed class StoryTests : IAsyncLifetime
{
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // A page asks the command, which takes its time on a machine that has other work.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly List<string> _faults = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(s_browsers, File.Exists) is not { } browser)
            return;
        Assertions.SetDefaultExpectTimeout((float)s_patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = browser,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                "--disable-background-networking",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    [Fact]
    public async Task A_file_is_dropped_learnt_stopped_resumed_compared_and_kept_as_a_figure()
    {
        if (_browser is null)
            Assert.Skip("there is no Chromium at " + string.Join(", ", s_browsers));
        await using StudioFixture studio = await StudioFixture.StartAsync();
        IPage page = await OpenAsync(studio);
        await Assertions.Expect(page.GetByText("No run lies in work yet")).ToBeVisibleAsync();

        // A recording with dates, and a column that is not to be learnt.
        await page.GetByRole(AriaRole.Link, new() { Name = "New run" }).ClickAsync();
        await page.Locator(".drop").WaitForAsync();
        await page.EvaluateAsync(
            """
            text => {
              const files = new DataTransfer();
              files.items.add(new File([text], "weather.csv"));
              const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
              document.querySelector(".drop").dispatchEvent(drop);
            }
            """,
            Recording());
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "date" })).ToContainTextAsync("time");
        Assert.True(File.Exists(Path.Combine(studio.Folder, "data", "weather.csv")));
        await page.GetByLabel("Learn room").UncheckAsync();
        await Assertions.Expect(page.Locator("#command")).ToContainTextAsync(
            "train auto data/weather.csv --columns=x,y,z -o runs/weather-auto-1");

        // The form of a kind says what is wrong, and what is typed in a terminal.
        await page.GetByLabel("Kind").SelectOptionAsync("shplrnn");
        await page.Locator("#hidden").FillAsync("-3");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("--hidden must be at least 1");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train" })).ToBeDisabledAsync();
        await page.Locator("#hidden").FillAsync("10");
        await page.Locator("summary", new() { HasText = "more settings" }).ClickAsync();
        foreach ((string field, string text) in ((string, string)[])
            [
                ("updates", "100000000"), ("sequence", "20"), ("batch", "4"), ("checkpoint-every", "1000"),
                ("select-every", "0"),
            ])
            await page.Locator("#" + field).FillAsync(text);
        await page.Locator("#smooth").SelectOptionAsync("no");
        await page.Locator("#start").SelectOptionAsync("random");
        await page.Locator("#name").FillAsync("learning");
        // What it would take, by its first seconds.
        await Assertions.Expect(page.Locator("#expected")).ToContainTextAsync(
            new Regex("100,000,000 updates at .* a second.* Memory: about \\d+ MB of"));
        await Accessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Train" }).ClickAsync();

        // Three checkpoints arrive, and the attractor is grown from each.
        HashSet<string> grown = [];
        Stopwatch clock = Stopwatch.StartNew();
        while (grown.Count < 3 && clock.Elapsed < s_patience)
        {
            grown.Add(await page.Locator("#regrown").InnerTextAsync());
            await Task.Delay(100, Token);
        }
        Assert.Equal(3, grown.Count);
        await Assertions.Expect(page.Locator(".plot[data-drawn]:not([data-drawn='1'])").First).ToBeVisibleAsync();
        if (OperatingSystem.IsLinux())
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
            await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync("paused");
            await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
            await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync("training");
        }
        await Accessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync("stopped");
        long stopped = await Updates(page);

        // Whoever goes on with it: the page follows.
        using Process terminal = Terminal(studio.Folder, "train", "--resume", "runs/learning", "--quiet");
        await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync("training");
        for (clock.Restart(); await Updates(page) <= stopped && clock.Elapsed < s_patience;)
            await Task.Delay(100, Token);
        Assert.True(await Updates(page) > stopped);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await terminal.WaitForExitAsync(Token);
        Assert.Equal(130, terminal.ExitCode);

        // Beside another one.
        using Process other = Terminal(studio.Folder, "train", "ngrc", "data/weather.csv", "--columns=x,y,z", "-o", "runs/other", "-q");
        await other.WaitForExitAsync(Token);
        Assert.Equal(0, other.ExitCode);
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        foreach (string run in (string[])["runs/learning", "runs/other"])
            await page.GetByLabel("Compare " + run).CheckAsync();
        // Words to find them by, and out of the list with one of them.
        await page.GetByLabel("Tags for the chosen").FillAsync("weather");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Filter by the tag weather")).ToHaveCountAsync(2);
        await Accessible(page);
        await page.GetByLabel("Compare runs/learning").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Compare runs/other")).ToHaveCountAsync(0);
        await page.GetByLabel("the 1 archived too").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await page.GetByLabel("Compare runs/learning").CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare 2" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-label=Attractors] .plot[data-drawn]")).ToHaveCountAsync(
            3);
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "model shplrnn ngrc" })).ToBeVisibleAsync();
        await Accessible(page);

        IDownload picture = await page.RunAndWaitForDownloadAsync(
            () => page.GetByLabel("Save the figure 'runs/learning' as PNG").ClickAsync());
        Assert.Equal("runs-learning.png", picture.SuggestedFilename);
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await picture.PathAsync(), Token), 0, 4));
        IDownload table = await page.RunAndWaitForDownloadAsync(
            () => page.GetByLabel("Save the numbers of the figure 'Loss' as CSV").ClickAsync());
        Assert.StartsWith("curve,x,y\n", await File.ReadAllTextAsync(await table.PathAsync(), Token), StringComparison.Ordinal);

        // On a phone nothing is wider than the screen.
        await page.SetViewportSizeAsync(420, 860);
        foreach (string path in (string[])["", "experiments", "run/runs/other", "missing"])
        {
            await page.GotoAsync(new Uri(studio.Address, path).AbsoluteUri);
            await page.Locator("main h1").WaitForAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), path);
            await Accessible(page);
        }
        await page.SetViewportSizeAsync(1000, 700);
        await AskOf(page, studio);
        await Hostile(page, studio);
        Assert.Empty(_faults);
    }

    // A question in the background, with a figure to keep; then all of the page in the dark.
    private static async Task AskOf(IPage page, StudioFixture studio)
    {
        await page.GotoAsync(new Uri(studio.Address, "run/runs/other").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lyapunov exponents" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-label=Ask] .plot[data-drawn]")).ToHaveCountAsync(1);
        await page.GetByLabel("Switch between light and dark").ClickAsync();
        await Accessible(page);
        IDownload figure = await page.RunAndWaitForDownloadAsync(
            () => page.GetByLabel("Save the figure 'Lyapunov spectrum' as SVG").ClickAsync());
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(await figure.PathAsync(), Token), StringComparison.Ordinal);
    }

    // Names of others are text, and names of what lies elsewhere name nothing; here too, where pages come through a socket.
    private static async Task Hostile(IPage page, StudioFixture studio)
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        StudioFixture.AddRun(studio.Folder, Markup);
        StudioFixture.AddRun(studio.Outside, "run", isFinished: true);
        File.WriteAllText(Path.Combine(studio.Outside, "secret.csv"), "secret\n1\n2\n");
        File.WriteAllText(Path.Combine(studio.Folder, "data", "hostile.csv"), $"{Markup},b\n1,2\n3,4\n5,6\n");
        int dialogs = 0;
        page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        foreach (string path in (string[])["", "run/" + Uri.EscapeDataString(Markup), "new?data=data/hostile.csv"])
        {
            await page.GotoAsync(new Uri(studio.Address, path).AbsoluteUri);
            await Assertions.Expect(page.GetByText(Markup).First).ToBeVisibleAsync();
            Assert.Equal(0, await page.Locator("main img").CountAsync());
        }
        foreach ((string path, string said) in ((string, string)[])
            [
                ("run/..%2foutside%2frun", "There is no such run"), ("new?data=..%2foutside%2fsecret.csv", "There is no such file of data"),
                ("compare?run=..%2foutside%2frun", "Choose two runs or more"),
            ])
        {
            await page.GotoAsync(new Uri(studio.Address, path).AbsoluteUri);
            await Assertions.Expect(page.GetByText(said).First).ToBeVisibleAsync();
            Assert.DoesNotContain("secret\n", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(0, dialogs);
    }

    private async Task<IPage> OpenAsync(StudioFixture studio)
    {
        IPage page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = 1000, Height = 700 } });
        page.SetDefaultTimeout((float)s_patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _faults.Add(message.Text);
        };
        page.PageError += (_, error) => _faults.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(studio.Address.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Add("outside: " + request.Url);
        };
        await page.GotoAsync(studio.Server.Link.AbsoluteUri);
        return page;
    }

    // axe-core finds what a screen reader or weak eyes would stumble over.
    private static async Task Accessible(IPage page)
    {
        using StreamReader source = new(typeof(StoryTests).Assembly.GetManifestResourceStream("axe.js")!);
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(await source.ReadToEndAsync(Token));
        string found = await page.EvaluateAsync<string>(
            """
            async () => JSON.stringify((await axe.run(document, { resultTypes: ["violations"] })).violations
              .filter(v => v.impact === "serious" || v.impact === "critical")
              .map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + n.failureSummary)]))
            """);
        Assert.Equal("[]", found);
    }

    private static async Task<long> Updates(IPage page)
        => long.Parse(await page.Locator("#updates").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static Process Terminal(string folder, params string[] words)
        => Process.Start(new ProcessStartInfo(StudioFixture.Command[0], [.. StudioFixture.Command.Skip(1), .. words])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;

    private static string Recording()
    {
        TimeSeries series = Lorenz63.Default.Simulate(steps: 800, dt: 0.02);
        DateOnly first = new(2024, 1, 1);
        StringBuilder text = new("date,x,y,z,room\n");
        for (int t = 0; t < series.Length; t++)
            text.Append(CultureInfo.InvariantCulture, $"{first.AddDays(t):yyyy-MM-dd},{series[t, 0]:R},{series[t, 1]:R},{series[t, 2]:R},")
                .Append(CultureInfo.InvariantCulture, $"{20 + Math.Sin(t * 0.3) + (0.1 * (t * 7919 % 13)):R}\n");
        return text.ToString();
    }
}
