using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Learning.Autoencoders;
using Attractor.Learning.Minibatches;
using Attractor.Models;
using Attractor.Models.Autoencoders;
using Attractor.Storage;

namespace Attractor.Cli.Autoencoders;

/// <summary>One training of a variational autoencoder in its run folder.</summary>
internal sealed class AutoencoderRun : IModelRun
{
    private readonly AutoencoderSettings _settings;
    private readonly RunFolder _folder;
    private readonly VariationalAutoencoder _model;
    private readonly AutoencoderData _data;
    private readonly bool _resume;
    private TrainingState? _state;
    private MinibatchResult? _result;
    private IReadOnlyList<EpochPoint> _epochs = [];

    private AutoencoderRun(AutoencoderSettings settings, RunFolder folder, VariationalAutoencoder model, AutoencoderData data, bool resume)
        => (_settings, _folder, _model, _data, _resume) = (settings, folder, model, data, resume);

    public string Path => _folder.Path;

    public ILearntModel Model => _model;

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="Begin"/>.</summary>
    public static AutoencoderRun Prepare(string path, AutoencoderSettings settings, AutoencoderData data, bool resume, bool overwrite)
    {
        VariationalAutoencoder model = settings.CreateModel(data.Training.Dimension, data.Image);
        AutoencoderTraining.Check(model, data.Training, data.Test, settings.ToOptions());
        return new(settings, RunFolders.Open(path, resume, overwrite), model, data, resume);
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
        AutoencoderTrainingOptions options = _settings.ToOptions();
        EpochMessages messages = new(progress, options.Epochs);
        _result = AutoencoderTraining.Fit(
            _model, _data.Training, _data.Test, options, _state, new() { Progress = messages, Epoch = messages.Add, Checkpoint = _folder.Save }, cancellationToken);
        _epochs = RunFolder.ReadEpochs(Path);
        if (_result.Ending == TrainingEnding.Completed)
            _folder.Finish(_model);
        return _result.Ending;
    }

    public JsonObject Describe() => new()
    {
        ["run"] = Path,
        ["model"] = _model.Kind,
        ["observed"] = _model.Observed,
        ["layers"] = new JsonArray([.. _model.Options.Layers.Select(l => (JsonNode)l)]),
        ["latent"] = _model.Latent,
        ["parameters"] = _model.ParameterCount,
        ["seed"] = _settings.Seed,
        ["samples"] = _data.Training.Count,
        ["test_samples"] = _data.Test?.Count,
        ["ending"] = _result!.Ending.ToString().ToLowerInvariant(),
        ["updates"] = _result.State.Update,
        ["divergences"] = _result.State.Divergences,
        ["loss"] = _epochs.Count > 0 ? Json.Number(_epochs[^1].Loss) : null,
        ["test_elbo"] = _epochs.Count > 0 && _epochs[^1].TestLoss is { } test ? Json.Number(-test) : null,
        ["epochs"] = EpochRows.ToJson(_epochs, _data.Training.Count, _settings.ToOptions().BatchSize),
        ["seconds"] = Json.Number(_result.Seconds),
    };

    public string Sentence()
    {
        MinibatchResult result = _result!;
        string loss = _epochs.Count > 0 ? FormattableString.Invariant($", training loss {_epochs[^1].Loss:F2} nats") : "";
        if (_epochs.Count > 0 && _epochs[^1].TestLoss is { } test)
            loss += FormattableString.Invariant($", test ELBO {-test:F2}");
        string done = string.Create(CultureInfo.InvariantCulture, $"{Path}: {_epochs.Count} {(_epochs.Count == 1 ? "epoch" : "epochs")} of {_data.Training.Count:N0} samples in {result.Seconds:F1} s{loss}");
        string path = RunCommands.Quote(Path);
        return result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: attractor report {path}, attractor generate {path}",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => $"{done}: diverged {result.State.Divergences} times, the last good state is kept; try a lower --lr, or --clip 10",
        };
    }

    public void Dispose() => _folder.Dispose();
}
