using System.Text.Json.Nodes;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Sequences;

/// <summary>One training of a sequential variational autoencoder in its run folder.</summary>
internal sealed class SequentialRun : BoundRun
{
    private readonly SequentialSettings _settings;
    private readonly SequentialVariationalAutoencoder _model;
    private readonly SequentialData _data;

    private SequentialRun(SequentialSettings settings, RunFolder folder, SequentialVariationalAutoencoder model, SequentialData data, bool resume)
        : base(settings, folder, resume)
        => (_settings, _model, _data) = (settings, model, data);

    public override ILearntModel Model => _model;

    protected override int Observed => _model.Observed;

    protected override MinibatchOptions Options => _settings.ToOptions();

    protected override (int Training, int? Test) Samples => (_data.Training.Count, _data.Validation?.Count);

    protected override (string Samples, string Unit) Words => ("sequences", "time step");

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="BoundRun.Begin"/>.</summary>
    public static SequentialRun Prepare(string path, SequentialSettings settings, SequentialData data, bool resume, bool overwrite)
    {
        SequentialVariationalAutoencoder model = settings.CreateModel(data.Training.Dimension);
        SequentialAutoencoderTraining.Check(model, data.Training, data.Validation, settings.ToOptions());
        return new(settings, RunFolders.Open(path, resume, overwrite), model, data, resume);
    }

    protected override MinibatchResult Fit(TrainingState? state, MinibatchCallbacks callbacks, CancellationToken cancellationToken)
        => SequentialAutoencoderTraining.Fit(_model, _data.Training, _data.Validation, _settings.ToOptions(), state, callbacks, cancellationToken);

    protected override void AddSizes(JsonObject json)
    {
        SequentialAutoencoderOptions options = _model.Options;
        json["latent"] = options.Latent;
        json["transition"] = KebabCase.Of(options.Transition);
        json["posterior"] = KebabCase.Of(options.Inference);
        json["encoder"] = KebabCase.Of(options.Encoder);
        json["encoder_units"] = options.EncoderUnits;
    }
}
