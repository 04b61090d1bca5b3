namespace Attractor.Models;

/// <summary>
/// The mean-centred PLRNN: z' = A z + W relu(Mc z) + h with Mc = I - 1 1' / M, which rectifies what a state is above its own mean
/// (an option of the networks of Brenner et al., ICML 2022, after layer normalisation).
/// </summary>
/// <remarks>
/// Tensors as those of <see cref="Plrnn"/>, W with zeros on its diagonal. Its Jacobian is A + W D Mc with D the diagonal of units above the
/// mean; one boundary (Mc z)_i = 0 for each unit.
/// </remarks>
public sealed class MeanCentredPlrnn : RectifiedStateNetwork
{
    internal static readonly RecurrentKind Cell = new(
        "mcplrnn", (layout, sizes) => LayoutOf(sizes).AddTo(layout), sizes => new MeanCentredPlrnn(sizes))
    {
        SizedBy = ("W", "latent", "latent"),
        UnitRows = ["A", "W", "h"]
    };

    /// <inheritdoc cref="Plrnn(int, int, ulong, int)"/>
    public MeanCentredPlrnn(int observed, int latent, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["inputs"] = inputs })
        => Draw(seed);

    private MeanCentredPlrnn(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, LayoutOf(sizes), new RectifiedUnits(sizes["latent"], linear: 0, centred: true))
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new PlrnnKernel<S, T, CentredRows<S, T>>(Layout, default);

    /// <inheritdoc/>
    protected override void Initialize(ulong seed) => Parameters.SetFirst(InitialParameters.Draw(Layout, seed));

    private static PlrnnLayout LayoutOf(IReadOnlyDictionary<string, int> sizes)
        => Checked(new(RecurrentKind.ReadOf(sizes), sizes["latent"]));
}
