using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attractor.Numerics;

/// <summary>Lanes of the widest registers that this processor has.</summary>
/// <remarks>
/// The choice is a constant to the JIT and what is chosen a struct: of a call nothing is left but the call of the kernel.
/// </remarks>
internal static class WidestLanes
{
    /// <summary>Carries a function out on them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TResult Invoke<T, TFunction, TResult>(TFunction function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T, TResult>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
            return function.Invoke<Lanes512<T>>();
        return Vector256.IsHardwareAccelerated ? function.Invoke<Lanes256<T>>() : function.Invoke<Lanes128<T>>();
    }

    /// <summary>Carries an action out on them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TAction>(TAction action)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAction : struct, ILaneAction<T>, allows ref struct
        => Invoke<T, Act<T, TAction>, bool>(new(action));

    /// <summary>How many blocks of them a kernel may keep in registers.</summary>
    public static int Accumulators<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Invoke<T, CountOfAccumulators<T>, int>(default);

    private readonly ref struct Act<T, TAction>(TAction action) : ILaneFunction<T, bool>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAction : struct, ILaneAction<T>, allows ref struct
    {
        private readonly TAction _action = action;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Invoke<S>()
            where S : unmanaged, ILanes<S, T>
        {
            _action.Invoke<S>();
            return true;
        }
    }

    private readonly struct CountOfAccumulators<T> : ILaneFunction<T, int>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => S.Accumulators;
    }
}
