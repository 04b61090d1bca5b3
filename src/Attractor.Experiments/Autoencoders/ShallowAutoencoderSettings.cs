using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>784-256-50, ReLU, grey pixels, batch 64, 100 epochs.</summary>
internal sealed record ShallowAutoencoderSettings : AutoencoderExperimentSettings
{
    [Setting("passes over the data", Least = 1, Unit = "epochs")]
    public override int Epochs { get; init; } = 100;

    [Setting("images of an update", Least = 1)]
    public override int Batch { get; init; } = 64;

    [Setting("hidden layer of the encoder and of the decoder")]
    public override IReadOnlyList<int> Layers { get; init; } = [256];

    [Setting("latent variables", Least = 1)]
    public override int Latent { get; init; } = 50;

    [Setting("relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus")]
    public override LayerActivation Activation { get; init; } = LayerActivation.Relu;

    public override PixelValues Pixels => PixelValues.Real;

    [Setting("whether the document's own program, with std = exp(logvar), is trained as well: yes or no")]
    public bool Slip { get; init; } = true;

    public override FormattableString? WhyNot()
        => Layers.Count != 1 ? (FormattableString)$"{nameof(Layers):setting} takes one hidden layer, such as 256, not {Layers.Count}"
            : Slip && Activation != LayerActivation.Relu
            ? SettingSentence.Join(
                $"the document's program has ReLU: with another {nameof(Activation):setting} ",
                $"leave it out ({nameof(Slip):setting} no)")
            : null;
}
