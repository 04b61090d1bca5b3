using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The attention of a zero-shot model, lane by lane: a = softmax_s(-|c_s - q|_1 / |t1|) over the rows of a context but its last, the means
/// u = sum_s a_s c_{s+1} and v = sum_s a_s c_s, and their gradients.
/// </summary>
/// <remarks>
/// A context is T x N x lanes. The convolution of the rows is linear, so that what it makes of u and v is the attended encoding.
/// </remarks>
internal sealed unsafe class ContextAttention<S, T> : IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly int _n, _rows;
    private readonly AlignedBuffer<T> _work;

    /// <param name="n">N.</param>
    /// <param name="rows">Rows of a context.</param>
    public ContextAttention(int n, int rows)
    {
        (_n, _rows) = (n, rows - 1);
        _work = new((long)_rows * s_lanes);
    }

    /// <summary>Values that <see cref="Attend"/> leaves for <see cref="Backward"/>: a weight a row, and one over their sum.</summary>
    public nint Kept => (nint)(_rows + 1) * s_lanes;

    /// <summary>The means.</summary>
    /// <param name="context">The context.</param>
    /// <param name="query">q, N x lanes.</param>
    /// <param name="temperature">|t1|.</param>
    /// <param name="kept"><see cref="Kept"/> values.</param>
    /// <param name="means">u_0, v_0, u_1, v_1, ..., each a block of lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Attend(T* context, T* query, T temperature, T* kept, T* means)
    {
        nint row = (nint)_n * s_lanes;
        S least = S.Broadcast(T.PositiveInfinity), scale = S.Broadcast(-T.One / temperature), total = default;
        for (nint s = 0; s < _rows; s++)
        {
            S distance = Distance(context + (s * row), query);
            distance.Store(kept + (s * s_lanes));
            least = S.Min(least, distance);
        }
        for (nint s = 0; s < _rows; s++)
        {
            S weight = Exponential<S, T>.Of((S.Load(kept + (s * s_lanes)) - least) * scale);
            weight.Store(kept + (s * s_lanes));
            total += weight;
        }
        S inverse = S.Broadcast(T.One) / total;
        inverse.Store(kept + ((nint)_rows * s_lanes));
        for (int i = 0; i < _n; i++)
        {
            T* c = context + ((nint)i * s_lanes);
            S u0 = default, u1 = default, v0 = default, v1 = default, here = S.Load(c);
            nint s = 0;
            for (; s + 1 < _rows; s += 2)
            {
                S first = S.Load(kept + (s * s_lanes)), second = S.Load(kept + ((s + 1) * s_lanes));
                S next = S.Load(c + ((s + 1) * row)), after = S.Load(c + ((s + 2) * row));
                v0 = S.MultiplyAdd(first, here, v0);
                u0 = S.MultiplyAdd(first, next, u0);
                v1 = S.MultiplyAdd(second, next, v1);
                u1 = S.MultiplyAdd(second, after, u1);
                here = after;
            }
            if (s < _rows)
            {
                v0 = S.MultiplyAdd(S.Load(kept + (s * s_lanes)), here, v0);
                u0 = S.MultiplyAdd(S.Load(kept + (s * s_lanes)), S.Load(c + ((s + 1) * row)), u0);
            }
            ((u0 + u1) * inverse).Store(means + (2 * (nint)i * s_lanes));
            ((v0 + v1) * inverse).Store(means + (((2 * (nint)i) + 1) * s_lanes));
        }
    }

    /// <summary>The gradients, given those of the means: dL/dq, and dL/d|t1| in every lane.</summary>
    /// <param name="context">The context.</param>
    /// <param name="query">q.</param>
    /// <param name="temperature">|t1|.</param>
    /// <param name="kept">What <see cref="Attend"/> left.</param>
    /// <param name="means">What it gave.</param>
    /// <param name="outer">The gradients of the means, in their order.</param>
    /// <param name="gradient">N x lanes, overwritten; null where dL/dq is not asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public S Backward(T* context, T* query, T temperature, T* kept, T* means, T* outer, T* gradient)
    {
        nint row = (nint)_n * s_lanes;
        S inverse = S.Load(kept + ((nint)_rows * s_lanes)), mean = default, ofTemperature = default;
        for (nint k = 0; k < 2 * _n; k++)
            mean = S.MultiplyAdd(S.Load(outer + (k * s_lanes)), S.Load(means + (k * s_lanes)), mean);
        for (nint s = 0; s < _rows; s++)
        {
            T* c = context + (s * row);
            S value = default;
            for (nint i = 0; i < _n; i++)
            {
                value = S.MultiplyAdd(S.Load(outer + (2 * i * s_lanes)), S.Load(c + row + (i * s_lanes)), value);
                value = S.MultiplyAdd(S.Load(outer + (((2 * i) + 1) * s_lanes)), S.Load(c + (i * s_lanes)), value);
            }
            S weighted = S.Load(kept + (s * s_lanes)) * inverse * (value - mean);
            weighted.Store(_work.Pointer + (s * s_lanes));
            ofTemperature = S.MultiplyAdd(weighted, Distance(c, query), ofTemperature);
        }
        S scale = S.Broadcast(T.One / temperature);
        for (int i = 0; gradient is not null && i < _n; i++)
        {
            T* c = context + ((nint)i * s_lanes), work = _work.Pointer;
            S q = S.Load(query + ((nint)i * s_lanes)), one = default, two = default;
            nint s = 0;
            for (; s + 1 < _rows; s += 2)
            {
                one += S.FlipSign(S.Load(work + (s * s_lanes)), S.Load(c + (s * row)) - q);
                two += S.FlipSign(S.Load(work + ((s + 1) * s_lanes)), S.Load(c + ((s + 1) * row)) - q);
            }
            if (s < _rows)
                one += S.FlipSign(S.Load(work + (s * s_lanes)), S.Load(c + (s * row)) - q);
            ((one + two) * scale).Store(gradient + ((nint)i * s_lanes));
        }
        return ofTemperature * scale * scale;
    }

    public void Dispose() => _work.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private S Distance(T* row, T* query)
    {
        S distance = S.Abs(S.Load(row) - S.Load(query));
        for (nint i = 1; i < _n; i++)
            distance += S.Abs(S.Load(row + (i * s_lanes)) - S.Load(query + (i * s_lanes)));
        return distance;
    }
}
