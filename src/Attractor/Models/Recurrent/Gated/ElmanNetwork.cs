namespace Attractor.Models;

/// <summary>
/// The recurrent network of tanh units: z' = S tanh(W z + b) (Elman, Cognitive Science 1990), without an input.
/// </summary>
/// <remarks>
/// W (M x M), b (M), S (M), and L ((M - N) x N) for the initial state where M > N.
/// </remarks>
public sealed class ElmanNetwork : SaturatingNetwork
{
    internal static readonly RecurrentKind Cell = KindOf("rnn", gates: 1, biases: 1, statesOfUnit: 1, sizes => new ElmanNetwork(sizes));

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or too small for what is observed.</exception>
    public ElmanNetwork(int observed, int latent, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["inputs"] = inputs })
        => Draw(seed);

    private ElmanNetwork(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, UnitsOf(sizes, statesOfUnit: 1), gates: 1)
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new GatedKernel<S, T, ElmanCell<S, T>>(Units);

    /// <inheritdoc/>
    protected internal override VectorValue? Trace(VectorProgram program, VectorValue state)
        => program.Multiply(
            program.Constant(Parameters["S"]),
            program.Apply(VectorFunction.Tanh, program.Affine(Parameters["W"], Parameters["b"], state)));

    /// <inheritdoc/>
    public override double? JacobianUpperBound() => Parameters["S"].ToArray().Max(Math.Abs) * NormOf("W");

    private protected override RecurrentMap CreateMap() => new ElmanMap(this);
}
