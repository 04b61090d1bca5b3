using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;

namespace Attractor.Cli.Autoencoders;

/// <summary><c>attractor interpolate</c></summary>
internal static class InterpolateCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "a run folder or a safetensors file of a vae" };
        Argument<string?> data = new("data") { Description = "images or a table [what the run was tested on, else trained on]", Arity = ArgumentArity.ZeroOrOne };
        Option<int> from = new("--from") { Description = "the row to begin at [0]", HelpName = "row" };
        Option<int> to = new("--to") { Description = "the row to end at", DefaultValueFactory = _ => 1, HelpName = "row" };
        Option<int> steps = new("--steps", "-n") { Description = "points on the way, the ends among them", DefaultValueFactory = _ => 12, HelpName = "n" };
        Option<string?> output = CommonOptions.Output("the file to write: .png, .npy or .csv [interpolation.png or .npy]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("interpolate", "Go from one observation to another through the latent variables.") { run, data, from, to, steps, output, json };
        command.SetAction(parsed =>
        {
            int points = parsed.GetValue(steps) is >= 2 and var n ? n : throw new ArgumentException($"--steps must be at least 2, not {parsed.GetValue(steps)}");
            AutoencoderSource source = AutoencoderSource.Load(parsed.GetValue(run)!);
            ObservationRows rows = source.Read(parsed.GetValue(data));
            float[] way = source.Model.Interpolate(rows.Row(parsed.GetValue(from), "--from"), rows.Row(parsed.GetValue(to), "--to"), points);
            string path = RowsOutput.NameOf(parsed.GetValue(output), "interpolation", source.Model);
            RowsOutput.Write(path, way, source.Model, points);
            if (parsed.GetValue(json))
                Json.Print(new JsonObject { ["file"] = path, ["from"] = parsed.GetValue(from), ["to"] = parsed.GetValue(to), ["count"] = points });
            else
                Console.WriteLine($"{path}: {points} points from row {parsed.GetValue(from)} to row {parsed.GetValue(to)}");
            return 0;
        });
        return command;
    }
}
