using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One training of a zero-shot model.</summary>
/// <param name="settings">The settings.</param>
/// <param name="start">What it begins as.</param>
/// <param name="data">What it learns from.</param>
internal sealed class ZeroShotFit(ZeroShotSettings settings, DynaMixModel start, ZeroShotData data) : ModelTraining
{
    // Beyond what the windows of a stretch differ by.
    private const double MostRise = 1.5;

    private DynaMixModel? _learnt;
    private TrainingState? _state;
    private TrainingResult? _result;

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => Network;

    public override int Observed => start.Observed;

    private DynaMixModel Network => _learnt ?? start;

    public override void Resume(RunFolder folder) => _state = folder.Resume();

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        (_learnt, _result) = ZeroShotTraining.Fit(
            start, data.Recordings, settings.ToOptions(), _state, folder.Save, progress, cancellationToken);
        if (_result.Ending == TrainingEnding.Completed)
            folder.Finish(_learnt);
        return _result.Ending;
    }

    public override JsonObject Describe(string run) => new()
    {
        ["run"] = run,
        ["model"] = Network.Kind,
        ["observed"] = Network.Observed,
        ["latent"] = Network.Parameters.Latent,
        ["experts"] = Network.Parameters.Experts,
        ["rectified"] = Network.Parameters.Rectified,
        ["parameters"] = Network.ParameterCount,
        ["seed"] = settings.Seed,
        ["ending"] = _result!.Ending.ToString().ToLowerInvariant(),
        ["updates"] = _result.State.Update,
        ["loss"] = LastLoss.Of(_result!, run) is { } loss ? Json.Number(loss) : null,
        ["divergences"] = _result.State.Divergences,
        ["seconds"] = Json.Number(_result.Seconds),
        ["training_systems"] = Names(data.Systems.Training),
        ["held_out_systems"] = Names(data.Systems.HeldOut),
    };

    public override FormattableString Sentence(string run)
    {
        string loss = LastLoss.Of(_result!, run) is { } last ? FormattableString.Invariant($", loss {last:G4}") : "";
        (int systems, int held) = (data.Systems.Training.Count, data.Systems.HeldOut.Count);
        string done = FormattableString.Invariant(
            $"{run}: {data.Recordings.Count:N0} recordings of {systems} systems, {held} held out, ")
            + FormattableString.Invariant($"{_result!.State.Update:N0} updates in {_result.Seconds:F1} s{loss}");
        return _result.Ending switch
        {
            TrainingEnding.Completed when HasRisen(run) => SettingSentence.Join(
                $"{done}: that is more than at first, so that it unlearnt more than it learnt; ",
                $"try a lower {nameof(settings.LearningRate):setting}"),
            TrainingEnding.Completed => $"{done}\n  next: attractor evaluate {RunCommands.Quote(run)}",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => SettingSentence.Join(
                $"{done}: diverged {_result.State.Divergences} times, the last good state is kept; ",
                $"try a lower {nameof(settings.LearningRate):setting} or more forcing ({nameof(settings.Interval):setting})"),
        };
    }

    private static JsonArray Names(IEnumerable<Systems.SystemDefinition> systems)
        => new([.. systems.Select(JsonNode (system) => JsonValue.Create(system.Name))]);

    private static bool HasRisen(string run)
        => RunFolder.ReadLosses(run) is { Count: > 1 } losses && !(losses[^1].Loss <= MostRise * losses[0].Loss);
}
