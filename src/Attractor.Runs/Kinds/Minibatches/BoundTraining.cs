using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>One training that ascends a variational bound.</summary>
internal abstract class BoundTraining(MinibatchSettings settings) : ModelTraining
{
    // Nats of a variable: an untrained model is one behind or so, one that went astray many.
    private const double MostBehind = 3;

    private TrainingState? _state;
    private Communicator? _ranks;
    private MinibatchResult? _result;
    private IReadOnlyList<EpochPoint> _epochs = [];

    public override ModelSettings Settings => settings;

    /// <summary>How many samples there are, for training and for the test.</summary>
    protected abstract (int Training, int? Test) Samples { get; }

    /// <summary>What one of them is called, and what a bound is per.</summary>
    protected abstract (FormattableString Samples, string Unit) Words { get; }

    /// <summary>
    /// Nats of a sample where the variables are independent with the means (and variances) of the data; null where that is not known.
    /// </summary>
    protected abstract double? Independent { get; }

    private bool IsUseless => _epochs.Count > 0 && Independent is { } nats && !(_epochs[^1].Loss <= nats + (MostBehind * Observed));

    public override void Distribute(Communicator ranks) => _ranks = ranks;

    public override void Resume(RunFolder folder) => _state = folder.Resume();

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        EpochMessages messages = new(progress, settings.Epochs);
        _result = Fit(_state, _ranks, new() { Progress = messages, Epoch = messages.Add, Checkpoint = folder.Save }, cancellationToken);
        _epochs = RunFolder.ReadEpochs(folder.WorkPath);
        if (_result.Ending == TrainingEnding.Completed)
            folder.Finish(Model);
        return _result.Ending is TrainingEnding.Completed && IsUseless ? TrainingEnding.NotConverged : _result.Ending;
    }

    public override JsonObject Describe(string run)
    {
        JsonObject json = new() { ["run"] = run, ["model"] = Model.Kind, ["observed"] = Observed };
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
        json["epochs"] = EpochRows.ToJson(_epochs, Samples.Training, settings.Batch);
        if (IsUseless)
            json["independent"] = Json.Number(Independent!.Value);
        DataUnits.AddTo(json, ((IStandardizable)Model).Standardization);
        json["seconds"] = Json.Number(_result.Seconds);
        return json;
    }

    public override FormattableString Sentence(string run)
    {
        MinibatchResult result = _result!;
        string loss = _epochs.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $", training loss {_epochs[^1].Loss:F2} nats per {Words.Unit}")
            : "";
        if (_epochs.Count > 0 && _epochs[^1].TestLoss is { } test)
            loss += string.Create(CultureInfo.InvariantCulture, $", test ELBO {-test:F2}");
        string epochs = _epochs.Count == 1 ? "epoch" : "epochs";
        loss += DataUnits.Line(((IStandardizable)Model).Standardization) + Useless;
        FormattableString done
            = $"{run}: {_epochs.Count} {epochs} of {Samples.Training:N0} {Words.Samples} in {result.Seconds:F1} s{loss}";
        string path = RunCommands.Quote(run);
        return result.Ending switch
        {
            TrainingEnding.Completed => $"{done}\n  next: attractor report {path}, attractor generate {path}",
            TrainingEnding.Cancelled => $"{done}, cancelled",
            _ => SettingSentence.Join(
                $"{done}: diverged {result.State.Divergences} times, the last good state is kept; ",
                $"try a lower {nameof(AutoencoderSettings.LearningRate):setting}, or {nameof(AutoencoderSettings.Clip):setting} 10"),
        };
    }

    private string Useless => IsUseless
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"\n  of no use: independent variables of the data's means and variances take {Independent:F2} nats per {Words.Unit}")
        : "";

    /// <summary>Trains the model.</summary>
    /// <param name="state">A state to go on from.</param>
    /// <param name="ranks">Other processes that train the same; null for none.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    protected abstract MinibatchResult Fit(
        TrainingState? state, Communicator? ranks, MinibatchCallbacks callbacks, CancellationToken cancellationToken);

    /// <summary>What the model is built of, for <c>--json</c>.</summary>
    protected abstract void AddSizes(JsonObject json);
}
