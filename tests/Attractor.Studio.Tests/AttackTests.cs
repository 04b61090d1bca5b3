using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Tests;

/// <summary>What somebody may try who is in: leave the folder, fill the disk, hold all connections.</summary>
public sealed class AttackTests
{
    private static readonly string[] s_names =
    [
        "../outside.csv", "..\\outside.csv", "/etc/passwd.csv", "a/../../outside.csv", "..", ".", "", ".hidden.csv", "-o.csv", "a\0.csv",
        "a\n.csv", "<img src=x onerror=alert(1)>.csv", "\"><script>alert(1)</script>.csv", "data.exe", "config.json",
        new string('a', 200) + ".csv", "%2e%2e%2fa.csv/", "C:\\a.csv", "a.csv ", "\u202evsc.a.csv",
    ];

    private static readonly string[] s_routes =
    [
        "/report/../outside/run",
        "/report/..%2foutside%2frun",
        "/report/%2e%2e/outside/run",
        "/report/..%5coutside%5crun",
        "/report/link",
        "/report/link-to-runs/run",
        "/report//etc",
        "/report/.studio",
        "/report/run/..",
        "/report/linked-report",
        "/file/../outside/secret.csv",
        "/file/..%2foutside%2fsecret.csv",
        "/file/%2Fetc%2Fpasswd",
        "/file/link-to-runs/secret.csv",
        "/file/secret.csv",
        "/file/run/config.json",
        "/file/run/model.safetensors",
        "/page/../outside/run/report.html",
        "/page/results/..%2f..%2foutside%2frun%2freport.html",
        "/page/results/link/report.html",
        "/page/run/report.html",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_outside_of_the_folder_is_named_or_read()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync(prepare: folder =>
        {
            string outside = Path.Combine(Path.GetDirectoryName(folder)!, "outside");
            string run = StudioFixture.AddRun(outside, "run");
            File.WriteAllText(Path.Combine(run, "report.html"), "secret");
            File.WriteAllText(Path.Combine(outside, "secret.csv"), "secret");
            StudioFixture.AddRun(folder, "run", isFinished: true);
            string linked = StudioFixture.AddRun(folder, "linked-report");
            File.CreateSymbolicLink(Path.Combine(linked, "report.html"), Path.Combine(run, "report.html"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "link"), run);
            Directory.CreateSymbolicLink(Path.Combine(folder, "link-to-runs"), outside);
            Directory.CreateDirectory(Path.Combine(folder, "results"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "results", "link"), run);
            File.CreateSymbolicLink(Path.Combine(folder, "secret.csv"), Path.Combine(outside, "secret.csv"));
        });
        using HttpClient client = await studio.ClientAsync();
        foreach (string route in s_routes)
        {
            using HttpResponseMessage answer = await client.GetAsync(route, Token);
            Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            Assert.NotEqual((route, HttpStatusCode.InternalServerError), (route, answer.StatusCode));
            StudioFolder folder = studio.Server.Folder;
            string id = Uri.UnescapeDataString(route[(route.IndexOf('/', 1) + 1)..]);
            Assert.Null(folder.FindDataFile(id));
            Assert.Null(folder.FindPage(id));
            Assert.True(folder.FindRun(id) is null || id == "linked-report", id);
        }
        // As it is typed, which a client of HTTP would tidy up.
        using TcpClient raw = new();
        await raw.ConnectAsync(IPAddress.Loopback, studio.Address.Port, Token);
        await raw.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /file/../outside/secret.csv?token={studio.Server.Link.Query[7..]} HTTP/1.1\r\nHost: {studio.Address.Authority}\r\n"
            + "Connection: close\r\n\r\n"), Token);
        using StreamReader said = new(raw.GetStream());
        Assert.DoesNotContain("secret\n", await said.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_a_run_are_read_from_the_folders_that_are_allowed_alone()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        string inside = Path.Combine(studio.Folder, "a.csv"), outside = Path.Combine(studio.Outside, "b.csv");
        File.WriteAllText(inside, "1\n");
        File.WriteAllText(outside, "1\n");
        string link = Path.Combine(studio.Folder, "c.csv"), linked = Path.Combine(studio.Folder, "linked");
        File.CreateSymbolicLink(link, outside);
        Directory.CreateSymbolicLink(linked, studio.Outside);
        StudioFolder folder = studio.Server.Folder;
        Assert.True(folder.AllowsData(inside));
        Assert.All(
            (string[])
            [
                outside, link, Path.Combine(linked, "b.csv"), Path.Combine(studio.Folder, "..", "outside", "b.csv"),
                studio.Folder + "x",
            ],
            path => Assert.False(folder.AllowsData(path), path));
        StudioFolder wider = new(new() { Folder = studio.Folder, DataFolders = [studio.Outside], Command = [] });
        Assert.True(wider.AllowsData(outside));
        Assert.True(wider.AllowsData(link));
    }

    [Fact]
    public async Task No_name_of_an_upload_leads_out_of_the_folder_of_data()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        string token = await StudioFixture.FormTokenAsync(client);
        foreach (string name in s_names)
        {
            using HttpResponseMessage answer = await UploadAsync(client, studio, name, token, new StringContent("x,y\n1,2\n"));
            Assert.Equal((name, HttpStatusCode.BadRequest), (name, answer.StatusCode));
            Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        }
        Assert.Empty(Directory.EnumerateFiles(studio.Folder, "*", SearchOption.AllDirectories));
        using HttpResponseMessage taken = await UploadAsync(client, studio, "mine.csv", token, new StringContent("x,y\n1,2\n"));
        using HttpResponseMessage again = await UploadAsync(client, studio, "mine.csv", token, new StringContent("x,y\n3,4\n"));
        Assert.Contains("data/mine-2.csv", await again.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("x,y\n1,2\n", File.ReadAllText(Path.Combine(studio.Folder, "data", "mine.csv")));
    }

    [Fact]
    public async Task An_upload_without_the_token_of_a_page_is_refused()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        foreach (string token in (string[])["", "wrong"])
        {
            using HttpResponseMessage answer = await UploadAsync(client, studio, "a.csv", token, new StringContent("1"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.False(Directory.Exists(Path.Combine(studio.Folder, "data")));
    }

    [Fact]
    public async Task Two_gigabytes_are_refused_before_they_are_sent()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        string token = await StudioFixture.FormTokenAsync(client);
        Endless content = new(2L << 30);
        using HttpResponseMessage answer = await UploadAsync(client, studio, "large.csv", token, content, expectContinue: true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("512 MB", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, content.Sent);
        Assert.False(Directory.Exists(Path.Combine(studio.Folder, "data")));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        string token = await StudioFixture.FormTokenAsync(client);
        Endless broken = new(1 << 20, breaksAt: 1 << 18);
        await Assert.ThrowsAnyAsync<Exception>(() => UploadAsync(client, studio, "a.csv", token, broken));
        for (int i = 0; i < 100 && Directory.Exists(Path.Combine(studio.Folder, "data"))
            && Directory.EnumerateFiles(Path.Combine(studio.Folder, "data")).Any(); i++)
            await Task.Delay(50, Token);
        Assert.Empty(Directory.EnumerateFiles(studio.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_hundred_idle_connections_and_a_slow_reader_keep_nobody_out()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        List<TcpClient> idle = [];
        try
        {
            for (int i = 0; i < 100; i++)
            {
                TcpClient connection = new() { ReceiveBufferSize = 1024 };
                await connection.ConnectAsync(IPAddress.Loopback, studio.Address.Port, Token);
                idle.Add(connection);
                // Half a request each, and a reader that asks for a large answer and takes none of it.
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(i < 50
                    ? "GET / HTTP/1.1\r\nHost: local"
                    : $"GET /plotly.js HTTP/1.1\r\nHost: {studio.Address.Authority}\r\n\r\n"), Token);
            }
            using HttpResponseMessage answer = await client.GetAsync("/", Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            idle.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Names_with_markup_are_text()
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        await using StudioFixture studio = await StudioFixture.StartAsync(prepare: f => StudioFixture.AddRun(f, Markup));
        using HttpClient client = await studio.ClientAsync();
        string page = await client.GetStringAsync("/run/" + Uri.EscapeDataString(Markup), Token);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        string login = await client.GetStringAsync("/new?data=" + Uri.EscapeDataString(Markup), Token);
        Assert.DoesNotContain("<img", login, StringComparison.Ordinal);
        Assert.NotNull(studio.Server.Folder.FindRun(Markup));
    }

    [Fact]
    public async Task A_report_is_shut_off_from_the_studio()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync(prepare: f => File.WriteAllText(
            Path.Combine(StudioFixture.AddRun(f, "run"), "report.html"), "<script>fetch('/')</script>"));
        using HttpClient client = await studio.ClientAsync();
        using HttpResponseMessage answer = await client.GetAsync("/report/run", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox allow-scripts allow-downloads; default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("connect-src", policy, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> UploadAsync(
        HttpClient client, StudioFixture studio, string name, string token, HttpContent content, bool expectContinue = false)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/upload?name=" + Uri.EscapeDataString(name)) { Content = content };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("Origin", $"http://{studio.Address.Authority}");
        request.Headers.Add("X-Studio-Token", token);
        request.Headers.ExpectContinue = expectContinue;
        return client.SendAsync(request, Token);
    }

    private sealed class Endless(long length, long breaksAt = long.MaxValue) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] block = new byte[1 << 16];
            for (; Sent < length; Sent += block.Length)
            {
                if (Sent >= breaksAt)
                    throw new IOException("the sender is gone");
                await stream.WriteAsync(block);
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
