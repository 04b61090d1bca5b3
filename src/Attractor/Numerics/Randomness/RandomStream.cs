using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// A stream of random numbers with a name: Philox4x64-10 keyed by (seed, purpose) and positioned by an index.
/// </summary>
/// <remarks>
/// Two streams with the same (seed, purpose, index) give the same numbers whatever else the process does, on any thread;
/// streams that differ in any of the three are statistically independent. The generator is the counter-based one of
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011): its whole state is a counter.
/// Not thread-safe: give every thread its own stream.
/// </remarks>
public sealed class RandomStream
{
    private const ulong Multiplier0 = 0xD2E7470EE14C6C93, Multiplier1 = 0xCA5A826395121157;
    private const ulong Weyl0 = 0x9E3779B97F4A7C15, Weyl1 = 0xBB67AE8584CAA73B;

    private readonly ulong _key0, _key1;
    private ulong _index, _block;
    private Block4 _values;
    private int _used = 4;
    private double _spareNormal = double.NaN;

    /// <summary>A stream for one purpose of one seeded piece of work.</summary>
    /// <param name="seed">The seed of the work: what a user passes as <c>--seed</c>.</param>
    /// <param name="purpose">What the numbers are for, such as <c>"windows"</c>; part of the key.</param>
    /// <param name="index">Position: the same purpose at step, trial or row <paramref name="index"/>.</param>
    public RandomStream(ulong seed, string purpose, ulong index = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        _key0 = seed;
        _key1 = Hash(purpose);
        _index = index;
    }

    internal RandomStream(ulong key0, ulong key1, ulong index)
    {
        (_key0, _key1, _index) = (key0, key1, index);
    }

    /// <summary>Moves to the start of another index of the same (seed, purpose), without allocating.</summary>
    public void Seek(ulong index)
    {
        _index = index;
        _block = 0;
        _used = 4;
        _spareNormal = double.NaN;
    }

    /// <summary>64 uniformly distributed bits.</summary>
    public ulong NextUInt64()
    {
        if (_used == 4)
        {
            _values = Philox(_block++, _index, 0, 0, _key0, _key1);
            _used = 0;
        }
        return _values[_used++];
    }

    /// <summary>A double uniform on [0, 1), with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A double uniform on [low, high).</summary>
    public double NextUniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>An integer uniform on [0, bound), without modulo bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public long NextInt64(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = (0UL - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (long)high;
    }

    /// <summary>A standard normal number, by the polar method (Marsaglia and Bray 1964).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        double x, y, r2;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            r2 = (x * x) + (y * y);
        }
        while (r2 >= 1 || r2 == 0);
        double scale = Math.Sqrt(-2 * Math.Log(r2) / r2);
        _spareNormal = scale * x;
        return scale * y;
    }

    /// <summary>One Philox4x64-10 block: ten rounds over a 256-bit counter with a 128-bit key.</summary>
    internal static Block4 Philox(ulong c0, ulong c1, ulong c2, ulong c3, ulong k0, ulong k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong high0 = Math.BigMul(Multiplier0, c0, out ulong low0);
            ulong high1 = Math.BigMul(Multiplier1, c2, out ulong low1);
            (c0, c1, c2, c3) = (high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        Block4 block = default;
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
        return block;
    }

    // FNV-1a, then a finaliser, so that short purposes fill all 64 bits.
    private static ulong Hash(string purpose)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in purpose)
            hash = (hash ^ c) * 0x100000001B3;
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCD;
        return BitOperations.RotateLeft(hash, 31) ^ (hash >> 29);
    }

    [InlineArray(4)]
    internal struct Block4
    {
        private ulong _first;
    }
}
