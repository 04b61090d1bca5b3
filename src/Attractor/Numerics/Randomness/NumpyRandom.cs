using System.Numerics;

namespace Attractor.Numerics;

/// <summary>
/// The random numbers of <c>np.random.seed(k)</c>: NumPy's legacy stream, the same doubles and integers in the same order.
/// </summary>
/// <remarks>
/// For matching published Python results number for number; new work uses <see cref="RandomStream"/>. The generator is the Mersenne
/// twister MT19937 (Matsumoto and Nishimura 1998); NumPy guarantees its legacy stream not to change. <see cref="Randn"/> takes a logarithm
/// from the platform's C library, whose last bit may differ between operating systems. Not thread-safe.
/// </remarks>
public sealed class NumpyRandom
{
    private const int StateLength = 624, Shift = 397;

    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;
    private double _spareNormal = double.NaN;

    /// <summary>The stream after <c>np.random.seed(seed)</c>.</summary>
    public NumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < StateLength; i++)
            _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
    }

    /// <summary>A double uniform on [0, 1) with 53 random bits: <c>rand()</c>, <c>random_sample()</c>.</summary>
    public double Rand()
    {
        uint high = NextUInt32() >> 5, low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>
    /// A standard normal number: <c>randn()</c>. The polar method makes them in pairs; the second waits for the next call.
    /// </summary>
    public double Randn()
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
            x = (2.0 * Rand()) - 1.0;
            y = (2.0 * Rand()) - 1.0;
            r2 = (x * x) + (y * y);
        }
        while (r2 >= 1.0 || r2 == 0.0);
        double scale = Math.Sqrt(-2.0 * Math.Log(r2) / r2);
        _spareNormal = scale * x;
        return scale * y;
    }

    /// <summary>A double uniform on [low, high): <c>uniform(low, high)</c>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Rand());

    /// <summary>A normal number: <c>normal(loc, scale)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is negative.</exception>
    public double Normal(double loc, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        return loc + (scale * Randn());
    }

    /// <summary>An integer uniform on [low, high): <c>randint(low, high)</c> in NumPy's default type on Linux and macOS, int64.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="low"/> is not below <paramref name="high"/>.</exception>
    public long RandInt(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        return low + (long)Interval((ulong)(high - 1) - (ulong)low);
    }

    /// <summary>The numbers 0 .. n - 1 in random order: <c>permutation(n)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int[] permutation = [.. Enumerable.Range(0, n)];
        Shuffle<int>(permutation);
        return permutation;
    }

    /// <summary>Puts the items in random order: <c>shuffle(x)</c> of a list or an array of rank 1.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)Interval((ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary><paramref name="size"/> of the numbers 0 .. n - 1: <c>choice(n, size, replace)</c> with equal probabilities.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n or the size is negative, or without replacement the size is above n.</exception>
    public int[] Choice(int n, int size, bool replace = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (!replace)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, n);
            return Permutation(n)[..size];
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++)
            chosen[i] = (int)RandInt(0, n);
        return chosen;
    }

    // Uniform on 0 .. largest: as many low bits as largest has, drawn again while they exceed it. One 32-bit word if that is enough.
    private ulong Interval(ulong largest)
    {
        if (largest == 0)
            return 0;
        ulong mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(largest);
        ulong value;
        do
            value = (largest <= uint.MaxValue ? NextUInt32() : NextUInt64()) & mask;
        while (value > largest);
        return value;
    }

    private ulong NextUInt64()
    {
        ulong high = NextUInt32();
        return (high << 32) | NextUInt32();
    }

    private uint NextUInt32()
    {
        if (_next == StateLength)
        {
            Twist();
            _next = 0;
        }
        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    // x[i + 624] = x[i + 397] xor (top bit of x[i], low bits of x[i + 1]) A, for a whole state at a time.
    private void Twist()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % StateLength] & 0x7FFFFFFF);
            _state[i] = _state[(i + Shift) % StateLength] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }
    }
}
