using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>h' = S y, y = tanh(W h + b). Tape: y.</summary>
internal readonly unsafe struct ElmanRows<S, T> : IGatedRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Gates => 1;

    public static int Biases => 1;

    public static int Kept => 1;

    public static bool HasMemory => false;

    public static bool HasDirect => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward(T* z, T* tape, T* b, nint units, S scale, T* next, nint block)
    {
        S y = HyperbolicTangent<S, T>.Of(S.Load(tape) + S.Broadcast(b[0]));
        y.Store(tape);
        (scale * y).Store(next);
    }

    // d = g S (1 - y^2)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward(T* z, T* tape, S scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint block)
    {
        S g = S.Load(gradientNext), y = S.Load(tape), d = g * scale * (S.Broadcast(T.One) - (y * y));
        d.Store(adjoint);
        (S.Load(gradientB) + d).Store(gradientB);
        S.MultiplyAdd(g, y, S.Load(gradientB + block)).Store(gradientB + block);
    }

    public static S Direct(T* tape, S gradientNext, nint block) => default;
}
