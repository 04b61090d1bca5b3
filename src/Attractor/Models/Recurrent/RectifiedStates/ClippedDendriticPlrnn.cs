namespace Attractor.Models;

/// <summary>
/// The clipped dendritic PLRNN: z' = A z + W sum_b alpha_b (relu(z - H_b) - relu(z)) + h (Brenner et al., ICML 2022).
/// </summary>
/// <remarks>
/// Each basis is bounded by its threshold, so orbits stay bounded wherever all |A_ii| &lt; 1. Boundaries: M B at the thresholds, then M at
/// zero.
/// </remarks>
public sealed class ClippedDendriticPlrnn : DendriticPlrnn
{
    internal static new readonly RecurrentKind Cell = KindOf("clipped-dendplrnn", sizes => new ClippedDendriticPlrnn(sizes));

    /// <inheritdoc cref="DendriticPlrnn(int, int, int, ulong, int)"/>
    public ClippedDendriticPlrnn(int observed, int latent, int bases, ulong seed = 0, int inputs = 0)
        : this(Sized(observed, latent, bases, inputs))
        => Draw(seed);

    private ClippedDendriticPlrnn(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, clipped: true)
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>()
        => new PlrnnKernel<S, T, DendriticRows<S, T, ClippedUnit>>(Layout, new(Layout));
}
