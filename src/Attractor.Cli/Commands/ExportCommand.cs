using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Models;
using Attractor.Runs;
using Attractor.Storage;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor export</c></summary>
internal static class ExportCommand
{
    private const string Source = ".c", Onnx = ".onnx";

    public static Command Create()
    {
        Argument<string> subject = new("run") { Description = "a run folder, or the safetensors file of a model" };
        OutputOption output = CommonOptions.OutputFile($"the file to write, {Source} or {Onnx}", Source, Onnx);
        Option<string?> program = new("--program")
        {
            Description = $"what an {Onnx} file does: begin, step, forced_step or observe; of an autoencoder encode or decode "
                + "[step, decode]",
            HelpName = "name"
        };
        Option<bool> single = new("--single") { Description = "numbers of 32 bits [64]" };
        Option<string?> name = new("--name")
        {
            Description = $"what the functions of a {Source} file are called before _step and so on [that of the file]",
            HelpName = "name"
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("export", "A trained model as C source or as ONNX, for programs that do not have this one.")
        {
            subject, output, program, single, name, json
        };
        command.SetCancellableAction((parsed, _) =>
        {
            string path = parsed.GetValue(output)
                ?? throw new ArgumentException($"where to? -o model{Source} for C, -o model{Onnx} for ONNX");
            bool isSource = Path.GetExtension(path).Equals(Source, StringComparison.OrdinalIgnoreCase);
            if (isSource && parsed.GetValue(program) is not null)
                throw new ArgumentException($"--program is that of an {Onnx} file: a {Source} file holds all of them");
            if (!isSource && parsed.GetValue(name) is not null)
                throw new ArgumentException($"--name is that of functions in C: write a {Source} file");
            ILearntModel model = TrainedModel.Load(parsed.GetValue(subject)!).Model;
            string prefix = parsed.GetValue(name) ?? CSource.Identifier(Path.GetFileNameWithoutExtension(path));
            ExportPrecision precision = parsed.GetValue(single) ? ExportPrecision.Single : ExportPrecision.Double;
            IReadOnlyList<VectorProgram> programs = ModelPrograms.Of(model);
            if (isSource)
            {
                AtomicFile.Write(path, stream =>
                {
                    using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
                    CSource.Write(writer, model, prefix, precision);
                });
            }
            else
            {
                programs = [Chosen(programs, parsed.GetValue(program))];
                AtomicFile.Write(path, stream => OnnxModel.Write(stream, programs[0], model, precision));
            }
            Say(path, isSource ? prefix + "_" : "", programs, model, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static VectorProgram Chosen(IReadOnlyList<VectorProgram> programs, string? wanted)
        => wanted is null
            ? programs.First(p => p.Name is "step" or "decode")
            : programs.FirstOrDefault(p => p.Name == wanted.Replace('-', '_'))
                ?? throw new ArgumentException($"--program is one of {string.Join(", ", programs.Select(p => p.Name))}, not '{wanted}'");

    private static void Say(string path, string prefix, IReadOnlyList<VectorProgram> programs, ILearntModel model, bool json)
    {
        if (json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["file"] = path,
                ["model"] = model.Kind,
                ["programs"] = new JsonArray([.. programs.Select(program => (JsonNode)new JsonObject
                {
                    ["name"] = program.Name,
                    ["inputs"] = Described(program.Inputs),
                    ["outputs"] = Described(program.Outputs),
                })]),
                ["bytes"] = new FileInfo(path).Length,
            });
            return;
        }
        long bytes = new FileInfo(path).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {model.Kind}, {model.Description}, {bytes:N0} bytes"));
        foreach (VectorProgram program in programs)
        {
            Console.WriteLine($"  {prefix}{program.Name}({Listed(program.Inputs)}) -> {Listed(program.Outputs)}");
            Console.WriteLine($"      {program.Purpose}");
        }
    }

    private static JsonArray Described(IEnumerable<(string Name, VectorValue Value)> values)
        => new([.. values.Select(v => (JsonNode)new JsonObject { ["name"] = v.Name, ["length"] = v.Value.Length })]);

    private static string Listed(IEnumerable<(string Name, VectorValue Value)> values)
        => string.Join(", ", values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Name}[{v.Value.Length}]")));
}
