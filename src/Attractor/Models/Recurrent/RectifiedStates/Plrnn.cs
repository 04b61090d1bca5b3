namespace Attractor.Models;

/// <summary>
/// The piecewise-linear recurrent network: z' = A z + W relu(z) + h, A diagonal, W with zeros on its diagonal
/// (Durstewitz, PLoS Computational Biology 2017; Koppe, Toutounji, Kirsch, Lis, Durstewitz, PLoS Computational Biology 2019).
/// </summary>
/// <remarks>
/// A (M), W (M x M), h (M), and L ((M - N) x N) for the initial state where M > N. Its Jacobian is A + W D with D the diagonal of
/// positive units; one boundary z_i = 0 for each unit. Orbits need not stay bounded. The diagonal of W has no gradient, so zeros stay zeros
/// in training; values other than zero, as a file from elsewhere may have them, act like any other weight.
/// </remarks>
public sealed class Plrnn : RectifiedStateNetwork
{
    internal static readonly RecurrentKind Cell = new("plrnn", (layout, sizes) => LayoutOf(sizes).AddTo(layout), sizes => new Plrnn(sizes))
    {
        SizedBy = ("W", "latent", "latent"),
        UnitRows = ["A", "W", "h"]
    };

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N; each unit is one boundary of the regions on which the map is linear.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there are fewer latent than observed units.</exception>
    public Plrnn(int observed, int latent, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["inputs"] = inputs })
        => Draw(seed);

    private Plrnn(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, LayoutOf(sizes), new RectifiedUnits(sizes["latent"], linear: 0, centred: false))
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new PlrnnKernel<S, T, RectifiedRows<S, T>>(Layout, new(linear: 0));

    /// <inheritdoc/>
    protected override void Initialize(ulong seed) => Parameters.SetFirst(InitialParameters.Draw(Layout, seed));

    private static PlrnnLayout LayoutOf(IReadOnlyDictionary<string, int> sizes)
        => Checked(new(RecurrentKind.ReadOf(sizes), sizes["latent"]));
}
