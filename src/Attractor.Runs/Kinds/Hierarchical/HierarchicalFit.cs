using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One training of a hierarchical model.</summary>
/// <param name="settings">The settings, resolved.</param>
/// <param name="model">What is learnt.</param>
/// <param name="subjects">What it learns from, in the units of the model.</param>
internal sealed class HierarchicalFit(
    HierarchicalSettings settings, HierarchicalShallowPlrnn model, IReadOnlyList<TimeSeries> subjects) : ModelTraining
{
    private TrainingState? _state;
    private TrainingResult? _result;

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => model;

    public override int Observed => model.Observed;

    internal override LeftOut? LeftOut { get; } = settings.Missing == MissingValues.Model
        ? LeftOut.ModelledIn(subjects, settings.Sequence + 1)
        : LeftOut.From(subjects, settings.Sequence + 1);

    public override void Resume(RunFolder folder) => _state = folder.Resume();

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        _result = HierarchicalTraining.Fit(model, subjects, settings.ToOptions(), _state, folder.Save, progress, cancellationToken);
        if (_result.Ending == TrainingEnding.Completed)
            folder.Finish(model);
        return _result.Ending;
    }

    public override JsonObject Describe(string run)
    {
        JsonObject json = new()
        {
            ["run"] = run,
            ["model"] = model.Kind,
            ["observed"] = model.Observed,
            ["latent"] = model.Latent,
            ["hidden"] = model.Hidden,
            ["features"] = model.Features,
            ["parameters"] = model.ParameterCount,
            ["seed"] = settings.Seed,
            ["ending"] = _result!.Ending.ToString().ToLowerInvariant(),
            ["updates"] = _result.State.Update,
            ["loss"] = LastLoss.Of(_result!, run) is { } loss ? Json.Number(loss) : null,
            ["divergences"] = _result.State.Divergences,
            ["seconds"] = Json.Number(_result.Seconds),
            ["subjects"] = SubjectJson.Of(model, settings.Covariance),
        };
        DataUnits.AddTo(json, model.Standardization);
        return json;
    }

    public override FormattableString Sentence(string run)
    {
        string loss = LastLoss.Of(_result!, run) is { } last ? FormattableString.Invariant($", loss {last:G4}") : "";
        string done = FormattableString.Invariant(
            $"{run}: {model.Subjects.Count:N0} subjects, {_result!.State.Update:N0} updates in {_result.Seconds:F1} s{loss}")
            + DataUnits.Line(model.Standardization, " (losses in standardised units)");
        return _result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: {RunCommands.Evaluate(RunCommands.Quote(run), settings.Data)}",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => SettingSentence.Join(
                $"{done}: diverged {_result.State.Divergences} times, the last good state is kept; ",
                $"try a lower {nameof(settings.LearningRate):setting}, more forcing ({nameof(settings.AlphaEnd):setting}), ",
                $"or {nameof(settings.Clip):setting} 1"),
        };
    }
}
