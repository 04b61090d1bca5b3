using Attractor.Studio.Folders;
using Attractor.Studio.Work;

namespace Attractor.Studio.Tests;

/// <summary>A studio over a folder of its own, with clients that have its link or do not.</summary>
public sealed class StudioFixture : IAsyncDisposable
{
    private StudioFixture(StudioServer server, string folder, string outside)
        => (Server, Folder, Outside) = (server, folder, outside);

    internal StudioServer Server { get; }

    /// <summary>The folder of the studio.</summary>
    public string Folder { get; }

    /// <summary>A folder beside it.</summary>
    public string Outside { get; }

    public Uri Address => Server.Address;

    /// <summary>What starts the command.</summary>
    public static IReadOnlyList<string> Command { get; } =
        [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "Attractor.Cli.dll")];

    internal static async Task<StudioFixture> StartAsync(Func<StudioOptions, StudioOptions>? with = null, Action<string>? prepare = null)
    {
        string root = Directory.CreateTempSubdirectory("attractor-studio-").FullName;
        string folder = Path.Combine(root, "work"), outside = Path.Combine(root, "outside");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(outside);
        prepare?.Invoke(folder);
        StudioOptions options = new() { Folder = folder, Command = Command };
        return new(await StudioServer.StartAsync(with?.Invoke(options) ?? options, TestContext.Current.CancellationToken), folder, outside);
    }

    /// <summary>A client that followed the link, if it is to have.</summary>
    public async Task<HttpClient> ClientAsync(bool isIn = true)
    {
        HttpClient client = new(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false, MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = Address,
        };
        if (isIn)
            using (await client.GetAsync(Server.Link, TestContext.Current.CancellationToken))
            {
                // The cookie stays with the client.
            }
        return client;
    }

    /// <summary>The token of the page, for uploads.</summary>
    public static async Task<string> FormTokenAsync(HttpClient client)
    {
        string page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        const string Before = "name=\"studio-token\" content=\"";
        int start = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>A run as a training leaves it.</summary>
    public static string AddRun(string folder, string name, long updates = 100, string? data = null, int lines = 3, bool isFinished = false)
    {
        string run = Path.Combine(folder, name);
        Directory.CreateDirectory(run);
        File.WriteAllText(
            Path.Combine(run, "config.json"),
            $$"""{"format":1,"model":"shplrnn","data":"{{data ?? "gone.npy"}}","updates":{{updates}},"parameters":609,"lr":0.005}""");
        File.WriteAllLines(
            Path.Combine(run, "metrics.jsonl"),
            Enumerable.Range(1, lines).Select(i => FormattableString.Invariant(
                $$"""{"update":{{i * updates / lines}},"loss":{{1.0 / i}},"learning_rate":0.005,"seconds":0.1}""")));
        if (isFinished)
            File.WriteAllBytes(Path.Combine(run, "model.safetensors"), [0]);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        // A test that fails leaves a training, which would go on for ever, and hide why it failed.
        RunList runs = new(Server.Folder);
        runs.Refresh();
        foreach (RunEntry run in runs.Current.Where(r => r.Process is not null))
            Jobs.Stop(run);
        for (int i = 0; i < 100 && runs.Current.Any(r => r.Process is not null); i++)
        {
            await Task.Delay(50);
            runs.Refresh();
        }
        runs.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }
}
