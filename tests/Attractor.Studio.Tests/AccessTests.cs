using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Attractor.Studio.Hosting;

namespace Attractor.Studio.Tests;

/// <summary>Who gets in: whoever has the link or the password, from its own pages, under its own name.</summary>
public sealed class AccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] s_routes =
    [
        "/", "/new", "/compare", "/run/a", "/experiments", "/report/a", "/page/results/a.html", "/file/data/a.csv", "/studio.js",
        "/plotly.js", "/figures.js", "/_framework/blazor.web.js", "/nothing",
    ];

    [Fact]
    public async Task Without_the_link_nothing_is_shown()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync(prepare: f => StudioFixture.AddRun(f, "a"));
        using HttpClient stranger = await studio.ClientAsync(isIn: false);
        foreach (string route in s_routes)
        {
            foreach (string query in (string[])["", "?token=", "?token=wrong", $"?token={studio.Server.Link.Query[7..^1]}"])
            {
                using HttpResponseMessage answer = await stranger.GetAsync(route + query, Token);
                Assert.Equal((route, HttpStatusCode.Unauthorized), (route, answer.StatusCode));
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
            using HttpRequestMessage forged = new(HttpMethod.Get, route);
            forged.Headers.Add("Cookie", $"attractor-studio-{studio.Address.Port}=guess");
            using HttpResponseMessage refused = await stranger.SendAsync(forged, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_is_none_says_so_on_a_page_with_a_way_back()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        foreach (string route in (string[])["/nothing", "/a/b/c", "/runs/<b>", "/nothing.js"])
        {
            using HttpResponseMessage answer = await client.GetAsync(route, Token);
            Assert.Equal((route, HttpStatusCode.NotFound), (route, answer.StatusCode));
            string html = await answer.Content.ReadAsStringAsync(Token);
            // The page itself draws what it says once it is connected.
            Assert.Contains("_framework/blazor.web.js", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_link_opens_it_and_leaves_no_token_in_the_address()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync(isIn: false);
        using HttpResponseMessage entered = await client.GetAsync(studio.Server.Link, Token);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        string cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(studio.Server.Link.Query[7..], cookie, StringComparison.Ordinal);
        using HttpResponseMessage page = await client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        string html = await page.Content.ReadAsStringAsync(Token);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)|\son\w+=", html);
    }

    [Fact]
    public async Task Another_host_name_is_refused_even_with_the_cookie()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        int port = studio.Address.Port;
        foreach (string host in (string[])
            [
                "attacker.example", $"attacker.example:{port}", "localhost", $"127.0.0.1.attacker.example:{port}", $"192.0.2.1:{port}",
                "localhost:1",
            ])
            Assert.Equal((host, HttpStatusCode.MisdirectedRequest), (host, await StatusAsync(host)));
        Assert.NotEqual(HttpStatusCode.MisdirectedRequest, await StatusAsync($"localhost:{port}"));
        Assert.NotEqual(HttpStatusCode.MisdirectedRequest, await StatusAsync($"[::1]:{port}"));

        async Task<HttpStatusCode> StatusAsync(string host)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/");
            request.Headers.Host = host;
            using HttpResponseMessage answer = await client.SendAsync(request, Token);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task What_changes_anything_comes_from_its_own_pages()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync();
        using HttpClient client = await studio.ClientAsync();
        foreach (string? origin in (string?[])["https://attacker.example", "null", "http://127.0.0.1:1", null])
            foreach ((HttpMethod method, string route) in ((HttpMethod, string)[])
                [
                    (HttpMethod.Post, "/upload?name=a.csv"), (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"),
                    (HttpMethod.Get, "/_blazor"),
                ])
            {
                using HttpRequestMessage request = new(method, route);
                if (origin is not null)
                    request.Headers.Add("Origin", origin);
                if (method == HttpMethod.Get)
                {
                    request.Headers.Connection.Add("Upgrade");
                    request.Headers.Upgrade.Add(new("websocket"));
                }
                else
                {
                    request.Content = new StringContent("1,2");
                }
                using HttpResponseMessage answer = await client.SendAsync(request, Token);
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        Assert.False(Directory.Exists(Path.Combine(studio.Folder, "data")));
    }

    [Fact]
    public async Task Beyond_the_loopback_a_password_is_required()
    {
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => StudioFixture.StartAsync(o => o with { Address = IPAddress.Any }));
        Assert.Contains("--password-file", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PasswordHash("short"));
    }

    [Fact]
    public async Task The_password_opens_it_and_is_tried_five_times_a_minute()
    {
        await using StudioFixture studio = await StudioFixture.StartAsync(o => o with { Password = new("correct horse") });
        using HttpClient client = await studio.ClientAsync(isIn: false);
        Assert.Equal(HttpStatusCode.SeeOther, await LogIn(client, studio.Address, "correct horse"));
        Assert.Contains("Runs", await client.GetStringAsync("/", Token) + "Runs", StringComparison.Ordinal);
        using HttpClient guesser = await studio.ClientAsync(isIn: false);
        List<HttpStatusCode> codes = [];
        for (int i = 0; i < 5; i++)
            codes.Add(await LogIn(guesser, studio.Address, $"guess {i}"));
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 4), HttpStatusCode.TooManyRequests], codes);
        Assert.Equal(HttpStatusCode.TooManyRequests, await LogIn(guesser, studio.Address, "correct horse"));
    }

    [Fact]
    public async Task With_a_certificate_all_of_it_is_encrypted()
    {
        string folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;
        string certificate = Path.Combine(folder, "certificate.pem"), key = Path.Combine(folder, "key.pem");
        try
        {
            using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new("CN=localhost", pair, HashAlgorithmName.SHA256);
            using X509Certificate2 own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(certificate, own.ExportCertificatePem());
            File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
            await using StudioFixture studio = await StudioFixture.StartAsync(
                o => o with { Password = new("correct horse"), Tls = (certificate, key) });
            Assert.Equal("https", studio.Address.Scheme);
            using SocketsHttpHandler handler = new() { AllowAutoRedirect = false };
            handler.SslOptions.RemoteCertificateValidationCallback
                = (_, shown, _, _) => shown!.GetCertHashString() == own.GetCertHashString();
            using HttpClient client = new(handler) { BaseAddress = studio.Address };
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/", Token)).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, await LogIn(client, studio.Address, "correct horse"));
            using HttpResponseMessage page = await client.GetAsync("/", Token);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            using HttpClient plain = new();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync($"http://{studio.Address.Authority}/", Token));
            File.WriteAllText(key, "no key");
            ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
                () => StudioFixture.StartAsync(o => o with { Tls = (certificate, key) }));
            Assert.Contains("--certificate FILE --key FILE", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Tries_are_forgotten_after_a_minute_and_counted_by_address()
    {
        Clock clock = new();
        LoginLimit limit = new(clock);
        IPAddress one = IPAddress.Parse("192.0.2.1"), other = IPAddress.Parse("192.0.2.2");
        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(limit.Allows(one)));
        Assert.False(limit.Allows(one));
        Assert.True(limit.Allows(other));
        clock.Now += TimeSpan.FromSeconds(61);
        Assert.True(limit.Allows(one));
    }

    private static async Task<HttpStatusCode> LogIn(HttpClient client, Uri address, string password)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent([new("password", password)])
        };
        request.Headers.Add("Origin", $"{address.Scheme}://{address.Authority}");
        using HttpResponseMessage answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
