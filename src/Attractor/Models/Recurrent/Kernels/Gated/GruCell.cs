using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// r = sigmoid(a_r + b_r), v = sigmoid(a_v + b_v), q = a_n + b_n, n = tanh(r q + b_i), h' = S n + v (h - S n), a = W h. Tape: r, v, q, n.
/// </summary>
internal readonly unsafe struct GruCell<S, T> : IGatedCell<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    public static int Gates => 3;

    public static int Biases => 4;

    public static int Kept => 4;

    public static bool HasMemory => false;

    public static bool HasDirect => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(T* z, T* tape, T* b, T* scale, T* next, nint units)
    {
        nint block = units * s_lanes;
        T* r = tape, v = tape + block, q = v + block, n = q + block;
        PanelFunction<S, T>.Sigmoid(r, b, 2 * units);
        b += 2 * units;
        for (nint i = 0, at = 0; i < units; i++, at += s_lanes)
        {
            S own = S.Load(q + at) + S.Broadcast(b[i]);
            own.Store(q + at);
            S.MultiplyAdd(S.Load(r + at), own, S.Broadcast(b[units + i])).Store(n + at);
        }
        PanelFunction<S, T>.Tanh(n, units);
        for (nint i = 0, at = 0; i < units; i++, at += s_lanes)
        {
            S candidate = S.Broadcast(scale[i]) * S.Load(n + at);
            S.MultiplyAdd(S.Load(v + at), S.Load(z + at) - candidate, candidate).Store(next + at);
        }
    }

    // e = g (1 - v); d_n = e S (1 - n^2); d = (d_n q r (1 - r), g (h - S n) v (1 - v), d_n r)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(T* z, T* tape, T* scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint units)
    {
        nint block = units * s_lanes;
        S one = S.Broadcast(T.One);
        for (nint i = 0, at = 0; i < units; i++, at += s_lanes)
        {
            S g = S.Load(gradientNext + at), v = S.Load(tape + block + at), n = S.Load(tape + (3 * block) + at),
                s = S.Broadcast(scale[i]), e = g * (one - v);
            (g * (S.Load(z + at) - (s * n)) * (v * (one - v))).Store(adjoint + block + at);
            Add(gradientB + (3 * block) + at, e * s * (one - (n * n))).Store(adjoint + (2 * block) + at);
            Add(gradientB + (4 * block) + at, e * n);
        }
        for (nint at = 0; at < block; at += s_lanes)
        {
            S r = S.Load(tape + at), dn = S.Load(adjoint + (2 * block) + at);
            Add(gradientB + at, dn * S.Load(tape + (2 * block) + at) * (r * (one - r))).Store(adjoint + at);
            Add(gradientB + block + at, S.Load(adjoint + block + at));
            Add(gradientB + (2 * block) + at, dn * r).Store(adjoint + (2 * block) + at);
        }
    }

    // g v
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Direct(T* tape, S gradientNext, nint block) => gradientNext * S.Load(tape + block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Add(T* sum, S value)
    {
        (S.Load(sum) + value).Store(sum);
        return value;
    }
}
