namespace Attractor.Models;

/// <summary>
/// The structure of a variational autoencoder. The defaults are those of a widely used network for MNIST: 784-400-400-200 and back.
/// </summary>
public sealed record AutoencoderOptions
{
    /// <summary>The most variables that a model observes, and the most units of a layer.</summary>
    public const int MostUnits = 1_000_000;

    /// <summary>D, the observed variables: the pixels of an image.</summary>
    public required int Observed { get; init; }

    /// <summary>Units of the hidden layers of the encoder; the decoder has them in reverse. None for a linear model.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [400, 400];

    /// <summary>L, the latent variables.</summary>
    public int Latent { get; init; } = 200;

    /// <summary>The nonlinearity after every hidden layer.</summary>
    public LayerActivation Activation { get; init; } = LayerActivation.LeakyRelu;

    /// <summary>What the decoder's output means.</summary>
    public ObservationModel Observation { get; init; } = ObservationModel.Bernoulli;

    /// <summary>Rows and columns of an image, where the variables are the pixels of one; otherwise 1 x D.</summary>
    public (int Height, int Width)? Image { get; init; }

    /// <summary>Seed of the initial parameters.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many parameters such a model has, before it is made.</summary>
    public Int128 ParameterCount
    {
        get
        {
            int body = Layers.Count == 0 ? Observed : Layers[^1];
            return ObservedVariables.ParameterCount(Observation, Observed)
                + Affine(Observed, Layers) + (2 * Affine(body, [Latent]))
                + Affine(Latent, [.. Layers.Reverse(), Observed]);
        }
    }

    internal void Check()
    {
        Size(Observed, "observed variables");
        Size(Latent, "latent variables");
        foreach (int units in Layers)
            Size(units, "units of a layer");
        if (Image is { } image && (image.Height < 1 || (long)image.Height * image.Width != Observed))
            throw new ArgumentException($"An image of {image.Height} x {image.Width} pixels does not have {Observed} of them.");
        if (!Enum.IsDefined(Activation))
            throw new ArgumentException($"There is no activation {Activation}.");
        ArgumentNullException.ThrowIfNull(Observation);
        if (Observation.Levels is not null)
            throw new ArgumentException($"{Observation.Name} observations are those of recurrent networks: an autoencoder takes others.");
    }

    private static Int128 Affine(int inputs, IReadOnlyList<int> layers)
    {
        Int128 count = 0;
        foreach (int outputs in layers)
        {
            count += ((Int128)inputs + 1) * outputs;
            inputs = outputs;
        }
        return count;
    }

    private static void Size(int value, string what)
    {
        if (value is < 1 or > MostUnits)
            throw new ArgumentException($"The number of {what} must be 1 to {MostUnits:N0}, not {value:N0}.");
    }
}
