namespace Attractor.Models;

/// <summary>The structure of a sequential variational autoencoder.</summary>
public sealed record SequentialAutoencoderOptions
{
    /// <summary>D, the observed variables.</summary>
    public required int Observed { get; init; }

    /// <summary>L, the latent variables at each step.</summary>
    public int Latent { get; init; } = 16;

    /// <summary>How the posterior factorises.</summary>
    public SequentialInference Inference { get; init; } = SequentialInference.Filtering;

    /// <summary>The recurrence that reads the data.</summary>
    public EncoderCell Encoder { get; init; } = EncoderCell.Gru;

    /// <summary>H, its units.</summary>
    public int EncoderUnits { get; init; } = 64;

    /// <summary>Hidden units of a shallow encoder; the others have none.</summary>
    public int EncoderHidden { get; init; } = 128;

    /// <summary>The prior of the latent variables in time.</summary>
    public TransitionKind Transition { get; init; } = TransitionKind.StandardNormal;

    /// <summary>Hidden units of a shallow or gated transition; the others have none.</summary>
    public int TransitionHidden { get; init; } = 64;

    /// <summary>Units of the hidden layers of the decoder; none for an affine one.</summary>
    public IReadOnlyList<int> DecoderLayers { get; init; } = [];

    /// <summary>The nonlinearity after them.</summary>
    public LayerActivation Activation { get; init; } = LayerActivation.Relu;

    /// <summary>What the decoder's output means.</summary>
    public ObservationModel Observation { get; init; } = ObservationModel.Gaussian;

    /// <summary>Seed of the initial parameters.</summary>
    public ulong Seed { get; init; }

    internal void Check()
    {
        Size(Observed, "observed variables");
        Size(Latent, "latent variables");
        Size(EncoderUnits, "units of the encoder");
        Size(EncoderHidden, "hidden units of the encoder");
        Size(TransitionHidden, "hidden units of the transition");
        foreach (int units in DecoderLayers)
            Size(units, "units of a layer");
        Defined(Inference);
        Defined(Encoder);
        Defined(Transition);
        Defined(Activation);
        ArgumentNullException.ThrowIfNull(Observation);
        if (Observation.Levels is not null)
            throw new ArgumentException($"{Observation.Name} observations are those of recurrent networks: an autoencoder takes others.");
        if (Inference == SequentialInference.Correcting && Transition == TransitionKind.StandardNormal)
            throw new ArgumentException(
                "A correcting posterior corrects the predictions of a transition; a standard normal prior has none.");
    }

    private static void Size(int value, string what)
    {
        if (value is < 1 or > AutoencoderOptions.MostUnits)
            throw new ArgumentException($"The number of {what} must be 1 to {AutoencoderOptions.MostUnits:N0}, not {value:N0}.");
    }

    private static void Defined<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentException($"There is no {typeof(TEnum).Name} {value}.");
    }
}
