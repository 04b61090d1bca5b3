using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>z += C s on a panel of states, and the gradient of C.</summary>
/// <remarks>
/// C has few columns, so that its gradient is gathered step by step in M K accumulators, which stay in the first cache; sums over the lanes
/// are taken once, at the end.
/// </remarks>
/// <param name="weights">C, M x K.</param>
/// <param name="inputs">(T + 1) x K x lanes.</param>
/// <param name="gradients">M x K x lanes.</param>
/// <param name="units">M.</param>
/// <param name="count">K; 0 for none.</param>
internal readonly unsafe struct ExternalDrive<S, T>(T* weights, T* inputs, T* gradients, int units, int count)
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    public bool IsThere => count > 0;

    /// <summary>Adds to the state that step t led to what arrives with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int t, T* next)
    {
        T* s = inputs + ((nint)(t + 1) * count * s_lanes), c = weights;
        for (nint i = 0; i < units; i++)
        {
            S sum = S.Load(next + (i * s_lanes));
            for (nint k = 0; k < count; k++)
                sum = S.MultiplyAdd(S.Load(s + (k * s_lanes)), S.Broadcast(*c++), sum);
            sum.Store(next + (i * s_lanes));
        }
    }

    /// <summary>dL/dC += g s' of step t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(int t, T* gradientNext)
    {
        T* s = inputs + ((nint)(t + 1) * count * s_lanes), sum = gradients;
        for (nint i = 0; i < units; i++)
        {
            S g = S.Load(gradientNext + (i * s_lanes));
            for (nint k = 0; k < count; k++, sum += s_lanes)
                S.MultiplyAdd(g, S.Load(s + (k * s_lanes)), S.Load(sum)).Store(sum);
        }
    }
}
