using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The shallow piecewise-linear recurrent network: z' = A z + W1 relu(W2 z + h2) + h1, A diagonal
/// (Hess, Monfared, Brenner, Durstewitz, "Generalized teacher forcing for learning chaotic dynamics", ICML 2023).
/// </summary>
/// <remarks>
/// A (M), W1 (M x L), W2 (L x M), h1 (M), h2 (L), and L ((M - N) x N) for the initial state where M > N.
/// Its Jacobian is A + W1 D W2 with D the diagonal of active units. Orbits need not stay bounded:
/// <see cref="ClippedShallowPlrnn"/> is the form whose orbits do.
/// </remarks>
public partial class ShallowPlrnn : RecurrentModel
{
    internal static readonly RecurrentKind Cell = KindOf("shplrnn", sizes => new ShallowPlrnn(Cell!, sizes));

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="hidden">L, the number of hidden units.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there are fewer latent than observed units.</exception>
    public ShallowPlrnn(int observed, int latent, int hidden, ulong seed = 0, int inputs = 0)
        : this(Cell, observed, latent, hidden, inputs)
        => Draw(seed);

    private protected ShallowPlrnn(RecurrentKind kind, int observed, int latent, int hidden, int inputs)
        : this(kind, new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["hidden"] = hidden, ["inputs"] = inputs })
    {
    }

    private protected ShallowPlrnn(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes)
        : base(kind, sizes)
        => Layout = LayoutOf(sizes);

    /// <summary>L, the number of hidden units.</summary>
    public int Hidden => Layout.Hidden;

    private protected ShallowPlrnnLayout Layout { get; }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => KernelOf<S, T, RectifiedUnit>();

    /// <inheritdoc/>
    public override double? JacobianUpperBound()
        => Parameters["A"].ToArray().Max(Math.Abs) + (NormOf("W1") * NormOf("W2"));

    /// <inheritdoc/>
    protected override void Initialize(ulong seed) => Parameters.SetFirst(InitialParameters.Draw(Layout, zeroThresholds: true, seed));

    /// <inheritdoc/>
    protected internal override void Contract(double decay, double coupling)
    {
        Scale("A", decay);
        Scale("W1", coupling);
    }

    /// <inheritdoc/>
    protected internal sealed override VectorValue? Trace(VectorProgram program, VectorValue state)
    {
        VectorValue linear = program.Multiply(program.Constant(Parameters["A"]), state);
        return program.Add(linear, program.Affine(Parameters["W1"], Parameters["h1"], TraceHidden(program, state)));
    }

    /// <summary>The hidden units: relu(W2 z + h2).</summary>
    private protected virtual VectorValue TraceHidden(VectorProgram program, VectorValue state)
        => program.Apply(VectorFunction.Rectify, program.Affine(Parameters["W2"], Parameters["h2"], state));

    private protected override RecurrentMap CreateMap() => new ShallowPlrnnMap<RectifiedUnit>(Layout, Parameters);

    /// <summary>The kernel of a hidden layer of such units that suits the sizes and the registers.</summary>
    private protected RecurrentKernel<T> KernelOf<S, T, TUnit>()
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TUnit : struct, IHiddenUnit
        => FusedKernel<S, T, TUnit>(Layout)
            ?? (ShardedShallowPlrnnKernel<S, T, TUnit>.Pays(Layout)
                ? new ShardedShallowPlrnnKernel<S, T, TUnit>(Layout)
                : new ShallowPlrnnKernel<S, T, TUnit>(Layout));

    private protected static RecurrentKind KindOf(string name, Func<IReadOnlyDictionary<string, int>, RecurrentModel> create)
        => new(name, (layout, sizes) => LayoutOf(sizes).AddTo(layout), create)
        {
            Sizes = ["observed", "latent", "hidden"],
            SizedBy = ("W1", "latent", "hidden"),
            UnitRows = ["A", "W1", "h1"]
        };

    // What it keeps in registers is in memory where a block of lanes is more than one of them, and then it is the slower one.
    private static RecurrentKernel<T>? FusedKernel<S, T, TUnit>(ShallowPlrnnLayout layout)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TUnit : struct, IHiddenUnit
        => S.Accumulators < 16 ? null : layout.Latent switch
        {
            1 => new FusedShallowPlrnnKernel<S, T, TUnit, N1>(layout),
            2 => new FusedShallowPlrnnKernel<S, T, TUnit, N2>(layout),
            3 => new FusedShallowPlrnnKernel<S, T, TUnit, N3>(layout),
            4 => new FusedShallowPlrnnKernel<S, T, TUnit, N4>(layout),
            _ => null,
        };

    private static ShallowPlrnnLayout LayoutOf(IReadOnlyDictionary<string, int> sizes)
        => LayoutOf(RecurrentKind.ReadOf(sizes), sizes["latent"], sizes["hidden"]);

    private static ShallowPlrnnLayout LayoutOf(int observed, int latent, int hidden)
    {
        if (2L * latent * hidden > int.MaxValue / 2)
            throw new ArgumentOutOfRangeException(
                nameof(hidden), hidden, $"A network of {latent} x {hidden} units has too many weights: take fewer.");
        return new(observed, latent, hidden);
    }
}
