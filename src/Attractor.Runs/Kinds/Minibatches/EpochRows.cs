using System.Text.Json.Nodes;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Epochs for <c>--json</c>.</summary>
internal static class EpochRows
{
    /// <summary>
    /// The loss as tutorials print it: the sum of the batch losses divided by the last batch's index, counted from 0, times the batch size,
    /// which is one batch too few.
    /// </summary>
    public static double? PrintedLoss(double loss, long samples, int batch)
    {
        long batches = (samples + batch - 1) / batch;
        return batches > 1 ? loss * samples / ((batches - 1) * (double)batch) : null;
    }

    public static JsonArray ToJson(IReadOnlyList<EpochPoint> epochs, long samples, int batch) => new([.. epochs.Select(e => new JsonObject
    {
        ["epoch"] = e.Epoch,
        ["loss"] = Json.Number(e.Loss),
        ["loss_one_batch_fewer"] = PrintedLoss(e.Loss, samples, batch) is { } printed ? Json.Number(printed) : null,
        ["reconstruction"] = Json.Number(e.Reconstruction),
        ["divergence"] = Json.Number(e.Divergence),
        ["test_elbo"] = e.TestLoss is { } test ? Json.Number(-test) : null,
        ["beta"] = e.Beta,
        ["seconds"] = Json.Number(e.EpochSeconds),
    })]);
}
