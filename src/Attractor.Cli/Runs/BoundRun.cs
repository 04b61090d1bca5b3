using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Autoencoders;
using Attractor.Cli.Output;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>One training that ascends a variational bound, in its run folder.</summary>
internal abstract class BoundRun(RunSettings settings, RunFolder folder, bool resume) : IModelRun
{
    private TrainingState? _state;
    private MinibatchResult? _result;
    private IReadOnlyList<EpochPoint> _epochs = [];

    public string Path => folder.Path;

    public abstract ILearntModel Model { get; }

    /// <summary>D, the observed variables.</summary>
    protected abstract int Observed { get; }

    /// <summary>How it is learnt.</summary>
    protected abstract MinibatchOptions Options { get; }

    /// <summary>How many samples there are, for training and for the test.</summary>
    protected abstract (int Training, int? Test) Samples { get; }

    /// <summary>What one of them is called, and what a bound is per.</summary>
    protected abstract (string Samples, string Unit) Words { get; }

    public void Begin()
    {
        if (resume)
            _state = folder.Resume();
        else
            folder.Begin(Json.Bytes(settings.ToJson(Model, Observed)), RunCommands.Text(Path, settings));
    }

    public TrainingEnding Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        EpochMessages messages = new(progress, Options.Epochs);
        _result = Fit(_state, new() { Progress = messages, Epoch = messages.Add, Checkpoint = folder.Save }, cancellationToken);
        _epochs = RunFolder.ReadEpochs(Path);
        if (_result.Ending == TrainingEnding.Completed)
            folder.Finish(Model);
        return _result.Ending;
    }

    public JsonObject Describe()
    {
        JsonObject json = new() { ["run"] = Path, ["model"] = Model.Kind, ["observed"] = Observed };
        AddSizes(json);
        json["parameters"] = Model.ParameterCount;
        json["seed"] = settings.Seed;
        json["samples"] = Samples.Training;
        json["test_samples"] = Samples.Test;
        json["ending"] = _result!.Ending.ToString().ToLowerInvariant();
        json["updates"] = _result.State.Update;
        json["divergences"] = _result.State.Divergences;
        json["loss"] = _epochs.Count > 0 ? Json.Number(_epochs[^1].Loss) : null;
        json["test_elbo"] = _epochs.Count > 0 && _epochs[^1].TestLoss is { } test ? Json.Number(-test) : null;
        json["epochs"] = EpochRows.ToJson(_epochs, Samples.Training, Options.BatchSize);
        json["seconds"] = Json.Number(_result.Seconds);
        return json;
    }

    public string Sentence()
    {
        MinibatchResult result = _result!;
        string loss = _epochs.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", training loss {_epochs[^1].Loss:F2} nats per {Words.Unit}") : "";
        if (_epochs.Count > 0 && _epochs[^1].TestLoss is { } test)
            loss += string.Create(CultureInfo.InvariantCulture, $", test ELBO {-test:F2}");
        string done = string.Create(CultureInfo.InvariantCulture, $"{Path}: {_epochs.Count} {(_epochs.Count == 1 ? "epoch" : "epochs")} of {Samples.Training:N0} {Words.Samples} in {result.Seconds:F1} s{loss}");
        string path = RunCommands.Quote(Path);
        return result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: attractor report {path}, attractor generate {path}",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => $"{done}: diverged {result.State.Divergences} times, the last good state is kept; try a lower --lr, or --clip 10",
        };
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Trains the model.</summary>
    protected abstract MinibatchResult Fit(TrainingState? state, MinibatchCallbacks callbacks, CancellationToken cancellationToken);

    /// <summary>What the model is built of, for <c>--json</c>.</summary>
    protected abstract void AddSizes(JsonObject json);
}
