using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Functions of panels of rows, with a bias for each row, in place.</summary>
internal static unsafe class PanelFunction<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    /// <summary>x = sigmoid(x + b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(T* x, T* b, nint rows)
    {
        for (nint i = 0; i < rows; i++, x += s_lanes)
            Logistic<S, T>.Sigmoid(S.Load(x) + S.Broadcast(b[i])).Store(x);
    }

    /// <summary>x = tanh(x + b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(T* x, T* b, nint rows)
    {
        for (nint i = 0; i < rows; i++, x += s_lanes)
            HyperbolicTangent<S, T>.Of(S.Load(x) + S.Broadcast(b[i])).Store(x);
    }

    /// <summary>x = tanh(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(T* x, nint rows)
    {
        for (nint i = 0; i < rows; i++, x += s_lanes)
            HyperbolicTangent<S, T>.Of(S.Load(x)).Store(x);
    }
}
