using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>One orbit of a DynaMix model: a step is one pass over the context and one product with all experts side by side.</summary>
/// <remarks>
/// Lanes are rows of the context in the attention, units in the experts and in the gate; what fills up the last block weighs nothing.
/// </remarks>
internal sealed unsafe class DynaMixOrbit : IDisposable
{
    private const int Lanes = 8;

    private readonly DynaMixParameters _parameters;
    private readonly int _n, _m, _rows, _states, _hidden, _experts, _attended, _inputs;
    private readonly AlignedBuffer<double> _context, _encoded, _distance, _weights, _bias, _diagonal, _query, _input, _output, _work;

    /// <param name="parameters">The parameters.</param>
    /// <param name="context">T x N, standardised.</param>
    public DynaMixOrbit(DynaMixParameters parameters, double[] context)
    {
        _parameters = parameters;
        (_n, _m) = (parameters.Observed, parameters.Latent);
        int length = context.Length / _n - 1;
        (_rows, _states) = (Padded(length), Padded(_m));
        (_hidden, _experts) = (Padded(parameters.GateHidden), Padded(parameters.Experts));
        bool hasInput = parameters.Input.Length > 0;
        _inputs = hasInput ? 2 * _n : 0;
        _attended = _n + _inputs;
        (_context, _encoded) = (new((long)_n * _rows), new((long)_attended * _rows));
        // A row that is none is too far away to count.
        _context.Span.Fill(1e30);
        for (int s = 0; s < length; s++)
            for (int i = 0; i < _n; i++)
            {
                _context.Pointer[(i * _rows) + s] = context[(s * _n) + i];
                double e = parameters.ConvolutionBias[i];
                for (int k = 0; k < _n; k++)
                {
                    int tap = 2 * ((i * _n) + k);
                    e += (parameters.ConvolutionWeights[tap] * context[((s + 1) * _n) + k])
                        + (parameters.ConvolutionWeights[tap + 1] * context[(s * _n) + k]);
                }
                _encoded.Pointer[(i * _rows) + s] = e;
                if (!hasInput)
                    continue;
                _encoded.Pointer[((_n + (2 * i)) * _rows) + s] = context[((s + 1) * _n) + i];
                _encoded.Pointer[((_n + (2 * i) + 1) * _rows) + s] = context[(s * _n) + i];
            }
        _distance = new(_rows);
        _work = new(_states + _hidden + _experts + _n + _m + _inputs + _n + _states + Lanes);
        _bias = Transposed(parameters.Bias, parameters.Experts, 1, _m, _states);
        _diagonal = Transposed(parameters.A, parameters.Experts, 1, _m, _states);
        _weights = Transposed(Joined(parameters), parameters.Experts, _m + _inputs, _m, _states);
        _query = new((long)_n * _states);
        for (int i = 0; i < _n; i++)
            parameters.Query.AsSpan(i * _m, _m).CopyTo(_query.Span[(i * _states)..]);
        _input = Transposed(parameters.GateInput, 1, _n + _m, parameters.GateHidden, _hidden);
        _output = Transposed(parameters.GateOutput, 1, parameters.GateHidden, parameters.Experts, _experts);
    }

    private double* State => _work.Pointer;

    private double* Hidden => State + _states;

    private double* Gate => Hidden + _hidden;

    private double* Next => Gate + _experts;

    // [m; z], the attended rows, then the query.
    private double* Joint => Next + _states;

    private double* Query => Joint + _n + _m + _inputs;

    /// <summary>z = [x; L x].</summary>
    public void Start(ReadOnlySpan<double> observation)
    {
        new Span<double>(State, _states).Clear();
        for (int i = 0; i < _n; i++)
            State[i] = observation[i];
        for (int i = _n; i < _m; i++)
            for (int k = 0; k < _n; k++)
                State[i] += _parameters.Initial[((i - _n) * _n) + k] * observation[k];
    }

