using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>784-400-400-200, leaky ReLU, rounded pixels, batch 100, 15 epochs.</summary>
internal sealed record DeepAutoencoderSettings : AutoencoderExperimentSettings
{
    [Setting("passes over the data", Least = 1, Unit = "epochs")]
    public override int Epochs { get; init; } = 15;

    [Setting("images of an update", Least = 1)]
    public override int Batch { get; init; } = 100;

    [Setting("hidden layers of the encoder, the decoder's in reverse")]
    public override IReadOnlyList<int> Layers { get; init; } = [400, 400];

    [Setting("latent variables", Least = 1)]
    public override int Latent { get; init; } = 200;

    [Setting("relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus")]
    public override LayerActivation Activation { get; init; } = LayerActivation.LeakyRelu;

    public override PixelValues Pixels => PixelValues.Round;

    /// <summary>Whether the document's losses are to be expected.</summary>
    public bool AreTheDocuments => this is { Batch: 100, Latent: 200, Activation: LayerActivation.LeakyRelu } && Layers is [400, 400];
}
