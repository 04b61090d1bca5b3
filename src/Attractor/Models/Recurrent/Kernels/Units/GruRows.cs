using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// r = sigmoid(a_r + b_r), v = sigmoid(a_v + b_v), q = a_n + b_n, n = tanh(r q + b_i), h' = S n + v (h - S n), a = W h. Tape: r, v, q, n.
/// </summary>
internal readonly unsafe struct GruRows<S, T> : IGatedRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Gates => 3;

    public static int Biases => 4;

    public static int Kept => 4;

    public static bool HasMemory => false;

    public static bool HasDirect => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward(T* z, T* tape, T* b, nint units, S scale, T* next, nint block)
    {
        S r = Logistic<S, T>.Sigmoid(S.Load(tape) + S.Broadcast(b[0])),
            v = Logistic<S, T>.Sigmoid(S.Load(tape + block) + S.Broadcast(b[units])),
            q = S.Load(tape + (2 * block)) + S.Broadcast(b[2 * units]),
            n = HyperbolicTangent<S, T>.Of(S.MultiplyAdd(r, q, S.Broadcast(b[3 * units]))),
            candidate = scale * n;
        r.Store(tape);
        v.Store(tape + block);
        q.Store(tape + (2 * block));
        n.Store(tape + (3 * block));
        S.MultiplyAdd(v, S.Load(z) - candidate, candidate).Store(next);
    }

    // e = g (1 - v); d_n = e S (1 - n^2); d = (d_n q r (1 - r), g (h - S n) v (1 - v), d_n r)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward(T* z, T* tape, S scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint block)
    {
        S one = S.Broadcast(T.One), g = S.Load(gradientNext);
        S r = S.Load(tape), v = S.Load(tape + block), q = S.Load(tape + (2 * block)), n = S.Load(tape + (3 * block));
        S e = g * (one - v), dn = e * scale * (one - (n * n));
        S reset = dn * q * (r * (one - r)), update = g * (S.Load(z) - (scale * n)) * (v * (one - v)), own = dn * r;
        reset.Store(adjoint);
        update.Store(adjoint + block);
        own.Store(adjoint + (2 * block));
        (S.Load(gradientB) + reset).Store(gradientB);
        (S.Load(gradientB + block) + update).Store(gradientB + block);
        (S.Load(gradientB + (2 * block)) + own).Store(gradientB + (2 * block));
        (S.Load(gradientB + (3 * block)) + dn).Store(gradientB + (3 * block));
        S.MultiplyAdd(e, n, S.Load(gradientB + (4 * block))).Store(gradientB + (4 * block));
    }

    // g v
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Direct(T* tape, S gradientNext, nint block) => gradientNext * S.Load(tape + block);
}
