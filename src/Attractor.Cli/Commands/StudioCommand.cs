using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Studio;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor studio</c></summary>
internal static class StudioCommand
{
    private const int UsualPort = 7117, LongestPassword = 1024;

    public static Command Create()
    {
        Argument<string> folder = new("folder")
        {
            Description = "the folder whose runs are shown, which new ones go to [the current one]",
            DefaultValueFactory = _ => "."
        };
        Option<int?> port = new("--port") { Description = $"the port to listen on [{UsualPort}, or one that is free]", HelpName = "n" };
        Option<bool> open = new("--open") { Description = "open it in the browser" };
        Option<string[]> data = new("--data")
        {
            Description = "a further folder that data of runs may be read from; may be repeated",
            HelpName = "folder"
        };
        Option<string?> listen = new("--listen")
        {
            Description = "an address that other machines can reach; needs a password [127.0.0.1]",
            HelpName = "address"
        };
        Option<string?> password = new("--password-file")
        {
            Description = "a file whose first line is the password that others log in with",
            HelpName = "file"
        };
        Option<string?> certificate = new("--certificate") { Description = "a certificate for TLS, as PEM", HelpName = "file" };
        Option<string?> key = new("--key") { Description = "its private key, as PEM [in the file of the certificate]", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("studio", "The same in a browser: drop a recording, watch a model learn it, compare runs, ask.")
        {
            folder, port, open, data, listen, password, certificate, key, json
        };
        command.SetAction(async (parsed, token) =>
        {
            int? wanted = parsed.GetValue(port);
            if (wanted is < 0 or > 65535)
                throw new ArgumentException($"--port must be 0 to 65535, not {wanted}");
            if (parsed.GetValue(key) is not null && parsed.GetValue(certificate) is null)
                throw new ArgumentException("--key is that of a certificate: name it, --certificate FILE");
            StudioOptions options = new()
            {
                Folder = parsed.GetValue(folder)!,
                DataFolders = parsed.GetValue(data) ?? [],
                Port = wanted ?? UsualPort,
                Address = AddressOf(parsed.GetValue(listen)),
                Password = parsed.GetValue(password) is { } file ? new(ReadPassword(file)) : null,
                Tls = parsed.GetValue(certificate) is { } pem ? (pem, parsed.GetValue(key) ?? pem) : null,
                Command = Self(),
            };
            StudioServer server = await StartAsync(options, wanted is null, token).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                bool quiet = parsed.GetValue(CommonOptions.Quiet);
                if (parsed.GetValue(json))
                {
                    JsonOutput.Print(new JsonObject { ["url"] = server.Link.AbsoluteUri, ["folder"] = server.Folder.Root });
                    // Whoever waits for the link must have it while it is served.
                    JsonOutput.End(exitCode: 0);
                }
                else
                    Console.WriteLine($"{server.Folder.Root} is open at\n  {server.Link}");
                Console.Out.Flush();
                if (!options.IsLoopback && options.Tls is null)
                    Console.Error.WriteLine(
                        "warning: without TLS the password and all pages can be read on their way; use --certificate FILE, or a tunnel");
                if (!quiet && !parsed.GetValue(json))
                    Console.Error.WriteLine("the link is the key to it; Ctrl-C ends the studio, trainings go on");
                if (parsed.GetValue(open))
                    Open(server.Link);
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            return 0;
        });
        return command;
    }

    private static async Task<StudioServer> StartAsync(StudioOptions options, bool mayChoose, CancellationToken token)
    {
        try
        {
            return await StudioServer.StartAsync(options, token).ConfigureAwait(false);
        }
        catch (IOException) when (mayChoose)
        {
            return await StudioServer.StartAsync(options with { Port = 0 }, token).ConfigureAwait(false);
        }
    }

    private static IPAddress AddressOf(string? word)
        => word is null or "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(word, out IPAddress? address) ? address
            : throw new ArgumentException($"--listen takes an address such as 0.0.0.0 or 192.168.1.5, not '{word}'");

    private static string ReadPassword(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)) != 0)
            Console.Error.WriteLine($"warning: others on this machine can read {file}: chmod 600 it");
        using StreamReader reader = new(file);
        char[] text = new char[LongestPassword];
        int count = reader.ReadBlock(text);
        return new string(text, 0, count).Split('\n')[0].TrimEnd('\r');
    }

    // The command as it was started: the tool itself, or the runtime with its assembly.
    private static IReadOnlyList<string> Self()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(StudioCommand).Assembly.Location] : [program];
    }

    // The link is not given as an argument, which every user of the machine can see: a file that only this one can read leads to it.
    private static void Open(Uri link)
    {
        string page = Path.Combine(Directory.CreateTempSubdirectory("attractor-studio-").FullName, "open.html");
        File.WriteAllText(
            page, $"<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"0; url={link}\"><a href=\"{link}\">Attractor studio</a>");
        try
        {
            using Process? started = OperatingSystem.IsWindows() ? Process.Start(new ProcessStartInfo(page) { UseShellExecute = true })
                : Process.Start(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page]);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            Console.Error.WriteLine("no browser could be opened: open the link yourself");
        }
    }
}
