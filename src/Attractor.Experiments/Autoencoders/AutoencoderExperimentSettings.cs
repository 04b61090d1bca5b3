using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiments on autoencoders of digits.</summary>
internal abstract record AutoencoderExperimentSettings : ExperimentSettings
{
    [Setting("a folder with the MNIST files", Default = "the cache; else digits that the program draws")]
    public string? Data { get; init; }

    [Setting("seeds to train with; bounds and pictures are of the first")]
    public IReadOnlyList<long> Seeds { get; init; } = [1];

    [Setting("test images to bound log p(x) on", Least = 1, Unit = "images")]
    public int BoundImages { get; init; } = 1000;

    [Setting("K, draws of the importance-weighted bounds")]
    public IReadOnlyList<int> Draws { get; init; } = [1, 100, 5000];

    public abstract int Epochs { get; init; }

    public abstract int Batch { get; init; }

    public abstract IReadOnlyList<int> Layers { get; init; }

    public abstract int Latent { get; init; }

    public abstract LayerActivation Activation { get; init; }

    /// <summary>What becomes of grey pixels.</summary>
    public abstract PixelValues Pixels { get; }

    /// <summary>A training with these settings.</summary>
    public AutoencoderSettings ToTraining(long seed) => new()
    {
        Layers = Layers,
        Latent = Latent,
        Activation = Activation,
        Batch = Batch,
        Epochs = Epochs,
        Binarize = Pixels,
        LearningRate = 1e-3,
        Seed = seed,
    };

    public override FormattableString? WhyNot()
        => Layers.Count == 0 ? (FormattableString)$"{nameof(Layers):setting} takes at least one hidden layer" : null;
}
