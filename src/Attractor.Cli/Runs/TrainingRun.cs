using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>One training by backpropagation through time in its run folder.</summary>
internal sealed class TrainingRun : IModelRun
{
    private readonly RecurrentSettings _settings;
    private readonly RunFolder _folder;
    private readonly RecurrentModel _model;
    private readonly IReadOnlyList<TimeSeries> _trials;
    private readonly bool _resume;
    private TrainingState? _state;
    private TrainingResult? _result;

    private TrainingRun(RecurrentSettings settings, RunFolder folder, RecurrentModel model, IReadOnlyList<TimeSeries> trials, bool resume)
        => (_settings, _folder, _model, _trials, _resume) = (settings, folder, model, trials, resume);

    public string Path => _folder.Path;

    public RecurrentModel Model => _model;

    ILearntModel IModelRun.Model => _model;

    /// <summary>The outcome, once it is trained.</summary>
    public TrainingResult Result => _result!;

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="Begin"/>.</summary>
    public static TrainingRun Prepare(string path, RecurrentSettings settings, IReadOnlyList<TimeSeries> trials, bool resume, bool overwrite)
    {
        RecurrentModel model = settings.CreateModel(trials[0].Dimension);
        Training.Check(model, trials, settings.ToOptions());
        return new(settings, RunFolders.Open(path, resume, overwrite), model, trials, resume);
    }

    public void Begin()
    {
        if (_resume)
            _state = _folder.Resume();
        else
            _folder.Begin(Json.Bytes(_settings.ToJson(_model, _model.Observed)), RunCommands.Text(Path, _settings));
    }

    public TrainingEnding Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        _result = Training.Fit(_model, _trials, _settings.ToOptions(), _state, _folder.Save, progress, cancellationToken);
        if (_result.Ending == TrainingEnding.Completed)
            _folder.Finish(_model);
        return _result.Ending;
    }

    public JsonObject Describe() => new()
    {
        ["run"] = Path,
        ["model"] = _model.Kind,
        ["observed"] = _model.Observed,
        ["latent"] = _model.Latent,
        ["hidden"] = _model.Sizes.TryGetValue("hidden", out int hidden) ? hidden : null,
        ["parameters"] = _model.Parameters.Count,
        ["seed"] = _settings.Seed,
        ["ending"] = Result.Ending.ToString().ToLowerInvariant(),
        ["updates"] = Result.State.Update,
        ["loss"] = Result.Losses.Count > 0 ? Json.Number(Result.Losses[^1].Loss) : null,
        ["divergences"] = Result.State.Divergences,
        ["seconds"] = Json.Number(Result.Seconds),
    };

    public string Sentence()
    {
        string loss = Result.Losses.Count > 0 ? FormattableString.Invariant($", loss {Result.Losses[^1].Loss:G4}") : "";
        string done = FormattableString.Invariant($"{Path}: {Result.State.Update:N0} updates in {Result.Seconds:F1} s{loss}");
        return Result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: attractor evaluate {RunCommands.Quote(Path)} test.npy",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => $"{done}: diverged {Result.State.Divergences} times, the last good state is kept; try a lower --lr, more forcing, or --clip 1",
        };
    }

    public void Dispose() => _folder.Dispose();
}
