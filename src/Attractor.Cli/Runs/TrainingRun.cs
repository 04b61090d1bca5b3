using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Settings;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models.Recurrent;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>One training in its run folder.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainSettings _settings;
    private readonly RunFolder _folder;
    private readonly RecurrentModel _model;
    private readonly IReadOnlyList<TimeSeries> _trials;
    private readonly bool _resume;
    private TrainingState? _state;

    private TrainingRun(TrainSettings settings, RunFolder folder, RecurrentModel model, IReadOnlyList<TimeSeries> trials, bool resume)
        => (_settings, _folder, _model, _trials, _resume) = (settings, folder, model, trials, resume);

    public string Path => _folder.Path;

    public RecurrentModel Model => _model;

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="Begin"/>.</summary>
    public static TrainingRun Prepare(string path, TrainSettings settings, IReadOnlyList<TimeSeries> trials, bool resume, bool overwrite)
    {
        RecurrentModel model = settings.CreateModel(trials[0].Dimension);
        Training.Check(model, trials, settings.ToOptions());
        RunFolder folder = RunFolder.Open(path);
        try
        {
            if (folder.IsFinished && !overwrite)
                throw new IOException(resume ? $"{path} is finished: there is nothing to resume" : $"{path} holds a finished run: name another folder, or --overwrite it");
            if (folder.IsBegun && !resume && !overwrite)
                throw new IOException($"{path} holds an unfinished run: attractor train --resume {path} goes on with it, --overwrite starts anew");
            return new(settings, folder, model, trials, resume);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes the folder ready: goes back to the last checkpoint of a run that is resumed, else replaces what is there.</summary>
    /// <remarks>Of several runs, none begins before all are prepared: one that is refused must not cost what the others hold.</remarks>
    public void Begin()
    {
        if (_resume)
            _state = _folder.Resume();
        else
            _folder.Begin(Json.Bytes(_settings.ToJson(_model)), RunCommands.Text(Path, _settings));
    }

    public TrainingResult Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        TrainingResult result = Training.Fit(_model, _trials, _settings.ToOptions(), _state, _folder.Save, progress, cancellationToken);
        if (result.Ending == TrainingEnding.Completed)
            _folder.Finish(_model);
        return result;
    }

    public JsonObject Describe(TrainingResult result) => new()
    {
        ["run"] = Path,
        ["model"] = _model.Kind,
        ["observed"] = _model.Observed,
        ["latent"] = _model.Latent,
        ["hidden"] = _model.Sizes.TryGetValue("hidden", out int hidden) ? hidden : null,
        ["parameters"] = _model.Parameters.Count,
        ["seed"] = _settings.Seed,
        ["ending"] = result.Ending.ToString().ToLowerInvariant(),
        ["updates"] = result.State.Update,
        ["loss"] = result.Losses.Count > 0 ? Json.Number(result.Losses[^1].Loss) : null,
        ["divergences"] = result.State.Divergences,
        ["seconds"] = Json.Number(result.Seconds),
    };

    public void Dispose() => _folder.Dispose();
}