    /// <summary>The first N units.</summary>
    public void Observed(Span<double> observation) => new ReadOnlySpan<double>(State, _n).CopyTo(observation);

    /// <summary>One step.</summary>
    /// <param name="noise">N values that are added to the query.</param>
    public void Step(ReadOnlySpan<double> noise)
    {
        for (int i = 0; i < _n; i++)
            Query[i] = noise[i] + VectorOperations.Dot(
                new ReadOnlySpan<double>(_query.Pointer + (i * _states), _m), new ReadOnlySpan<double>(State, _m));
        WidestLanes.Invoke<double, Kernel>(new(this));
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<double> buffer in (AlignedBuffer<double>[])
            [_context, _encoded, _distance, _weights, _bias, _diagonal, _query, _input, _output, _work])
            buffer.Dispose();
    }

    // m = sum_s a_s e_s, a = softmax(-|c_s - q|_1 / |t1|): distances and their least first, so that no weight overflows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Attend<S>()
        where S : unmanaged, ILanes<S, double>
    {
        S least = S.Broadcast(double.MaxValue);
        for (int s = 0; s < _rows; s += Lanes)
        {
            S distance = S.Abs(S.Load(_context.Pointer + s) - S.Broadcast(Query[0]));
            for (int i = 1; i < _n; i++)
                distance += S.Abs(S.Load(_context.Pointer + (i * _rows) + s) - S.Broadcast(Query[i]));
            distance.Store(_distance.Pointer + s);
            least = S.Min(least, distance);
        }
        double* lanes = Next;
        least.Store(lanes);
        double nearest = lanes[0];
        for (int i = 1; i < Lanes; i++)
            nearest = Math.Min(nearest, lanes[i]);
        S shift = S.Broadcast(nearest), scale = S.Broadcast(-1 / Math.Abs(_parameters.AttentionTemperature)), total = default;
        for (int s = 0; s < _rows; s += Lanes)
        {
            S weight = Exponential<S, double>.Of((S.Load(_distance.Pointer + s) - shift) * scale);
            weight.Store(_distance.Pointer + s);
            total += weight;
        }
        double inverse = 1 / S.Sum(total);
        for (int i = 0; i < _attended; i++)
        {
            double* encoded = _encoded.Pointer + (i * _rows);
            S one = default, two = default;
            int s = 0;
            for (; s + Lanes < _rows; s += 2 * Lanes)
            {
                one = S.MultiplyAdd(S.Load(_distance.Pointer + s), S.Load(encoded + s), one);
                two = S.MultiplyAdd(S.Load(_distance.Pointer + s + Lanes), S.Load(encoded + s + Lanes), two);
            }
            for (; s < _rows; s += Lanes)
                one = S.MultiplyAdd(S.Load(_distance.Pointer + s), S.Load(encoded + s), one);
            Joint[i < _n ? i : _m + i] = S.Sum(one + two) * inverse;
        }
    }

    // w = softmax(-G2 relu(G1 [m; z]) / |t2|).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Choose<S>()
        where S : unmanaged, ILanes<S, double>
    {
        new ReadOnlySpan<double>(State, _m).CopyTo(new Span<double>(Joint + _n, _m));
        Multiply<S>(_input.Pointer, Joint, _n + _m, _hidden, Hidden);
        for (int i = 0; i < _hidden; i += Lanes)
            S.Relu(S.Load(Hidden + i)).Store(Hidden + i);
        Multiply<S>(_output.Pointer, Hidden, _parameters.GateHidden, _experts, Gate);
        double scale = -1 / Math.Abs(_parameters.GateTemperature), most = double.NegativeInfinity, total = 0;
        for (int j = 0; j < _parameters.Experts; j++)
            most = Math.Max(most, Gate[j] *= scale);
        for (int j = 0; j < _parameters.Experts; j++)
            total += Gate[j] = Math.Exp(Gate[j] - most);
        for (int j = 0; j < _parameters.Experts; j++)
            Gate[j] /= total;
    }

    // z' = sum_j w_j (A_j z + W_j phi*(z) + h_j): a block of units at a time, over all experts and columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix<S>()
        where S : unmanaged, ILanes<S, double>
    {
        double* phi = Joint + _n;
        int columns = _m + _inputs;
        for (int i = _m - _parameters.Rectified; i < _m; i++)
            phi[i] = Math.Max(0, phi[i]);
        for (int block = 0; block < _states; block += Lanes)
        {
            S sum = default, state = S.Load(State + block);
            for (int j = 0; j < _parameters.Experts; j++)
            {
                double* weights = _weights.Pointer + ((nint)j * columns * _states) + block;
                S one = S.MultiplyAdd(
                    S.Load(_diagonal.Pointer + (j * _states) + block), state, S.Load(_bias.Pointer + (j * _states) + block));
                S two = default;
                int k = 0;
                for (; k + 1 < columns; k += 2, weights += 2 * _states)
                {
                    one = S.MultiplyAdd(S.Broadcast(phi[k]), S.Load(weights), one);
                    two = S.MultiplyAdd(S.Broadcast(phi[k + 1]), S.Load(weights + _states), two);
                }
                if (k < columns)
                    one = S.MultiplyAdd(S.Broadcast(phi[k]), S.Load(weights), one);
                sum = S.MultiplyAdd(S.Broadcast(Gate[j]), one + two, sum);
            }
            sum.Store(Next + block);
        }
        new ReadOnlySpan<double>(Next, _states).CopyTo(new Span<double>(State, _states));
    }

    // y = M x, M given by columns of a whole number of blocks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<S>(double* columns, double* x, int count, int rows, double* y)
        where S : unmanaged, ILanes<S, double>
    {
        for (int block = 0; block < rows; block += Lanes)
        {
            S one = default, two = default;
            int k = 0;
            for (; k + 1 < count; k += 2)
            {
                one = S.MultiplyAdd(S.Broadcast(x[k]), S.Load(columns + (k * rows) + block), one);
                two = S.MultiplyAdd(S.Broadcast(x[k + 1]), S.Load(columns + ((k + 1) * rows) + block), two);
            }
            if (k < count)
                one = S.MultiplyAdd(S.Broadcast(x[k]), S.Load(columns + (k * rows) + block), one);
            (one + two).Store(y + block);
        }
    }

    // count matrices of rows x columns, row-major, as count x columns columns of so many rows with room to the next block.
    private static AlignedBuffer<double> Transposed(double[] matrices, int count, int columns, int rows, int padded)
    {
        AlignedBuffer<double> result = new((long)count * columns * padded);
        for (int j = 0; j < count; j++)
            for (int i = 0; i < rows; i++)
                for (int k = 0; k < columns; k++)
                    result.Pointer[((((nint)j * columns) + k) * padded) + i] = matrices[(((j * rows) + i) * columns) + k];
        return result;
    }

    // [W C] of every expert.
    private static double[] Joined(DynaMixParameters parameters)
    {
        if (parameters.Input.Length == 0)
            return parameters.W;
        int m = parameters.Latent, inputs = 2 * parameters.Observed, columns = m + inputs;
        double[] joined = new double[parameters.Experts * m * columns];
        for (int row = 0; row < parameters.Experts * m; row++)
        {
            parameters.W.AsSpan(row * m, m).CopyTo(joined.AsSpan(row * columns));
            parameters.Input.AsSpan(row * inputs, inputs).CopyTo(joined.AsSpan((row * columns) + m));
        }
        return joined;
    }

    private static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    private readonly struct Kernel(DynaMixOrbit orbit) : ILaneAction<double>
    {
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
        {
            orbit.Attend<S>();
            orbit.Choose<S>();
            orbit.Mix<S>();
        }
    }
}
