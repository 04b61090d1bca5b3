using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>What predictions miss, lane by lane.</summary>
internal static unsafe class Residuals<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keeps a residual where it counts, and adds its square.</summary>
    /// <param name="difference">The prediction less its target.</param>
    /// <param name="mask">1 in the lanes that hold a window, else 0.</param>
    /// <param name="present">1 where the target is there, else 0; null where all are.</param>
    /// <param name="residual">Where it is kept.</param>
    /// <param name="sum">The squares so far.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Keep(S difference, S mask, T* present, T* residual, S sum)
    {
        difference *= mask;
        if (present is not null)
            difference *= S.Load(present);
        difference.Store(residual);
        return S.MultiplyAdd(difference, difference, sum);
    }
}
