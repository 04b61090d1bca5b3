using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>h' = S y, y = tanh(W h + b). Tape: y.</summary>
internal readonly unsafe struct ElmanCell<S, T> : IGatedCell<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    public static int Gates => 1;

    public static int Biases => 1;

    public static int Kept => 1;

    public static bool HasMemory => false;

    public static bool HasDirect => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(T* z, T* tape, T* b, T* scale, T* next, nint units)
    {
        PanelFunction<S, T>.Tanh(tape, b, units);
        for (nint i = 0, at = 0; i < units; i++, at += s_lanes)
            (S.Broadcast(scale[i]) * S.Load(tape + at)).Store(next + at);
    }

    // d = g S (1 - y^2)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(T* z, T* tape, T* scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint units)
    {
        T* gradientS = gradientB + (units * s_lanes);
        S one = S.Broadcast(T.One);
        for (nint i = 0, at = 0; i < units; i++, at += s_lanes)
        {
            S g = S.Load(gradientNext + at), y = S.Load(tape + at), d = g * S.Broadcast(scale[i]) * (one - (y * y));
            d.Store(adjoint + at);
            (S.Load(gradientB + at) + d).Store(gradientB + at);
            S.MultiplyAdd(g, y, S.Load(gradientS + at)).Store(gradientS + at);
        }
    }

    public static S Direct(T* tape, S gradientNext, nint block) => default;
}
