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
    internal const string KindName = "shplrnn";

    private readonly ShallowPlrnnLayout _layout;

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="hidden">L, the number of hidden units.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there are fewer latent than observed units.</exception>
    public ShallowPlrnn(int observed, int latent, int hidden, ulong seed = 0)
        : this(Checked(observed, latent, hidden))
        => Parameters.Set(InitialParameters.Draw(_layout, zeroThresholds: true, seed));

    internal ShallowPlrnn(ShallowPlrnnLayout layout)
        : base(layout.Observed, layout.Latent, layout.Tensors())
        => _layout = layout;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>L, the number of hidden units.</summary>
    public int Hidden => _layout.Hidden;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, int> Sizes
        => new Dictionary<string, int> { ["observed"] = Observed, ["latent"] = Latent, ["hidden"] = Hidden };

    internal override RecurrentKernel<T> CreateKernel<S, T>() => new ShallowPlrnnKernel<S, T, RectifiedUnit>(_layout);

    private protected override RecurrentMap CreateMap() => new ShallowPlrnnMap<RectifiedUnit>(_layout, Parameters);

    internal static ShallowPlrnnLayout Checked(int observed, int latent, int hidden)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hidden);
        ArgumentOutOfRangeException.ThrowIfLessThan(latent, observed);
        if (2L * latent * hidden > int.MaxValue / 2)
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, $"A network of {latent} x {hidden} units has too many weights.");
        return new(observed, latent, hidden);
    }
}
