namespace Attractor.Models;

/// <summary>
/// The dendritic PLRNN: z' = A z + W sum_b alpha_b relu(z - H_b) + h, a linear spline basis in place of one rectifier
/// (Brenner, Hess, Mikhaeil, Bereska, Monfared, Kuo, Durstewitz, "Tractable dendritic RNNs for reconstructing nonlinear dynamical systems",
/// ICML 2022).
/// </summary>
/// <remarks>
/// A (M), W (M x M) with zeros on its diagonal, h (M), alpha (B, shared by all units), H (M x B), and L ((M - N) x N) for the initial state
/// where M > N. Its Jacobian is A + W D with D the diagonal of sum_b alpha_b 1[z_i > H_ib]; M B boundaries. Orbits need not stay bounded:
/// <see cref="ClippedDendriticPlrnn"/> is the form whose orbits do.
/// </remarks>
public class DendriticPlrnn : RectifiedStateNetwork
{
    internal static readonly RecurrentKind Cell = KindOf("dendplrnn", sizes => new DendriticPlrnn(Cell!, sizes, clipped: false));

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="bases">B, thresholds of each unit.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there are fewer latent than observed units.</exception>
    public DendriticPlrnn(int observed, int latent, int bases, ulong seed = 0, int inputs = 0)
        : this(Cell, Sized(observed, latent, bases, inputs), clipped: false)
        => Draw(seed);

    private protected DendriticPlrnn(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes, bool clipped)
        : base(kind, sizes, LayoutOf(sizes), new DendriticUnits(LayoutOf(sizes), clipped))
    {
    }

    /// <summary>B, the thresholds of each unit.</summary>
    public int Bases => Layout.Bases;

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>()
        => new PlrnnKernel<S, T, DendriticRows<S, T, RectifiedUnit>>(Layout, new(Layout));

    /// <summary>Draws the thresholds H uniformly from the range of the data, as published.</summary>
    /// <inheritdoc/>
    public override void PlaceWithin(double least, double most, ulong seed)
        => Parameters.Set("H", InitialParameters.Uniform(Layout.Latent * Layout.Bases, least, most, seed));

    /// <inheritdoc/>
    protected override void Initialize(ulong seed) => Parameters.SetFirst(InitialParameters.DrawDendritic(Layout, seed));

    private protected static Dictionary<string, int> Sized(int observed, int latent, int bases, int inputs)
        => new() { ["observed"] = observed, ["latent"] = latent, ["bases"] = bases, ["inputs"] = inputs };

    private protected static RecurrentKind KindOf(string name, Func<IReadOnlyDictionary<string, int>, RecurrentModel> create)
        => new(name, (layout, sizes) => LayoutOf(sizes).AddTo(layout), create)
        {
            Sizes = ["observed", "latent", "bases"],
            SizedBy = ("H", "latent", "bases"),
            UnitRows = ["A", "W", "h"]
        };

    private static PlrnnLayout LayoutOf(IReadOnlyDictionary<string, int> sizes)
        => Checked(new(RecurrentKind.ReadOf(sizes), sizes["latent"], sizes["bases"]));
}
