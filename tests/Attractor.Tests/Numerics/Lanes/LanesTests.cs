using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Lanes;

/// <summary>Every operation of every width, in both precisions, against the scalar line that specifies it.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class LanesTests
{
    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_512_bits_float32() => Check<Lanes512<float>, float>();

    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_512_bits_float64() => Check<Lanes512<double>, double>();

    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_256_bits_float32() => Check<Lanes256<float>, float>();

    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_256_bits_float64() => Check<Lanes256<double>, double>();

    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_128_bits_float32() => Check<Lanes128<float>, float>();

    [Fact]
    public void Operations_agree_with_their_scalar_specification_on_128_bits_float64() => Check<Lanes128<double>, double>();

    [Fact]
    public void A_block_of_lanes_is_64_bytes_at_every_width()
    {
        Assert.Equal(64, sizeof(Lanes512<float>));
        Assert.Equal(64, sizeof(Lanes256<double>));
        Assert.Equal(64, sizeof(Lanes128<float>));
    }

    private static void Check<S, T>()
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] a = Values<T>(1), b = Values<T>(2), c = Values<T>(3);
        a[0] = T.NaN;
        a[1] = T.NegativeZero;
        a[2] = T.PositiveInfinity;
        Each<S, T>(a, b, c, (x, y, _) => x + y, (x, y, _) => x + y);
        Each<S, T>(a, b, c, (x, y, _) => x - y, (x, y, _) => x - y);
        Each<S, T>(a, b, c, (x, y, _) => x * y, (x, y, _) => x * y);
        Each<S, T>(a, b, c, (x, y, _) => x / y, (x, y, _) => x / y);
        Each<S, T>(a, b, c, (x, _, _) => S.Abs(x), (x, _, _) => T.Abs(x));
        Each<S, T>(a, b, c, (x, _, _) => S.Sqrt(S.Abs(x)), (x, _, _) => T.Sqrt(T.Abs(x)));
        Each<S, T>(a, b, c, (x, _, _) => S.Relu(x), (x, _, _) => T.IsNaN(x) ? x : x > T.Zero ? x : T.Zero);
        Each<S, T>(a, b, c, (x, y, _) => S.Min(x, y), (x, y, _) => T.IsNaN(x) ? x : x < y ? x : y);
        Each<S, T>(a, b, c, (x, y, z) => S.WhereGreater(x, y, z), (x, y, z) => x > y ? z : T.Zero);
        Each<S, T>(a, b, c, (x, y, z) => S.Select(x, y, z, x), (x, y, z) => x > y ? z : x);
        Each<S, T>(a, b, c, (x, _, _) => S.Round(x), (x, _, _) => T.Round(x));
        Each<S, T>(b, b, c, (x, _, _) => S.PowerOfTwo(S.Round(x)), (x, _, _) => T.Exp2(T.Round(x)));
        Each<S, T>(b, b, c, (x, _, _) => S.Exponent(S.Abs(x)), (x, _, _) => T.CreateTruncating(T.ILogB(T.Abs(x))));
        Each<S, T>(b, b, c, (x, _, _) => S.Significand(S.Abs(x)) * S.PowerOfTwo(S.Exponent(S.Abs(x))), (x, _, _) => T.Abs(x));
        Each<S, T>(a, b, c, (x, y, _) => S.FlipSign(x, y), (x, y, _) => T.IsNegative(y) ? -x : x);
        Each<S, T>(a, b, c, (x, y, z) => S.MultiplyAdd(x, y, z), (x, y, z) => T.FusedMultiplyAdd(x, y, z), tolerance: 1e-5);
    }

    private static void Each<S, T>(T[] a, T[] b, T[] c, Func<S, S, S, S> lanes, Func<T, T, T, T> scalar, double tolerance = 0)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] result = new T[a.Length];
        fixed (T* pa = a, pb = b, pc = c, pr = result)
            lanes(S.Load(pa), S.Load(pb), S.Load(pc)).Store(pr);
        for (int i = 0; i < a.Length; i++)
        {
            T expected = scalar(a[i], b[i], c[i]);
            if (T.IsFinite(expected))
                Assert.InRange(
                    double.CreateTruncating(T.Abs(result[i] - expected)),
                    0,
                    tolerance * Math.Max(1, Math.Abs(double.CreateTruncating(expected))));
            else
                Assert.Equal(expected, result[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sums_have_the_same_bits_at_every_width(int seed)
    {
        float[] f = Values<float>((ulong)seed);
        double[] d = Values<double>((ulong)seed);
        fixed (float* p = f)
        {
            float sum = Lanes512<float>.Sum(Lanes512<float>.Load(p));
            Assert.Equal(sum, Lanes256<float>.Sum(Lanes256<float>.Load(p)));
            Assert.Equal(sum, Lanes128<float>.Sum(Lanes128<float>.Load(p)));
            Assert.Equal(f.Sum(x => (double)x), sum, 1e-5);
        }
        fixed (double* p = d)
        {
            double sum = Lanes512<double>.Sum(Lanes512<double>.Load(p));
            Assert.Equal(sum, Lanes256<double>.Sum(Lanes256<double>.Load(p)));
            Assert.Equal(sum, Lanes128<double>.Sum(Lanes128<double>.Load(p)));
            Assert.Equal(d.Sum(), sum, 1e-13);
        }
    }

    private static T[] Values<T>(ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        RandomStream random = new(seed, "lanes");
        return [.. Enumerable.Range(0, 64 / sizeof(T)).Select(_ => T.CreateTruncating(random.NextNormal()))];
    }
}
