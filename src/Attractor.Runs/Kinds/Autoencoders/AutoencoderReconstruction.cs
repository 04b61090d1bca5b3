using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Encodes observations and decodes them again.</summary>
internal sealed class AutoencoderReconstruction() : Capability<ReconstructionOptions>(Verbs.Reconstruct)
{
    private const int ImagesInARow = 16;

    protected override Answer Ask(TrainedModel model, ReconstructionOptions options, Request request)
    {
        AutoencoderSource source = AutoencoderSource.Of(model);
        ObservationRows rows = source.Read(request.Data, selection: request.Selection);
        ReadOnlySpan<float> originals = rows.Take(options.Count);
        float[] reconstructions = source.Model.Reconstruct(originals);
        string path = RowsOutput.NameOf(request.Output, "reconstructions", source.Model);
        bool picture = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
        RowsOutput.Write(
            path, picture ? Interleave(originals, reconstructions, rows.Dimension) : reconstructions, source.Model, Math.Min(
                ImagesInARow, originals.Length / rows.Dimension), model.Variables(rows.Dimension));
        double sum = 0;
        int compared = 0;
        for (int i = 0; i < reconstructions.Length; i++)
        {
            if (float.IsNaN(originals[i]))
                continue;
            sum += (reconstructions[i] - originals[i]) * (reconstructions[i] - originals[i]);
            compared++;
        }
        double error = sum / compared;
        int done = reconstructions.Length / rows.Dimension;
        return new(
            new JsonObject { ["file"] = path, ["count"] = done, ["mean_squared_error"] = Json.Number(error) },
            FormattableString.Invariant($"{path}: {done} reconstructions, mean squared error {error:G4}"));
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
