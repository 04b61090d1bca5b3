using System.Numerics;
using Attractor.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Numerics.Products.Dense;

/// <summary>The product of two matrices against the plain triple loop in float64.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class MatrixProductTests
{
    // What must stay as it is.
    private const double Untouched = -77;

    public static TheoryData<int, int, int> Shapes()
    {
        int[] sizes = [0, 1, 2, 3, 7, 11, 12, 13, 31, 32, 33, 100];
        TheoryData<int, int, int> shapes = [];
        foreach (int m in sizes)
            foreach (int n in sizes)
                shapes.Add(m, n, sizes[((m * 5) + (n * 3)) % sizes.Length]);
        foreach (int k in sizes)
        {
            shapes.Add(1, 33, k);
            shapes.Add(33, 1, k);
            shapes.Add(13, 31, k);
            shapes.Add(12, 100, k);
        }
        // Beyond a panel's depth, with one block and with two; several of columns.
        foreach ((int m, int n, int k) in new[]
        {
            (13, 33, 833), (3, 20, 1665), (100, 72, 400), (320, 320, 7), (3, 321, 400), (321, 2, 400), (1, 400, 321), (400, 1, 169)
        })
            shapes.Add(m, n, k);
        return shapes;
    }

    // Several blocks of rows and of columns, each deeper than a panel.
    [Theory]
    [Trait("Registers", "Slow without")]
    [InlineData(130, 33, 833)]
    [InlineData(130, 40, 1665)]
    [InlineData(130, 40, 832)]
    [InlineData(62, 320, 832)]
    public void Products_of_many_blocks_agree_with_the_triple_loop(int m, int n, int k) => Products_agree_with_the_triple_loop(m, n, k);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_agree_with_the_triple_loop(int m, int n, int k)
    {
        for (int kind = 0; kind < 16; kind++)
        {
            // A quarter of them at each shape, in turn; each of them at a quarter of the shapes.
            if ((kind + (kind / 4) + m + n + k) % 4 != 0)
                continue;
            Check<Lanes512<float>, float>(m, n, k, kind, 1e-5);
            Check<Lanes256<float>, float>(m, n, k, kind, 1e-5);
            Check<Lanes128<float>, float>(m, n, k, kind, 1e-5);
            Check<Lanes512<double>, double>(m, n, k, kind, 1e-14);
            Check<Lanes256<double>, double>(m, n, k, kind, 1e-14);
            Check<Lanes128<double>, double>(m, n, k, kind, 1e-14);
        }
    }

    [Fact]
    public void Products_of_random_shapes_agree_with_the_triple_loop()
        => Prop.ForAll(
            Gen.Choose(0, 90).Four().ToArbitrary(),
            shape => Check<float>(shape.Item1, shape.Item2, shape.Item3, shape.Item4 % 16, 1e-5)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(64, 80, 70)]
    [InlineData(5, 35, 3)]
    [InlineData(1, 35, 40)]
    [InlineData(35, 1, 40)]
    public void Infinity_and_nan_come_through_where_they_belong_and_nowhere_else(int m, int n, int k)
    {
        for (int kind = 0; kind < 4; kind++)
        {
            Case<float> product = new(m, n, k, kind);
            product.A(m - 1, k / 2) = float.PositiveInfinity;
            product.A(m / 2, 0) = float.NaN;
            product.B(k - 1, n - 1) = float.NegativeInfinity;
            product.B(k / 2, 0) = 0;
            product.Multiply(1);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                {
                    double expected = product.Expected(i, j, out _);
                    float found = product.C(i, j);
                    if (double.IsFinite(expected))
                        Assert.Equal(expected, found, 1e-3);
                    else
                        Assert.Equal((float)expected, found);
                }
        }
    }

    [Theory]
    [Trait("Registers", "Slow without")]
    [InlineData(300, 400, 350)]
    [InlineData(100, 784, 400)]
    [InlineData(400, 97, 500)]
    [InlineData(900, 130, 64)]
    // More parts than threads.
    [InlineData(300, 600, 450)]
    public void The_number_of_threads_changes_no_bit(int m, int n, int k)
    {
        for (int kind = 1; kind < 3; kind++)
        {
            float[] Bits(int threads)
            {
                Case<float> product = new(m, n, k, kind);
                product.Multiply(threads);
                return product.Result;
            }
            float[] one = Bits(1);
            Assert.Equal(one, Bits(2));
            Assert.Equal(one, Bits(3));
            Assert.Equal(one, Bits(0));
        }
    }

    [Fact]
    public void Several_callers_at_once_get_what_each_gets_alone()
    {
        float[] alone = Result(0);
        float[][] results = new float[24][];
        Parallel.For(0, results.Length, new() { MaxDegreeOfParallelism = 6 }, i => results[i] = Result(i));
        for (int i = 0; i < results.Length; i += 3)
            Assert.Equal(alone, results[i]);

        static float[] Result(int i)
        {
            Case<float> product = new(200 + (i % 3 * 31), 300, 150, 1);
            product.Multiply(0);
            return product.Result;
        }
    }

    [Fact]
    public void No_memory_is_allocated_once_a_product_has_been_computed()
    {
        Case<double> product = new(40, 50, 60, 0);
        product.Multiply(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        product.Multiply(1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_leading_dimension_below_the_number_of_columns_is_refused()
    {
        float value = 0;
        float* p = &value;
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(2, 2, 3, p, 2, false, p, 2, false, p, 2, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(2, 2, 3, p, 3, false, p, 2, true, p, 2, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(2, 2, 3, p, 3, false, p, 2, false, p, 1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(-1, 2, 3, p, 3, false, p, 2, false, p, 2, false));
    }

    private static void Check<T>(int m, int n, int k, int kind, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Case<T> product = new(m, n, k, kind);
        product.Multiply(1);
        product.Compare(tolerance);
    }

    private static void Check<S, T>(int m, int n, int k, int kind, double tolerance)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The public entry handles what the lanes need not know.
        if (m == 0 || n == 0 || (kind & 12) == 12)
        {
            Check<T>(m, n, k, kind, tolerance);
            return;
        }
        Case<T> product = new(m, n, k, kind);
        product.Multiply<S>();
        product.Compare(tolerance);
    }

    // Kind: 1 for A transposed, 2 for B, 4 for adding to C, 8 for a bias.
    private sealed class Case<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _m, _n, _k, _lda, _ldb, _ldc;
        private readonly bool _transposeA, _transposeB, _accumulate;
        private readonly T[] _a, _b, _c, _start, _bias;
        private (double[] Left, double[] Right)? _factors;

        public Case(int m, int n, int k, int kind)
        {
            (_m, _n, _k) = (m, n, k);
            (_transposeA, _transposeB, _accumulate) = ((kind & 1) != 0, (kind & 2) != 0, (kind & 4) != 0);
            (_lda, _ldb, _ldc) = ((_transposeA ? m : k) + (kind % 3), (_transposeB ? k : n) + (kind % 5), n + 3);
            // Exactly as long as they must be, but for what lies behind the rows.
            _a = Random((_transposeA ? k : m) * _lda, 1);
            _b = Random((_transposeB ? n : k) * _ldb, 2);
            _bias = (kind & 8) != 0 ? Random(n + 1, 3) : [];
            _start = Random(m * _ldc, 4);
            for (int i = 0; i < m; i++)
                _start.AsSpan((i * _ldc) + n, 3).Fill(T.CreateChecked(Untouched));
            // Without adding to it, C is not read.
            if (!_accumulate)
                for (int i = 0; i < m; i++)
                    _start.AsSpan(i * _ldc, n).Fill(T.NaN);
            _c = [.. _start];
        }

        public T[] Result => _c;

        public ref T A(int i, int k) => ref _transposeA ? ref _a[(k * _lda) + i] : ref _a[(i * _lda) + k];

        public ref T B(int k, int j) => ref _transposeB ? ref _b[(j * _ldb) + k] : ref _b[(k * _ldb) + j];

        public T C(int i, int j) => _c[(i * _ldc) + j];

        public void Multiply(int threads)
        {
            fixed (T* a = _a, b = _b, c = _c, bias = _bias)
                MatrixProduct.Multiply(_m, _n, _k, a, _lda, _transposeA, b, _ldb, _transposeB, c, _ldc, _accumulate, bias, threads);
        }

        public void Multiply<S>()
            where S : unmanaged, ILanes<S, T>
        {
            fixed (T* a = _a, b = _b, c = _c, bias = _bias)
            {
                Operand<T> left = _transposeA ? new(a, 1, _lda) : new(a, _lda, 1), right = _transposeB ? new(b, 1, _ldb) : new(b, _ldb, 1);
                MatrixProduct.Multiply<S, T>(new(_m, _n, _k, left, right, bias, c, _ldc, _accumulate), 1);
            }
        }

        public double Expected(int i, int j, out double scale)
        {
            double sum =
                (_accumulate ? double.CreateChecked(_start[(i * _ldc) + j]) : 0) + (_bias.Length > 0 ? double.CreateChecked(_bias[j]) : 0);
            scale = Math.Abs(sum);
            (double[] left, double[] right) = _factors ??= (Doubles(_m, A), Doubles(_n, (j, k) => ref B(k, j)));
            for (int k = 0; k < _k; k++)
            {
                double term = left[(i * _k) + k] * right[(j * _k) + k];
                sum += term;
                scale += Math.Abs(term);
            }
            return sum;
        }

        public void Compare(double tolerance)
        {
            for (int i = 0; i < _m; i++)
            {
                for (int j = 0; j < _n; j++)
                {
                    double expected = Expected(i, j, out double scale), found = double.CreateChecked(C(i, j));
                    if (!(Math.Abs(found - expected) <= tolerance * scale))
                        Assert.Fail(
                            $"{_m} x {_n} x {_k}, {_transposeA}, {_transposeB}, accumulate {_accumulate}, bias {_bias.Length}: ({i}, {j}) "
                            + $"is {found}, not {expected}");
                }
                for (int j = _n; j < _ldc; j++)
                    Assert.Equal(Untouched, double.CreateChecked(C(i, j)));
            }
        }

        private delegate ref T Element(int row, int k);

        private double[] Doubles(int rows, Element element)
        {
            double[] values = new double[rows * _k];
            for (int i = 0; i < values.Length; i++)
                values[i] = double.CreateChecked(element(i / _k, i % _k));
            return values;
        }

        private static T[] Random(int length, ulong stream)
        {
            RandomStream random = new(5, "matrix product", stream);
            T[] values = new T[length];
            for (int i = 0; i < length; i++)
                values[i] = T.CreateChecked(random.NextNormal());
            return values;
        }
    }
}
