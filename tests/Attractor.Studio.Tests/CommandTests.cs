using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Attractor.Studio.Tests;

/// <summary>The command itself, as a program that starts it sees it.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task The_link_is_printed_as_json_while_it_is_served()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        IReadOnlyList<string> command = StudioFixture.Command;
        ProcessStartInfo start = new(command[0], [.. command.Skip(1), "studio", _folder, "--port", "0", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            List<string> lines = [];
            while (await process.StandardOutput.ReadLineAsync(token) is { } line)
            {
                lines.Add(line);
                if (line == "}")
                    break;
            }
            Assert.False(process.HasExited, string.Join('\n', lines));
            using JsonDocument answer = JsonDocument.Parse(string.Join('\n', lines));
            Assert.Equal(Path.GetFullPath(_folder), answer.RootElement.GetProperty("folder").GetString());
            using HttpClient client = new();
            using HttpResponseMessage page = await client.GetAsync(answer.RootElement.GetProperty("url").GetString(), token);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
