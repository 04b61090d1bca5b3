using Attractor.Learning;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>What a run that is being trained has written down of how good it is, by step.</summary>
internal static class IntermediateValues
{
    private const string SelectionScore = "selection_score", Loss = "loss", TestLoss = "test_loss";

    /// <summary>What a study can prune by.</summary>
    public static IReadOnlyList<string> Known(ModelSettings settings)
        => settings is RecurrentSettings ? [SelectionScore, Loss] : [Loss, TestLoss];

    /// <summary>The values that are known at the last checkpoint, in order; of a network only that of the checkpoint itself.</summary>
    public static IReadOnlyList<(long Step, double Value)> Of(string folder, StudyPlan plan)
    {
        if (plan.Settings is MinibatchSettings)
            return [.. RunFolder.ReadEpochs(folder).Select(e => (
                (long)e.Epoch, plan.PruneOn!.Metric == Loss ? e.Loss : e.TestLoss ?? double.NaN))];
        string checkpoint = Path.Combine(folder, RunLayout.Checkpoint);
        if (!File.Exists(checkpoint))
            return [];
        TrainingState state = Checkpoint.Load<TrainingState>(checkpoint);
        long every = ((RecurrentSettings)plan.Settings!).CheckpointEvery;
        if (every > 0 && state.Update % every != 0)
            return [];
        if (plan.PruneOn!.Metric == SelectionScore)
            return state.Selected is { } selected ? [(state.Update, selected.Score)] : [];
        IReadOnlyList<LossPoint> losses = RunFolder.ReadLosses(folder);
        return losses.Count > 0 ? [(state.Update, losses[^1].Loss)] : [];
    }
}
