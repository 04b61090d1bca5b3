using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>One trajectory of a cell of saturating units: a = W h + b, then what the cell makes of these sums.</summary>
/// <remarks>
/// W lies in blocks of as many rows as there are lanes, each gate padded with zeros, so that the sums of a step are one pass over it.
/// Tangent vectors pass through the same W and are then weighted by the slopes of the gates, unit by unit.
/// </remarks>
internal abstract unsafe class GatedMap : RecurrentMap
{
    private readonly int _gates, _padded, _depth, _dimension;
    private readonly double[] _w, _b, _plain;
    private readonly PackedMatrix<double> _panels;

    /// <param name="network">Whose parameters are taken.</param>
    /// <param name="gates">Blocks of W.</param>
    protected GatedMap(SaturatingNetwork network, int gates)
        : base(network.Parameters.Version)
    {
        (Units, _gates, _dimension) = (network.Units, gates, network.Latent);
        (_padded, _depth) = ((Units + Lanes - 1) / Lanes * Lanes, Units + (Units & 1));
        _w = new double[(long)gates * _padded * _depth];
        _b = new double[gates * _padded];
        _plain = network.Parameters["W"].ToArray();
        Scale = network.Parameters["S"].ToArray();
        for (int gate = 0; gate < gates; gate++)
        {
            network.Parameters["b"].Slice(gate * Units, Units).CopyTo(_b.AsSpan(gate * _padded));
            for (int i = 0; i < Units; i++)
            {
                int row = (gate * _padded) + i;
                for (int j = 0; j < Units; j++)
                    _w[(((row / Lanes * _depth) + j) * Lanes) + (row % Lanes)] = _plain[(((gate * Units) + i) * Units) + j];
            }
        }
        _panels = Packed(_plain, gates * Units, Units);
    }

    /// <summary>H.</summary>
    protected int Units { get; }

    /// <summary>S.</summary>
    protected double[] Scale { get; }

    /// <summary>Values that a step keeps: the sums of each gate, and one more block of units for what the cell makes of them.</summary>
    private int Kept => (_gates + 1) * _padded;

