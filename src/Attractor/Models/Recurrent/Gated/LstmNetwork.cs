namespace Attractor.Models;

/// <summary>
/// The network of long short-term memories (Hochreiter and Schmidhuber, Neural Computation 1997), without an input:
/// i, f, o = sigmoid(W h + b), g = tanh(W_g h + b_g), c' = f c + i g, h' = S o tanh(c').
/// </summary>
/// <remarks>
/// Its state is [h; c], M = 2 H values. W (4H x H: i, f, g, o), b (4H), S (H), and L ((M - N) x N) for the initial state. Where all h are
/// observed (N = H) forcing draws c to 0 as it draws h to the data (Mikhaeil, Monfared, Durstewitz, NeurIPS 2022).
/// </remarks>
public sealed class LstmNetwork : SaturatingNetwork
{
    internal static readonly RecurrentKind Cell = KindOf("lstm", gates: 4, biases: 4, statesOfUnit: 2, sizes => new LstmNetwork(sizes));

    /// <summary>A network with initial parameters drawn from the seed.</summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M = 2 H, outputs and memories, at least 2 N.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <param name="inputs">K, the external inputs that drive it; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or too small for what is observed.</exception>
    public LstmNetwork(int observed, int latent, ulong seed = 0, int inputs = 0)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["inputs"] = inputs })
        => Draw(seed);

    private LstmNetwork(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes, UnitsOf(sizes, statesOfUnit: 2), gates: 4)
    {
    }

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new GatedKernel<S, T, LstmCell<S, T>>(Units);

    /// <inheritdoc/>
    internal override (int Start, int Count) Memory => Read == Units ? (Units, Units) : default;

    /// <inheritdoc/>
    protected internal override VectorValue? Trace(VectorProgram program, VectorValue state)
    {
        int units = Units;
        VectorValue output = program.Slice(state, 0, units), memory = program.Slice(state, units, units);
        VectorValue sums = program.Affine(Parameters["W"], Parameters["b"], output);
        VectorValue taken = program.Multiply(Gate(0, VectorFunction.Sigmoid), Gate(2, VectorFunction.Tanh));
        VectorValue next = program.Add(program.Multiply(Gate(1, VectorFunction.Sigmoid), memory), taken);
        VectorValue shown = program.Multiply(Gate(3, VectorFunction.Sigmoid), program.Apply(VectorFunction.Tanh, next));
        return program.Concatenate(program.Multiply(program.Constant(Parameters["S"]), shown), next);

        VectorValue Gate(int gate, VectorFunction function) => program.Apply(function, program.Slice(sums, gate * units, units));
    }

    private protected override RecurrentMap CreateMap() => new LstmMap(this);
}
