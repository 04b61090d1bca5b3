using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor data mnist</c></summary>
internal static class MnistCommand
{
    private const int Failed = 1;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Option<string?> from = new("--from")
        {
            Description = "copy the four files from a folder instead of fetching them; checked all the same",
            HelpName = "folder"
        };
        Option<string?> output = CommonOptions.OutputFolder(
            $"the folder to put them into [mnist in the cache: ${CacheFolder.Variable}, else that of the user]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("mnist", "Fetch the MNIST digits (11 MB), once, and check them.") { from, output, json };
        command.SetCancellableAction((parsed, token) =>
        {
            string folder = parsed.GetValue(output) ?? CacheFolder.Of("mnist")
                ?? throw new ArgumentException($"there is no cache folder here: set {CacheFolder.Variable}, or name a folder with -o");
            if (File.Exists(folder))
                throw new ArgumentException($"{folder} is a file, expected a folder");
            TransferDisplay? display = parsed.GetValue(CommonOptions.Quiet) ? null : new();
            if (parsed.GetValue(from) is { } source)
            {
                DatasetCopy.Copy(Mnist.Files, source, folder, display, token);
            }
            else if (Fetch(folder, display, token) is { } failure)
            {
                JsonOutput.Fail(ErrorCode.Download, failure);
                return Failed;
            }
            Print(folder, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static string? Fetch(string folder, TransferDisplay? display, CancellationToken token)
    {
        using SocketsHttpHandler handler = new() { ConnectTimeout = s_patience };
        try
        {
            new DatasetDownload(handler, Mnist.Mirrors, s_patience, display)
                .FetchAsync(Mnist.Files, folder, token)
                .GetAwaiter()
                .GetResult();
            return null;
        }
        catch (DownloadException e)
        {
            return $"{e.Message}; download the four files by hand from {string.Join(" or ", Mnist.Mirrors)} "
                + $"({string.Join(", ", Mnist.Files.Select(file => file.Name))}), then: attractor data mnist --from FOLDER; "
                + "or learn from other images: attractor train vae --images FILE";
        }
    }

    private static void Print(string folder, bool json)
    {
        string[] paths = [.. Mnist.Files.Select(file => Path.Combine(folder, file.Name))];
        if (json)
        {
            JsonOutput.Print(new()
            {
                ["train_images"] = paths[0],
                ["train_labels"] = paths[1],
                ["test_images"] = paths[2],
                ["test_labels"] = paths[3],
            });
            return;
        }
        foreach (string path in paths)
            Console.WriteLine(path);
        Console.WriteLine(
            $"  next: attractor train vae --images {RunCommands.Quote(paths[0])} --test-images {RunCommands.Quote(paths[2])} -o RUN");
    }
}
