using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>Standard normal numbers by the thousand, by inverting the distribution function.</summary>
/// <remarks>
/// float32: from 32 random bits each, one the sign and 31 the probability of the tail, by Wichura's rational approximations (algorithm AS
/// 241, PPND7, Applied Statistics 37, 1988; seven digits) for whole blocks of lanes; none is beyond 6.2. float64:
/// <see cref="RandomStream.NextNormal"/>.
/// </remarks>
internal static unsafe class NormalNoise
{
    private const int Piece = 256;

    /// <summary>Fills <paramref name="values"/>.</summary>
    public static void Fill<T>(RandomStream random, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            foreach (ref T value in values)
                value = T.CreateTruncating(random.NextNormal());
            return;
        }
        fixed (T* target = values)
            WidestLanes.Invoke<float, Filling>(new(random, (float*)target, values.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Fill<S>(RandomStream random, float* target, int count)
        where S : unmanaged, ILanes<S, float>
    {
        float* tails = stackalloc float[Piece], signs = stackalloc float[Piece];
        for (int start = 0; start < count; start += Piece)
        {
            int length = Math.Min(Piece, count - start);
            Draw(random, tails, signs);
            for (int i = 0; i < Piece; i += sizeof(S) / sizeof(float))
                S.FlipSign(Quantile(S.Load(tails + i)), S.Load(signs + i)).Store(tails + i);
            new Span<float>(tails, length).CopyTo(new Span<float>(target + start, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Draw(RandomStream random, float* tails, float* signs)
    {
        for (int i = 0; i < Piece; i += 2)
        {
            ulong bits = random.NextUInt64();
            Split((uint)bits, tails + i, signs + i);
            Split((uint)(bits >> 32), tails + i + 1, signs + i + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(uint bits, float* tail, float* sign)
    {
        *tail = ((int)(bits >> 1) + 0.5f) * (1f / (1L << 32));
        *sign = BitConverter.UInt32BitsToSingle((bits << 31) | 0x3F800000);
    }

    // The positive normal number beyond which lies a tail of probability p, 0 < p <= 1/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Quantile<S>(S p)
        where S : unmanaged, ILanes<S, float>
    {
        S one = S.Broadcast(1), q = S.Broadcast(0.5f) - p, r = S.Broadcast(0.180625f) - (q * q);
        S a = S.MultiplyAdd(
            S.MultiplyAdd(S.MultiplyAdd(S.Broadcast(59.109374720f), r, S.Broadcast(159.29113202f)), r, S.Broadcast(50.434271938f)),
            r,
            S.Broadcast(3.3871327179f));
        S b = S.MultiplyAdd(
            S.MultiplyAdd(S.MultiplyAdd(S.Broadcast(67.187563600f), r, S.Broadcast(78.757757664f)), r, S.Broadcast(17.895169469f)), r, one);
        S t = S.Sqrt(default(S) - Logarithm<S, float>.Of(p)) - S.Broadcast(1.6f);
        S c = S.MultiplyAdd(
            S.MultiplyAdd(S.MultiplyAdd(S.Broadcast(0.17023821103f), t, S.Broadcast(1.3067284816f)), t, S.Broadcast(2.7568153900f)),
            t,
            S.Broadcast(1.4234372777f));
        S d = S.MultiplyAdd(S.MultiplyAdd(S.Broadcast(0.12021132975f), t, S.Broadcast(0.73700164250f)), t, one);
        return S.Select(q, S.Broadcast(0.425f), c / d, q * a / b);
    }

    private readonly struct Filling(RandomStream random, float* target, int count) : ILaneAction<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, float>
            => Fill<S>(random, target, count);
    }
}
