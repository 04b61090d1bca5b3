using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Models;
using Attractor.Runs;
using Attractor.Storage;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor import</c></summary>
internal static class ImportCommand
{
    private const string Extension = ".safetensors";

    public static Command Create()
    {
        Argument<string> source = new("file") { Description = "a JSON object of nested lists: A, W, h and what else the network has" };
        Option<string?> output = CommonOptions.OutputFolder($"the folder or the {Extension} file to write");
        Option<string?> model = new("--model")
        {
            Description = $"{string.Join(", ", RecurrentModel.Kinds)} "
                + "[what the file says; else alrnn of one with W, shplrnn of one with W1]",
            HelpName = "kind"
        };
        Option<int?> rectified = new("--rectified")
        {
            Description = "P, rectified units of an alrnn, the last of its units [what the file says]",
            HelpName = "n"
        };
        Option<int?> observed = new("--observed")
        {
            Description = "N, observed variables, the first of its units [what the file says; else all units]",
            HelpName = "n"
        };
        Option<bool> overwrite = new("--overwrite") { Description = "replace a model that is there" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("import", "A network from elsewhere, as JSON, to a model that every verb takes.")
        {
            source, output, model, rectified, observed, overwrite, json
        };
        command.SetCancellableAction((parsed, _) =>
        {
            string from = parsed.GetValue(source)!;
            string to = parsed.GetValue(output) ?? throw new ArgumentException($"where to? -o RUN or -o model{Extension}");
            string file = Target(to, parsed.GetValue(overwrite));
            Dictionary<string, int> sizes = [];
            Take("rectified", parsed.GetValue(rectified));
            Take("observed", parsed.GetValue(observed));
            ImportedModel imported = ModelJson.Read(from, new() { Kind = parsed.GetValue(model), Sizes = sizes });
            if (!parsed.GetValue(CommonOptions.Quiet))
                Remark(imported);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            ModelFile.Save(file, imported.Model);
            if (parsed.GetValue(json))
                JsonOutput.Print(ToJson(imported, to));
            else
                Console.WriteLine(
                    $"{to}: {imported.Model.Kind}, {imported.Model.Description}, {imported.Model.Observed} observed\n"
                    + $"  next: attractor cycles {RunCommands.Quote(to)}");
            return 0;

            void Take(string size, int? value)
            {
                if (value is { } given)
                    sizes[size] = given > 0 ? given : throw new ArgumentException($"--{size} must be positive, not {given}");
            }
        });
        return command;
    }

    // The file itself, or that of a folder with nothing in it but a model.
    private static string Target(string to, bool overwrite)
    {
        bool isFile = Path.GetExtension(to).Equals(Extension, StringComparison.OrdinalIgnoreCase);
        if (!isFile && File.Exists(to))
            throw new ArgumentException($"{to} is a file: name a folder, or a file whose name ends with {Extension}");
        string file = isFile ? to : Path.Combine(to, RunLayout.Model);
        if (!isFile && Directory.Exists(to)
            && Directory.EnumerateFileSystemEntries(to).FirstOrDefault(e => Path.GetFileName(e) != RunLayout.Model) is { } other)
            throw new ArgumentException($"{to} holds {Path.GetFileName(other)}: name another folder");
        if (!isFile)
            RunLayout.RefuseLink(file, "remove it, or name the file to write");
        OutputOption.RequireNoPart("--output", file);
        return File.Exists(file) && !overwrite ? throw new ArgumentException($"{file} is there: --overwrite replaces it") : file;
    }

    private static void Remark(ImportedModel imported)
    {
        if (imported.UnknownKeys.Count > 0)
            Console.Error.WriteLine($"attractor: not known, left out: {string.Join(", ", imported.UnknownKeys)}");
        if (!imported.SaysObserved)
            Console.Error.WriteLine(
                $"attractor: all {imported.Model.Latent} units count as observed, as nothing says which are: "
                + "--observed N takes the first N");
    }

    private static JsonObject ToJson(ImportedModel imported, string to)
    {
        JsonObject entries = new() { ["file"] = to, ["model"] = imported.Model.Kind };
        foreach ((string size, int value) in imported.Model.Sizes)
            entries[size] = value;
        entries["parameters"] = imported.Model.ParameterCount;
        entries["unknown_keys"] = new JsonArray([.. imported.UnknownKeys.Select(k => JsonValue.Create(k))]);
        return entries;
    }
}
