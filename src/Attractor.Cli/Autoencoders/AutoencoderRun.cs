using System.Text.Json.Nodes;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Autoencoders;

/// <summary>One training of a variational autoencoder in its run folder.</summary>
internal sealed class AutoencoderRun : BoundRun
{
    private readonly AutoencoderSettings _settings;
    private readonly VariationalAutoencoder _model;
    private readonly AutoencoderData _data;

    private AutoencoderRun(AutoencoderSettings settings, RunFolder folder, VariationalAutoencoder model, AutoencoderData data, bool resume)
        : base(settings, folder, resume)
        => (_settings, _model, _data) = (settings, model, data);

    public override ILearntModel Model => _model;

    protected override int Observed => _model.Observed;

    protected override MinibatchOptions Options => _settings.ToOptions();

    protected override (int Training, int? Test) Samples => (_data.Training.Count, _data.Test?.Count);

    protected override (string Samples, string Unit) Words => _settings.IsTable ? ("rows", "row")
        : _settings.Data == AutoencoderSettings.DrawnDigits ? ("digits that the program draws (--images learns others)", "image")
        : ("images", "image");

    /// <summary>Checks everything and locks the folder. What it holds stays as it is until <see cref="BoundRun.Begin"/>.</summary>
    public static AutoencoderRun Prepare(string path, AutoencoderSettings settings, AutoencoderData data, bool resume, bool overwrite)
    {
        VariationalAutoencoder model = settings.CreateModel(data.Training.Dimension, data.Image);
        AutoencoderTraining.Check(model, data.Training, data.Test, settings.ToOptions());
        return new(settings, RunFolders.Open(path, resume, overwrite), model, data, resume);
    }

    protected override MinibatchResult Fit(TrainingState? state, MinibatchCallbacks callbacks, CancellationToken cancellationToken)
        => AutoencoderTraining.Fit(_model, _data.Training, _data.Test, _settings.ToOptions(), state, callbacks, cancellationToken);

    protected override void AddSizes(JsonObject json)
    {
        json["layers"] = new JsonArray([.. _model.Options.Layers.Select(l => (JsonNode)l)]);
        json["latent"] = _model.Latent;
    }
}
