namespace Attractor.Models;

/// <summary>
/// The clipped shallow PLRNN: z' = A z + W1 (relu(W2 z + h2) - relu(W2 z)) + h1 (Hess et al., ICML 2023).
/// </summary>
/// <remarks>Each hidden unit is bounded by its threshold, so orbits stay bounded wherever all |A_ii| &lt; 1.</remarks>
public sealed class ClippedShallowPlrnn : ShallowPlrnn
{
    internal static new readonly RecurrentKind Cell = KindOf("clipped-shplrnn", sizes => new ClippedShallowPlrnn(sizes));

    /// <inheritdoc cref="ShallowPlrnn(int, int, int, ulong, int)"/>
    public ClippedShallowPlrnn(int observed, int latent, int hidden, ulong seed = 0, int inputs = 0)
        : base(Cell, observed, latent, hidden, inputs)
        => Draw(seed);

    private ClippedShallowPlrnn(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes)
    {
    }

    /// <summary>2 L: W2 z + h2 = 0, then W2 z = 0. A unit has a slope where it is beyond one of its two but not the other.</summary>
    public override int Boundaries => 2 * Hidden;

    private protected override bool HasSecondBoundary => true;

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => KernelOf<S, T, ClippedUnit>();

    /// <inheritdoc/>
    protected override void Initialize(ulong seed) => Parameters.SetFirst(InitialParameters.Draw(Layout, zeroThresholds: false, seed));

    /// <summary>relu(W2 z + h2) - relu(W2 z).</summary>
    private protected override VectorValue TraceHidden(VectorProgram program, VectorValue state)
        => program.Subtract(
            base.TraceHidden(program, state), program.Apply(VectorFunction.Rectify, program.Affine(Parameters["W2"], [], state)));

    private protected override RecurrentMap CreateMap() => new ShallowPlrnnMap<ClippedUnit>(Layout, Parameters);
}
