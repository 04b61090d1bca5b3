using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Sequences;

namespace Attractor.Cli.Autoencoders;

/// <summary><c>attractor reconstruct</c></summary>
internal static class ReconstructCommand
{
    private const int ImagesInARow = 16;

    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "a run folder or a safetensors file of a vae or seqvae" };
        Argument<string?> data = new("data") { Description = "images, a table or sequences [what the run was tested on, else trained on]", Arity = ArgumentArity.ZeroOrOne };
        Option<int> count = new("--count", "-n") { Description = "how many, from the first on", DefaultValueFactory = _ => 64, HelpName = "n" };
        Option<string?> output = CommonOptions.Output("the file to write: .png (rows of originals, each above its reconstructions), .npy, .csv or .npz (reconstructions) [reconstructions.png or .npy]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("reconstruct", "Encode observations and decode them again.") { run, data, count, output, json };
        command.SetAction(parsed =>
        {
            int wanted = parsed.GetValue(count) is > 0 and var n ? n : throw new ArgumentException($"--count must be positive, not {parsed.GetValue(count)}");
            ModelSource model = ModelSource.Load(parsed.GetValue(run)!);
            if (SequentialSource.Of(model) is { } sequential)
                return SequentialGeneration.Reconstruct(sequential, parsed.GetValue(data), wanted, parsed.GetValue(output), parsed.GetValue(json));
            AutoencoderSource source = AutoencoderSource.Require(model);
            ObservationRows rows = source.Read(parsed.GetValue(data));
            ReadOnlySpan<float> originals = rows.Take(wanted);
            float[] reconstructions = source.Model.Reconstruct(originals);
            string path = RowsOutput.NameOf(parsed.GetValue(output), "reconstructions", source.Model);
            bool picture = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
            RowsOutput.Write(path, picture ? Interleave(originals, reconstructions, rows.Dimension) : reconstructions, source.Model, Math.Min(ImagesInARow, originals.Length / rows.Dimension));
            double error = 0;
            for (int i = 0; i < reconstructions.Length; i++)
                error += (reconstructions[i] - originals[i]) * (reconstructions[i] - originals[i]) / (double)reconstructions.Length;
            int done = reconstructions.Length / rows.Dimension;
            if (parsed.GetValue(json))
                Json.Print(new JsonObject { ["file"] = path, ["count"] = done, ["mean_squared_error"] = Json.Number(error) });
            else
                Console.WriteLine(FormattableString.Invariant($"{path}: {done} reconstructions, mean squared error {error:G4}"));
            return 0;
        });
        return command;
    }

    // Rows of originals, each above the row of their reconstructions; the last pair is filled up with black.
    private static float[] Interleave(ReadOnlySpan<float> originals, ReadOnlySpan<float> reconstructions, int dimension)
    {
        int count = originals.Length / dimension, rows = (count + ImagesInARow - 1) / ImagesInARow, line = ImagesInARow * dimension;
        if (count <= ImagesInARow)
            line = count * dimension;
        float[] both = new float[2 * rows * line];
        for (int row = 0; row < rows; row++)
        {
            int start = row * line, length = Math.Min(line, originals.Length - start);
            originals.Slice(start, length).CopyTo(both.AsSpan(2 * row * line));
            reconstructions.Slice(start, length).CopyTo(both.AsSpan(((2 * row) + 1) * line));
        }
        return both;
    }
}
