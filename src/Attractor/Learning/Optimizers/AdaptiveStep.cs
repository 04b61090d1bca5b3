using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The elementwise work that Adam and its relatives share.</summary>
internal static unsafe class AdaptiveStep<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, theta -= scale * m / (correction * sqrt(v) + epsilon).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(
        in Descent<T> values, T** moments, long count, double beta1, double beta2, double scale, double correction, double epsilon)
    {
        T* m = moments[0], v = moments[1], theta = values.Parameters, g = values.Gradient;
        S b1 = Broadcast(beta1), c1 = Broadcast(1 - beta1), b2 = Broadcast(beta2), c2 = Broadcast(1 - beta2);
        S negativeScale = Broadcast(-scale), root = Broadcast(correction), floor = Broadcast(epsilon);
        for (nint i = 0; i < count; i += sizeof(S) / sizeof(T))
        {
            S gradient = S.Load(g + i);
            S first = S.MultiplyAdd(b1, S.Load(m + i), c1 * gradient);
            S second = S.MultiplyAdd(b2, S.Load(v + i), c2 * (gradient * gradient));
            first.Store(m + i);
            second.Store(v + i);
            S step = first / S.MultiplyAdd(root, S.Sqrt(second), floor);
            S.MultiplyAdd(negativeScale, step, S.Load(theta + i)).Store(theta + i);
        }
    }

    /// <summary>The same moments, but theta -= scale * m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ApplyUnscaled(in Descent<T> values, T** moments, long count, double beta1, double beta2, double scale)
    {
        T* m = moments[0], v = moments[1], theta = values.Parameters, g = values.Gradient;
        S b1 = Broadcast(beta1), c1 = Broadcast(1 - beta1), b2 = Broadcast(beta2), c2 = Broadcast(1 - beta2);
        S negativeScale = Broadcast(-scale);
        for (nint i = 0; i < count; i += sizeof(S) / sizeof(T))
        {
            S gradient = S.Load(g + i);
            S first = S.MultiplyAdd(b1, S.Load(m + i), c1 * gradient);
            S.MultiplyAdd(b2, S.Load(v + i), c2 * (gradient * gradient)).Store(v + i);
            first.Store(m + i);
            S.MultiplyAdd(negativeScale, first, S.Load(theta + i)).Store(theta + i);
        }
    }

    private static S Broadcast(double value) => S.Broadcast(T.CreateTruncating(value));
}
