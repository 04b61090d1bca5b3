namespace Attractor.Runs;

/// <summary>What a kind of network is trained with where its settings say nothing: what its papers did, or what proved better.</summary>
internal sealed record RecurrentDefaults
{
    // Brenner et al., NeurIPS 2024: Lorenz-63 with M = 20, P = 2, tau = 16. Noise that ends is ours.
    private static readonly RecurrentDefaults s_almostLinear = new()
    {
        FewestLatent = 20,
        Forcing = ForcingRule.Stf,
        Noise = 0.05,
        NoiseEnd = 0,
        LearningRate = 1e-3,
        LearningRateEnd = 1e-5,
        L2 = 0,
    };

    // Brenner et al., ICML 2022.
    private static readonly RecurrentDefaults s_dendritic = new()
    {
        FewestLatent = 20,
        Forcing = ForcingRule.Stf,
        Noise = 0.05,
        LearningRate = 1e-3,
        Schedule = RateSchedule.Step,
    };

    // Mikhaeil, Monfared, Durstewitz, NeurIPS 2022: M = 30, of an LSTM as many memories besides.
    private static readonly RecurrentDefaults s_saturating = new()
    {
        FewestLatent = 30,
        Forcing = ForcingRule.Stf,
        LearningRate = 1e-3,
        Schedule = RateSchedule.Constant,
    };

    private static readonly RecurrentDefaults s_others = new();

    private static readonly Dictionary<string, RecurrentDefaults> s_own = new()
    {
        ["alrnn"] = s_almostLinear,
        ["dendplrnn"] = s_dendritic,
        ["clipped-dendplrnn"] = s_dendritic,
        ["mcplrnn"] = s_dendritic,
        ["rnn"] = s_saturating,
        ["gru"] = s_saturating,
        ["lstm"] = s_saturating with { FewestLatent = 60 },
    };

    /// <summary>M, at least this and at least twice the observed variables; 0 for as many as they are.</summary>
    public int FewestLatent { get; init; }

    /// <summary>How the data guide the states.</summary>
    public ForcingRule Forcing { get; init; } = ForcingRule.Gtf;

    /// <summary>Gaussian noise on the inputs.</summary>
    public double Noise { get; init; }

    /// <summary>That noise at the end; null for as much as at the beginning.</summary>
    public double? NoiseEnd { get; init; }

    /// <summary>The learning rate from random parameters.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>That at the end of an exponential schedule.</summary>
    public double LearningRateEnd { get; init; } = 1e-6;

    /// <summary>How it changes.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Exponential;

    /// <summary>The weight of |theta - rest|^2.</summary>
    public double L2 { get; init; } = 1e-5;

    /// <summary>Those of a kind.</summary>
    public static RecurrentDefaults Of(string kind) => s_own.GetValueOrDefault(kind, s_others);

    /// <summary>M for so many observed variables.</summary>
    public int LatentOf(int observed) => FewestLatent == 0 ? observed : Math.Max(FewestLatent, 2 * observed);
}
