using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>One training of a sequential variational autoencoder.</summary>
internal sealed class SequentialFit(SequentialSettings settings, SequentialVariationalAutoencoder model, SequentialData data)
    : BoundTraining(settings)
{
    public override ILearntModel Model => model;

    public override int Observed => model.Observed;

    internal override LeftOut? LeftOut { get; } = LeftOut.Unobserved(data.Training.Missing);

    protected override (int Training, int? Test) Samples => (data.Training.Count, data.Validation?.Count);

    protected override (FormattableString Samples, string Unit) Words => ($"sequences", "time step");

    protected override double? Independent => IndependentVariables.Nats(model.Options.Observation, data.Training.Sequences);

    protected override MinibatchResult Fit(
        TrainingState? state, Communicator? ranks, MinibatchCallbacks callbacks, CancellationToken cancellationToken)
        => SequentialAutoencoderTraining.Fit(
            model, data.Training, data.Validation, settings.ToOptions() with { Ranks = ranks }, state, callbacks, cancellationToken);

    protected override void AddSizes(JsonObject json)
    {
        SequentialAutoencoderOptions options = model.Options;
        json["latent"] = options.Latent;
        json["transition"] = KebabCase.Of(options.Transition);
        json["posterior"] = KebabCase.Of(options.Inference);
        json["encoder"] = KebabCase.Of(options.Encoder);
        json["encoder_units"] = options.EncoderUnits;
    }
}
