using System.Numerics;

namespace Attractor.Numerics;

/// <summary>
/// One block of lanes: 64 bytes, that is 16 float32 or 8 float64 values, of which each belongs to another sequence of a batch.
/// </summary>
/// <remarks>
/// Three structs implement it, on one 512-bit, two 256-bit or four 128-bit registers. Kernels are written once over this
/// interface; the layout of the data is the same for all three, only the register tile differs. An operation rounds
/// alike in all three, so that a kernel with the same order of operations gives the same bits at every width.
/// </remarks>
public unsafe interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many blocks a kernel may keep in registers as accumulators, operands left aside.</summary>
    static abstract int Accumulators { get; }

    /// <summary>The block of lanes at an address, best aligned to 64 bytes.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>The same value in all lanes.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>Writes the block of lanes to an address.</summary>
    void Store(T* target);

    /// <summary>a * b + c, fused where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>|a|.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary><paramref name="a"/> with its sign flipped in the lanes where <paramref name="b"/> is negative.</summary>
    static abstract TSelf FlipSign(TSelf a, TSelf b);

    /// <summary>max(0, a); a NaN stays one.</summary>
    static abstract TSelf Relu(TSelf a);

    /// <summary>min(a, b); a NaN in <paramref name="a"/> stays one.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary><paramref name="value"/> in the lanes where a &gt; b, else 0.</summary>
    static abstract TSelf WhereGreater(TSelf a, TSelf b, TSelf value);

    /// <summary>
    /// <paramref name="value"/> in the lanes where a &gt; b, <paramref name="otherwise"/> in the others, those with a NaN among them.
    /// </summary>
    static abstract TSelf Select(TSelf a, TSelf b, TSelf value, TSelf otherwise);

    /// <summary>The nearest whole number, of two the even one.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>2^n for whole n within the exponents of normal numbers.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>The e of a = m 2^e with 1 &lt;= m &lt; 2, for normal a &gt; 0.</summary>
    static abstract TSelf Exponent(TSelf a);

    /// <summary>The m of a = m 2^e with 1 &lt;= m &lt; 2, for normal a &gt; 0.</summary>
    static abstract TSelf Significand(TSelf a);

    /// <summary>The sum of all lanes, by halving: the order does not depend on the width.</summary>
    static abstract T Sum(TSelf a);
}
