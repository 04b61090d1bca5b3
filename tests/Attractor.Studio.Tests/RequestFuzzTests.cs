using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Attractor.Studio.Tests;

/// <summary>
/// Damaged requests to a studio, as bytes: none is answered by a fault, tells how the program is made, reads or writes elsewhere, or is
/// left without an end. The variable ATTRACTOR_REQUESTS asks for more of them than a test takes.
/// </summary>
public sealed partial class RequestFuzzTests
{
    // Most of the time some wait for what was announced and not sent.
    private const int Usual = 1500, AtOnce = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3), s_listening = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_brings_a_fault_out_or_a_file_from_elsewhere_or_takes_for_ever()
    {
        int count = int.TryParse(
            Environment.GetEnvironmentVariable("ATTRACTOR_REQUESTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
            ? asked
            : Usual;
        await using StudioFixture studio = await StudioFixture.StartAsync(prepare: folder =>
        {
            string outside = Path.Combine(Path.GetDirectoryName(folder)!, "outside");
            File.WriteAllText(Path.Combine(outside, "secret.csv"), "the secret of another\n");
            string run = StudioFixture.AddRun(folder, "RUN", data: "data/a.csv", isFinished: true);
            File.WriteAllText(Path.Combine(run, "report.html"), "<p>a report</p>");
            StudioFixture.AddRun(folder, "deep/RUN");
            Directory.CreateDirectory(Path.Combine(folder, "data"));
            File.WriteAllText(Path.Combine(folder, "data", "a.csv"), "x,y\n1,2\n3,4\n");
            Directory.CreateSymbolicLink(Path.Combine(folder, "link"), outside);
        });
        string before = Tree(studio);
        using HttpClient client = await studio.ClientAsync();
        CookieContainer jar = new();
        using HttpClient own = new(new SocketsHttpHandler { CookieContainer = jar, AllowAutoRedirect = false })
        {
            BaseAddress = studio.Address,
        };
        using (await own.GetAsync(studio.Server.Link, Token))
        {
            // The cookie is in the jar.
        }
        string formToken = await StudioFixture.FormTokenAsync(own);
        HttpRequestMutation requests = new(studio.Address.Authority, jar.GetCookieHeader(studio.Address), formToken);
        string[] unsaid = [studio.Outside, "the secret of another"];
        int answered = 0;
        ParallelOptions together = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token };
        await Parallel.ForAsync(0, count, together, async (n, token) =>
        {
            byte[] request = requests.Make(n);
            string answer = await AnswerAsync(studio.Address.Port, request, token);
            string about = $"request {n}: {Encoding.UTF8.GetString(request)}\n--- answer:\n{answer[..Math.Min(2000, answer.Length)]}";
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), about);
            Assert.False(answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal), about);
            Assert.False(Trace().IsMatch(answer) && !answer.Contains("Content-Type: text/javascript", StringComparison.Ordinal), about);
            Assert.DoesNotContain(unsaid, u => answer.Contains(u, StringComparison.Ordinal));
            Interlocked.Add(ref answered, answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? 1 : 0);
        });
        // Some come through to what they were meant for.
        Assert.InRange(answered, 1, count);
        Assert.Equal(before, Tree(studio));
        using HttpResponseMessage alive = await client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    // Everything but what was uploaded, which is in one folder under names of its own.
    private static string Tree(StudioFixture studio)
    {
        string root = Path.GetDirectoryName(studio.Folder)!, uploads = Path.Combine(studio.Folder, "data") + Path.DirectorySeparatorChar;
        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };
        return string.Join('\n', Directory.EnumerateFiles(root, "*", all)
            .Where(f => !f.StartsWith(uploads, StringComparison.Ordinal) || f == uploads + "a.csv")
            .Order(StringComparer.Ordinal)
            .Select(f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}"));
    }

    // All that is said until the other side hangs up.
    private static async Task<string> AnswerAsync(int port, byte[] request, CancellationToken token)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(s_patience);
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        NetworkStream stream = connection.GetStream();
        using MemoryStream said = new();
        try
        {
            await stream.WriteAsync(request, patience.Token);
            // Who hangs up at once is not answered. Where more was announced than is sent, nothing is said until this side has ended.
            Task listening = stream.CopyToAsync(said, patience.Token);
            if (await Task.WhenAny(listening, Task.Delay(s_listening, patience.Token)) != listening)
                connection.Client.Shutdown(SocketShutdown.Send);
            await listening;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Who is refused may be hung up on while still speaking.
        }
        return Encoding.UTF8.GetString(said.ToArray());
    }

    [GeneratedRegex(@"\n\s+at [A-Za-z]+\.|Exception\b|\bSystem\.[A-Z]|Microsoft\.AspNetCore\.[A-Z][a-z]+\.")]
    private static partial Regex Trace();
}
