using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>
/// Encodes and decodes sequences and writes what comes back: one in any format, several in one that holds them, such as .npz.
/// </summary>
internal sealed class SequentialReconstruction() : Capability<ReconstructionOptions>(Verbs.Reconstruct)
{
    protected override Answer Ask(TrainedModel model, ReconstructionOptions options, Request request)
    {
        SequentialSource source = SequentialSource.Of(model);
        SequenceSet set = source.Read(request.Data, request.Selection);
        TimeSeries[] originals = [.. set.Sequences.Take(options.Count)], results = [.. originals.Select(source.Model.Reconstruct)];
        double error = 0;
        long present = 0;
        for (int s = 0; s < originals.Length; s++)
            for (int i = 0; i < originals[s].Values.Length; i++)
            {
                double difference = results[s].Values[i] - originals[s].Values[i];
                if (double.IsNaN(difference))
                    continue;
                error += difference * difference;
                present++;
            }
        error /= Math.Max(1, present);
        string path = request.Output ?? (results.Length == 1 ? "reconstructions.npy" : "reconstructions.npz");
        SeriesFile.WriteTrials(path, results);
        return new(
            new JsonObject { ["file"] = path, ["count"] = results.Length, ["mean_squared_error"] = Json.Number(error) },
            FormattableString.Invariant($"{path}: {results.Length} reconstructions, mean squared error {error:G4}"));
    }
}
