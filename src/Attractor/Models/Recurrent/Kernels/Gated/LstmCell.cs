using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// i, f, o = sigmoid(a + b), g = tanh(a_g + b_g), c' = f c + i g, y = tanh(c'), h' = S o y, a = W h. Tape: i, f, g, o, y.
/// </summary>
internal readonly unsafe struct LstmCell<S, T> : IGatedCell<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    public static int Gates => 4;

    public static int Biases => 4;

    public static int Kept => 5;

    public static bool HasMemory => true;

    public static bool HasDirect => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(T* z, T* tape, T* b, T* scale, T* next, nint units)
    {
        nint block = units * s_lanes;
        T* i = tape, f = i + block, g = f + block, o = g + block, y = o + block;
        PanelFunction<S, T>.Sigmoid(i, b, 2 * units);
        PanelFunction<S, T>.Tanh(g, b + (2 * units), units);
        PanelFunction<S, T>.Sigmoid(o, b + (3 * units), units);
        for (nint at = 0; at < block; at += s_lanes)
        {
            S c = S.MultiplyAdd(S.Load(f + at), S.Load(z + block + at), S.Load(i + at) * S.Load(g + at));
            c.Store(next + block + at);
            c.Store(y + at);
        }
        PanelFunction<S, T>.Tanh(y, units);
        for (nint j = 0, at = 0; j < units; j++, at += s_lanes)
            (S.Broadcast(scale[j]) * S.Load(o + at) * S.Load(y + at)).Store(next + at);
    }

    // p = p_c + p_h S o (1 - y^2); d = (p g i (1 - i), p c f (1 - f), p i (1 - g^2), p_h S y o (1 - o)); that of c is p f
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(T* z, T* tape, T* scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint units)
    {
        nint block = units * s_lanes;
        T* i = tape, f = i + block, g = f + block, o = g + block, y = o + block, c = z + block;
        S one = S.Broadcast(T.One);
        for (nint j = 0, at = 0; j < units; j++, at += s_lanes)
        {
            S own = S.Load(gradientNext + at), h = own * S.Broadcast(scale[j]), gate = S.Load(o + at), t = S.Load(y + at);
            // Held where the gradient of c goes, until the gates have seen it.
            S.MultiplyAdd(h * gate, one - (t * t), S.Load(gradientNext + block + at)).Store(gradient + block + at);
            Add(gradientB + (3 * block) + at, h * t * (gate * (one - gate))).Store(adjoint + (3 * block) + at);
            Add(gradientB + (4 * block) + at, own * gate * t);
        }
        for (nint at = 0; at < block; at += s_lanes)
        {
            S p = S.Load(gradient + block + at), input = S.Load(i + at), forget = S.Load(f + at), candidate = S.Load(g + at);
            Add(gradientB + at, p * candidate * (input * (one - input))).Store(adjoint + at);
            Add(gradientB + block + at, p * S.Load(c + at) * (forget * (one - forget))).Store(adjoint + block + at);
            Add(gradientB + (2 * block) + at, p * input * (one - (candidate * candidate))).Store(adjoint + (2 * block) + at);
            (p * forget).Store(gradient + block + at);
        }
    }

    public static S Direct(T* tape, S gradientNext, nint block) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Add(T* sum, S value)
    {
        (S.Load(sum) + value).Store(sum);
        return value;
    }
}
