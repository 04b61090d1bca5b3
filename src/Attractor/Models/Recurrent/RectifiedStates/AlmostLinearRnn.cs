namespace Attractor.Models;

/// <summary>
/// The almost-linear recurrent network: z' = A z + W phi(z) + h, where phi rectifies the last P units only and leaves the others as they
/// are (Brenner, Hemmer, Monfared, Durstewitz, "Almost-linear RNNs yield highly interpretable symbolic codes in dynamical systems
/// reconstruction", NeurIPS 2024).
/// </summary>
/// <remarks>
/// A (M), W (M x M, its diagonal included), h (M), and L ((M - N) x N) for the initial state where M > N. Its Jacobian is
/// A + W diag(1, .., 1, 1[z_i > 0]); P boundaries z_i = 0, so 2^P regions. Orbits need not stay bounded. A <see cref="Plrnn"/> is the one
/// with P = M and no diagonal of W.
/// </remarks>
public sealed class AlmostLinearRnn : RectifiedStateNetwork
{
    internal static readonly RecurrentKind Cell = new(
        "alrnn", (layout, sizes) => LayoutOf(sizes).AddTo(layout), sizes => new AlmostLinearRnn(sizes))
    {
        Sizes = ["observed", "latent", "rectified"],
        SizedBy = ("W", "latent", "latent"),
        UnitRows = ["A", "W", "h"]
    };

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="rectified">P, 1 to M: how many of the units, the last ones, are rectified.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, there are fewer latent than observed units, or more rectified
    /// than latent ones.</exception>
    public AlmostLinearRnn(int observed, int latent, int rectified, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["rectified"] = rectified, ["inputs"] = inputs })
        => Draw(seed);

    private AlmostLinearRnn(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, LayoutOf(sizes), new RectifiedUnits(sizes["latent"], sizes["latent"] - sizes["rectified"], centred: false))
    {
    }

    /// <summary>P, the number of rectified units.</summary>
    public int Rectified => Sizes["rectified"];

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>()
        => new PlrnnKernel<S, T, RectifiedRows<S, T>>(Layout, new(linear: Latent - Rectified));

    /// <inheritdoc/>
    protected override void Initialize(ulong seed)
    {
        (double[] a, double[] w) = InitialParameters.AlmostLinear(Latent, seed);
        Parameters.Set("A", a);
        Parameters.Set("W", w);
    }

    private static PlrnnLayout LayoutOf(IReadOnlyDictionary<string, int> sizes)
    {
        if (sizes["rectified"] > sizes["latent"])
            throw new ArgumentOutOfRangeException(
                nameof(sizes), $"rectified {sizes["rectified"]} is more than the {sizes["latent"]} latent units there are");
        return Checked(new(RecurrentKind.ReadOf(sizes), sizes["latent"]) { HasDiagonal = true });
    }
}
