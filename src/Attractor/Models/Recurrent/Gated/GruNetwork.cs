namespace Attractor.Models;

/// <summary>
/// The network of gated recurrent units (Cho et al., EMNLP 2014), without an input: r = sigmoid(W_r z + b_r), v = sigmoid(W_v z + b_v),
/// n = tanh(r (W_n z + b_n) + b_i), z' = (1 - v) S n + v z.
/// </summary>
/// <remarks>
/// W (3M x M: r, v, n), b (4M: r, v, n, i), S (M), and L ((M - N) x N) for the initial state where M > N.
/// </remarks>
public sealed class GruNetwork : SaturatingNetwork
{
    internal static readonly RecurrentKind Cell = KindOf("gru", gates: 3, biases: 4, statesOfUnit: 1, sizes => new GruNetwork(sizes));

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or too small for what is observed.</exception>
    public GruNetwork(int observed, int latent, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["inputs"] = inputs })
        => Draw(seed);

    private GruNetwork(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, UnitsOf(sizes, statesOfUnit: 1), gates: 3)
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new GatedKernel<S, T, GruCell<S, T>>(Units);

    /// <inheritdoc/>
    protected internal override VectorValue? Trace(VectorProgram program, VectorValue state)
    {
        int units = Units, square = units * units;
        ReadOnlySpan<double> w = Parameters["W"], b = Parameters["b"];
        VectorValue gates = program.Apply(VectorFunction.Sigmoid, program.Affine(w[..(2 * square)], b[..(2 * units)], state));
        VectorValue reset = program.Slice(gates, 0, units), update = program.Slice(gates, units, units);
        VectorValue own = program.Affine(w[(2 * square)..], b.Slice(2 * units, units), state);
        VectorValue candidate = program.Apply(
            VectorFunction.Tanh, program.Add(program.Multiply(reset, own), program.Constant(b[(3 * units)..])));
        VectorValue reached = program.Multiply(program.Constant(Parameters["S"]), candidate);
        return program.Add(reached, program.Multiply(update, program.Subtract(state, reached)));
    }

    private protected override RecurrentMap CreateMap() => new GruMap(this);
}