    public sealed override void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        Check(state.Length, next.Length, _dimension);
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Kept + _depth);
        Respond(state, scratch.Values, next);
    }

    public sealed override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        Check(state.Length, jacobian.Length, _dimension * _dimension);
        double[] identity = new double[_dimension * _dimension], next = new double[_dimension];
        for (int i = 0; i < _dimension; i++)
            identity[i * (_dimension + 1)] = 1;
        StepTangent(state, next, identity, jacobian);
    }

    public sealed override void StepTangent(
        ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int k = vectors.Length / _dimension;
        Check(state.Length, result.Length, _dimension * k);
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Kept + _depth + _dimension);
        using Scratch products = new(default, _gates * Units * k);
        Span<double> after = scratch.Values[(Kept + _depth)..];
        Respond(state, scratch.Values, after);
        Multiply(vectors[..(Units * k)], products.Values, k);
        Differentiate(state, new(scratch.Values[..Kept], _padded, Units), new(products.Values, vectors, k), result);
        // The last, because next may be the state.
        after.CopyTo(next);
    }

    /// <summary>The state after a step, from the sums of its gates, which are turned into their values in place.</summary>
    /// <param name="state">The state.</param>
    /// <param name="gates">A block of padded units for each gate, and one more.</param>
    /// <param name="next">May be the state.</param>
    protected abstract void Take(ReadOnlySpan<double> state, Gates gates, Span<double> next);

    /// <summary>Tangent vectors one step later.</summary>
    /// <param name="state">The state.</param>
    /// <param name="gates">As <see cref="Take"/> left them.</param>
    /// <param name="tangents">Those of the state, and W times these.</param>
    /// <param name="result">M x k.</param>
    protected abstract void Differentiate(ReadOnlySpan<double> state, Gates gates, TangentRows tangents, Span<double> result);

    /// <summary>x = sigmoid(x) or tanh(x) of some blocks of padded units.</summary>
    protected static void Activate(Span<double> blocks, bool sigmoid) => WidestLanes.Invoke<double, Activation>(new(blocks, sigmoid));

    private void Respond(ReadOnlySpan<double> state, Span<double> kept, Span<double> next)
    {
        Span<double> h = kept.Slice(Kept, _depth);
        h[Units..].Clear();
        state[..Units].CopyTo(h);
        WidestLanes.Invoke<double, Sums>(new(this, h, kept));
        Take(state, new(kept[..Kept], _padded, Units), next);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<S>(ReadOnlySpan<double> output, Span<double> sums)
        where S : unmanaged, ILanes<S, double>
    {
        fixed (double* w = _w, b = _b, h = output, a = sums)
        {
            double* column = w;
            for (int block = 0; block < _gates * _padded; block += Lanes)
            {
                // Two sums, so that each addition need not wait for the one before.
                S even = S.Load(b + block), odd = default;
                for (int j = 0; j < _depth; j += 2, column += 2 * Lanes)
                {
                    even = S.MultiplyAdd(S.Load(column), S.Broadcast(h[j]), even);
                    odd = S.MultiplyAdd(S.Load(column + Lanes), S.Broadcast(h[j + 1]), odd);
                }
                (even + odd).Store(a + block);
            }
        }
    }

    // W V: vectors that fill the lanes go side by side, a few others one by one.
    private void Multiply(ReadOnlySpan<double> vectors, Span<double> products, int k)
    {
        if (k % Lanes == 0)
        {
            WidestLanes.Invoke<double, Products>(new(this, vectors, products, k));
            return;
        }
        products.Clear();
        VectorOperations.AddProduct(products, _plain, vectors, Units, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<S>(ReadOnlySpan<double> vectors, Span<double> products, nint k)
        where S : unmanaged, ILanes<S, double>
    {
        nint* all = stackalloc nint[Units];
        double* ones = stackalloc double[Units];
        for (int j = 0; j < Units; j++)
            (all[j], ones[j]) = (j, 1);
        fixed (double* v = vectors, p = products)
            for (nint block = 0; block < k; block += Lanes)
                SelectedPanelProduct<S, double>.Multiply(_panels, v + block, p + block, k, all, ones, Units);
    }

    private void Check(int state, int result, int expected)
    {
        if (state != _dimension || result != expected)
            throw new ArgumentException(
                $"Expected a state of {_dimension} units and room for {expected} values, found {state} and {result}.");
    }

    /// <summary>The gates of a step.</summary>
    protected readonly ref struct Gates(Span<double> values, int padded, int units)
    {
        private readonly Span<double> _values = values;

        /// <summary>The units of one, without padding.</summary>
        public Span<double> this[int gate] => _values.Slice(gate * padded, units);

        /// <summary>Some that follow each other, with their padding.</summary>
        public Span<double> Whole(int first, int count) => _values.Slice(first * padded, count * padded);
    }

    /// <summary>Tangent vectors, a row of k for each unit.</summary>
    protected readonly ref struct TangentRows(ReadOnlySpan<double> sums, ReadOnlySpan<double> states, int k)
    {
        private readonly ReadOnlySpan<double> _sums = sums, _states = states;

        public int Count => k;

        /// <summary>Of the sum of a gate: (W V) of row <paramref name="row"/>.</summary>
        public ReadOnlySpan<double> OfSum(int row) => _sums.Slice(row * k, k);

        /// <summary>Of a value of the state.</summary>
        public ReadOnlySpan<double> OfState(int row) => _states.Slice(row * k, k);
    }

    private readonly ref struct Sums(GatedMap map, ReadOnlySpan<double> output, Span<double> sums) : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _output = output;
        private readonly Span<double> _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Sum<S>(_output, _sums);
    }

    private readonly ref struct Products(GatedMap map, ReadOnlySpan<double> vectors, Span<double> products, nint k) : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _vectors = vectors;
        private readonly Span<double> _products = products;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Multiply<S>(_vectors, _products, k);
    }

    private readonly ref struct Activation(Span<double> blocks, bool sigmoid) : ILaneAction<double>
    {
        private readonly Span<double> _blocks = blocks;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
        {
            fixed (double* x = _blocks)
                for (int i = 0; i < _blocks.Length; i += Lanes)
                    (sigmoid ? Logistic<S, double>.Sigmoid(S.Load(x + i)) : HyperbolicTangent<S, double>.Of(S.Load(x + i))).Store(x + i);
        }
    }
}
