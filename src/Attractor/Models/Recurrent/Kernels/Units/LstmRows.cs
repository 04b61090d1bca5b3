using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// i, f, o = sigmoid(a + b), g = tanh(a_g + b_g), c' = f c + i g, y = tanh(c'), h' = S o y, a = W h. Tape: i, f, g, o, y.
/// </summary>
internal readonly unsafe struct LstmRows<S, T> : IGatedRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Gates => 4;

    public static int Biases => 4;

    public static int Kept => 5;

    public static bool HasMemory => true;

    public static bool HasDirect => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward(T* z, T* tape, T* b, nint units, S scale, T* next, nint block)
    {
        S i = Logistic<S, T>.Sigmoid(S.Load(tape) + S.Broadcast(b[0])),
            f = Logistic<S, T>.Sigmoid(S.Load(tape + block) + S.Broadcast(b[units])),
            g = HyperbolicTangent<S, T>.Of(S.Load(tape + (2 * block)) + S.Broadcast(b[2 * units])),
            o = Logistic<S, T>.Sigmoid(S.Load(tape + (3 * block)) + S.Broadcast(b[3 * units])),
            c = S.MultiplyAdd(f, S.Load(z + block), i * g),
            y = HyperbolicTangent<S, T>.Of(c);
        i.Store(tape);
        f.Store(tape + block);
        g.Store(tape + (2 * block));
        o.Store(tape + (3 * block));
        y.Store(tape + (4 * block));
        c.Store(next + block);
        (scale * o * y).Store(next);
    }

    // p = p_c + p_h S o (1 - y^2); d = (p g i (1 - i), p c f (1 - f), p i (1 - g^2), p_h S y o (1 - o)); that of c is p f
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward(T* z, T* tape, S scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint block)
    {
        S one = S.Broadcast(T.One), h = S.Load(gradientNext) * scale;
        S i = S.Load(tape), f = S.Load(tape + block), g = S.Load(tape + (2 * block)), o = S.Load(tape + (3 * block)),
            y = S.Load(tape + (4 * block));
        S p = S.MultiplyAdd(h * o, one - (y * y), S.Load(gradientNext + block));
        S input = p * g * (i * (one - i)), forget = p * S.Load(z + block) * (f * (one - f)), candidate = p * i * (one - (g * g)),
            output = h * y * (o * (one - o));
        input.Store(adjoint);
        forget.Store(adjoint + block);
        candidate.Store(adjoint + (2 * block));
        output.Store(adjoint + (3 * block));
        (p * f).Store(gradient + block);
        (S.Load(gradientB) + input).Store(gradientB);
        (S.Load(gradientB + block) + forget).Store(gradientB + block);
        (S.Load(gradientB + (2 * block)) + candidate).Store(gradientB + (2 * block));
        (S.Load(gradientB + (3 * block)) + output).Store(gradientB + (3 * block));
        S.MultiplyAdd(S.Load(gradientNext) * o, y, S.Load(gradientB + (4 * block))).Store(gradientB + (4 * block));
    }

    public static S Direct(T* tape, S gradientNext, nint block) => default;
}
