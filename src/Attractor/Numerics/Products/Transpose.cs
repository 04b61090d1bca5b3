using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attractor.Numerics;

/// <summary>Transposition of a square of lanes.</summary>
internal static unsafe class Transpose
{
    /// <summary>target[j * stride + i] = source[i * lanes + j], for i and j below the number of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block<T>(T* source, T* target, nint stride, int lanes)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (nint i = 0; i < lanes; i += 4)
                for (nint j = 0; j < lanes; j += 4)
                    FourByFour((float*)source + (i * lanes) + j, lanes, (float*)target + (j * stride) + i, stride);
            return;
        }
        for (nint i = 0; i < lanes; i++)
            for (nint j = 0; j < lanes; j++)
                target[(j * stride) + i] = source[(i * lanes) + j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* source, nint lanes, float* target, nint stride)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + lanes);
        Vector128<float> c = Vector128.Load(source + (2 * lanes)), d = Vector128.Load(source + (3 * lanes));
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(target);
        Sse.MoveHighToLow(cd, ab).Store(target + stride);
        ab = Sse.UnpackHigh(a, b);
        cd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(target + (2 * stride));
        Sse.MoveHighToLow(cd, ab).Store(target + (3 * stride));
    }
}
