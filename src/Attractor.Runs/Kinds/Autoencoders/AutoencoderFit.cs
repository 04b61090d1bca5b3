using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>One training of a variational autoencoder.</summary>
internal sealed class AutoencoderFit(AutoencoderSettings settings, VariationalAutoencoder model, AutoencoderData data)
    : BoundTraining(settings)
{
    public override ILearntModel Model => model;

    public override int Observed => model.Observed;

    internal override LeftOut? LeftOut { get; } = LeftOut.Unobserved(
        data.Streamed?.Rows.Profiles.Sum(column => column.Missing) ?? data.Table?.CountMissing() ?? 0);

    protected override (int Training, int? Test) Samples => (data.Training.Count, data.Test?.Count);

    protected override (FormattableString Samples, string Unit) Words => settings.IsTable ? ($"rows", "row") : (Images, "image");

    private FormattableString Images => settings.Data switch
    {
        AutoencoderSettings.DrawnDigits => $"digits that the program draws ({nameof(settings.Images):setting} learns others)",
        _ => $"images",
    };

    protected override double? Independent
        => data.Streamed is { } rows ? IndependentVariables.Nats(model.Options.Observation, rows.Rows)
            : data.Table is { } table ? IndependentVariables.Nats(model.Options.Observation, [table])
            : null;

    protected override MinibatchResult Fit(
        TrainingState? state, Communicator? ranks, MinibatchCallbacks callbacks, CancellationToken cancellationToken)
        => AutoencoderTraining.Fit(
            model, data.Training, data.Test, settings.ToOptions() with { Ranks = ranks }, state, callbacks, cancellationToken);

    protected override void AddSizes(JsonObject json)
    {
        json["layers"] = new JsonArray([.. model.Options.Layers.Select(l => (JsonNode)l)]);
        json["latent"] = model.Latent;
    }
}
