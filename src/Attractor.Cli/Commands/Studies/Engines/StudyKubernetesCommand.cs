using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study kubernetes</c></summary>
internal static class StudyKubernetesCommand
{
    private const int MostWorkers = 100_000;

    // The SDK builds the image itself; it needs neither a recipe file nor a daemon where a registry is named.
    private const string Recipe =
        "# The image, by the SDK's own container publish:\n"
        + "#   dotnet publish src/Attractor.Cli -c Release --os linux --arch x64 -t:PublishContainer \\\n"
        + "#     -p:ContainerRepository=attractor -p:ContainerRegistry=registry.example\n"
        + "# The password of the store:\n"
        + "#   kubectl create secret generic attractor-store --from-literal=password=\"$PGPASSWORD\"\n"
        + "# The volume must have the study and its data under the paths that they have here.\n";

    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<int> workers = new("--workers") { Description = "pods", DefaultValueFactory = _ => 8, HelpName = "n" };
        Option<int> cores = new("--cores") { Description = "cores of each", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<string> memory = new("--memory") { Description = "memory of each", DefaultValueFactory = _ => "2Gi", HelpName = "size" };
        Option<string> image = new("--image")
        {
            Description = "the container image",
            DefaultValueFactory = _ => "registry.example/attractor:latest",
            HelpName = "name",
        };
        Option<string> claim = new("--claim")
        {
            Description = "claim of the volume that holds the study and its data",
            DefaultValueFactory = _ => "studies",
            HelpName = "name",
        };
        Option<string?> mount = new("--mount")
        {
            Description = "where it is mounted [the folder of the study's folder]",
            HelpName = "path",
        };
        Option<string> secret = new("--secret")
        {
            Description = "secret whose key password is the store's",
            DefaultValueFactory = _ => "attractor-store",
            HelpName = "name",
        };
        OutputOption output = CommonOptions.OutputFile("a file for the manifest [the standard output]", ".yaml", ".yml");
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("kubernetes", "Print an indexed Job of Kubernetes, and how to make its container.")
        {
            folder, workers, cores, memory, image, claim, mount, secret, output, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            EngineWords.RequireShared(study, "");
            if (parsed.GetValue(workers) is < 1 or > MostWorkers || parsed.GetValue(cores) < 1)
                throw new ArgumentException(FormattableString.Invariant($"--workers (at most {MostWorkers}) and --cores must be positive"));
            string path = Path.GetFullPath(study.Path);
            string place = parsed.GetValue(mount) is { } at ? Path.GetFullPath(at) : Path.GetDirectoryName(path)!;
            foreach (string needed in ((string?[])[path, study.Plan.Data, study.Plan.Validation]).OfType<string>())
                if (Path.IsPathRooted(needed) && !needed.StartsWith(place.TrimEnd('/') + "/", StringComparison.Ordinal))
                    throw new ArgumentException($"{needed} does not lie in {place}, which the pods see: name a folder of both by --mount");
            string manifest = Recipe + new KubernetesJob
            {
                Name = EngineWords.Name(study.Plan.Name),
                Study = path,
                Store = study.StoreName,
                Workers = parsed.GetValue(workers),
                Cores = parsed.GetValue(cores),
                Memory = EngineWords.Plain("--memory", parsed.GetValue(memory)!),
                Image = EngineWords.Plain("--image", parsed.GetValue(image)!),
                Claim = EngineWords.Plain("--claim", parsed.GetValue(claim)!),
                Mount = place,
                Secret = EngineWords.Plain("--secret", parsed.GetValue(secret)!),
            };
            string? file = parsed.GetValue(output);
            if (file is not null)
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(manifest)));
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject { ["study"] = study.Path, ["manifest"] = manifest, ["file"] = file });
            else
                Console.WriteLine(file is null ? manifest.TrimEnd('\n') : $"{file}\n  next: kubectl apply -f {RunCommands.Quote(file)}");
            return 0;
        });
        return command;
    }
}
