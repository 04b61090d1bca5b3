using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One training by backpropagation through time.</summary>
/// <param name="settings">The settings, resolved.</param>
/// <param name="model">What is learnt.</param>
/// <param name="trials">What it learns from, prepared.</param>
/// <param name="prepared">What was done to it.</param>
internal sealed class RecurrentTraining(
    RecurrentSettings settings, RecurrentModel model, IReadOnlyList<TimeSeries> trials, DataPreparation prepared) : ModelTraining
{
    private TrainingState? _state;
    private TrainingResult? _result;

    /// <summary>Of data that another observation would suit; null of others.</summary>
    internal FormattableString? Hint { get; init; }

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => StandardizedModel.Of(model, prepared.Units);

    public override int Observed => model.Observed;

    internal override LeftOut? LeftOut { get; } = settings.Missing == MissingValues.Model
        ? LeftOut.ModelledIn(trials, settings.Sequence + 1)
        : LeftOut.From(trials, settings.Sequence + 1);

    /// <summary>The outcome, once it is trained.</summary>
    public TrainingResult Result => _result!;

    public override void Resume(RunFolder folder) => _state = folder.Resume();

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        TrainingOptions options = settings.ToOptions() with { Selection = BehaviourSelection.Of(settings, trials, prepared) };
        _result = Training.Fit(model, trials, options, _state, folder.Save, progress, cancellationToken);
        if (_result.Ending == TrainingEnding.Completed)
            folder.Finish(Model);
        return _result.Ending;
    }

    public override JsonObject Describe(string run)
    {
        JsonObject json = Entries(run);
        foreach ((string size, int value) in model.Sizes.Where(s => !json.ContainsKey(s.Key)))
            if (model.Modalities.Count < 2 || model.Modalities.All(m => m.Size != size))
                json.Add(size, value);
        if (model.Modalities.Count > 1)
            json.Add("modalities", new JsonArray([.. model.Modalities.Select(ModalityEntry)]));
        prepared.AddTo(json);
        return json;
    }

    private JsonNode? ModalityEntry(Modality modality) => new JsonObject
    {
        ["observation"] = modality.Model.Name,
        ["levels"] = modality.Model.Levels,
        ["variables"] = new JsonArray([.. modality.Columns.Select(n => (JsonNode?)trials[0].Names[n])]),
    };

    private JsonObject Entries(string run) => new()
    {
        ["run"] = run,
        ["model"] = model.Kind,
        ["observed"] = model.Observed,
        ["latent"] = model.Latent,
        ["observation"] = model.Observation?.Name
            ?? (model.Modalities.Count > 0 ? "multimodal" : model.IsAffine ? "affine" : "identity"),
        ["inputs"] = settings.Inputs is { } inputs ? new JsonArray([.. inputs.Select(name => (JsonNode?)name)]) : null,
        ["hidden"] = model.Sizes.TryGetValue("hidden", out int hidden) ? hidden : null,
        ["parameters"] = model.Parameters.Count,
        ["seed"] = settings.Seed,
        ["ending"] = Result.Ending.ToString().ToLowerInvariant(),
        ["updates"] = Result.State.Update,
        ["alpha"] = Result.State.Alpha is { } alpha ? Json.Number(alpha) : null,
        ["loss"] = LastLoss(run) is { } loss ? Json.Number(loss) : null,
        ["selected_update"] = Result.State.Selected?.Update,
        ["selection_score"] = Result.State.Selected is { } selected ? Json.Number(selected.Score) : null,
        ["divergences"] = Result.State.Divergences,
        ["seconds"] = Json.Number(Result.Seconds),
    };

    // A run that is gone on with where nothing was left to do has it in its curve.
    private double? LastLoss(string run) => Result.Losses.Count > 0
        ? Result.Losses[^1].Loss
        : RunFolder.ReadLosses(run) is { Count: > 0 } written ? written[^1].Loss : null;

    public override FormattableString Sentence(string run)
    {
        string loss = Result.Losses.Count > 0 ? FormattableString.Invariant($", loss {Result.Losses[^1].Loss:G4}") : "";
        string kept = Result.State.Selected is { } best && best.Update < Result.State.Update
            ? FormattableString.Invariant($"; the model is that of update {best.Update:N0}, which runs best on its own")
            : "";
        kept += prepared.Lines;
        string done = FormattableString.Invariant($"{run}: {Result.State.Update:N0} updates in {Result.Seconds:F1} s{loss}{kept}");
        return Result.Ending switch
        {
            TrainingEnding.Completed => SettingSentence.Join(
                $"{done}", Hint is null ? (FormattableString)$"" : $"\n  {Hint}",
                $"\n  next: {RunCommands.Evaluate(RunCommands.Quote(run), settings.Data)}"),
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => SettingSentence.Join(
                $"{done}: diverged {Result.State.Divergences} times, the last good state is kept; ",
                $"try a lower {nameof(settings.LearningRate):setting}, more forcing, or {nameof(settings.Clip):setting} 1"),
        };
    }
}
