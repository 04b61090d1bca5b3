namespace Attractor.Learning;

/// <summary>
/// How the parts of the loss are weighed of a network with an encoder of forcing signals (multimodal teacher forcing; Brenner, Hess, Koppe
/// and Durstewitz, ICML 2024). The entropy of the signals has the weight 1.
/// </summary>
public sealed record SignalLoss
{
    /// <summary>alpha_r: of -log p(x | signal), the reconstruction.</summary>
    public double Reconstruction { get; init; } = 1;

    /// <summary>alpha_o: of -log p(x | state), the prediction.</summary>
    public double Prediction { get; init; } = 1;

    /// <summary>alpha_l: of the distance of the signals from the states.</summary>
    public double Consistency { get; init; } = 1;

    /// <summary>
    /// A factor of log p for each modality, in the order of <see cref="Models.RecurrentModel.Modalities"/>; 1 for all if null.
    /// </summary>
    public IReadOnlyList<double>? Modalities { get; init; }

    /// <summary>The factor of a modality, from 0.</summary>
    internal double WeightOf(int modality) => Modalities is { } weights ? weights[modality] : 1;
}
