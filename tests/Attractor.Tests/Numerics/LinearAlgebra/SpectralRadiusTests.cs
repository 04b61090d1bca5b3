using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Numerics.LinearAlgebra;

[Trait("Registers", "Any")]
public sealed class SpectralRadiusTests
{
    [Theory]
    [InlineData("random", 20)]
    [InlineData("random", 100)]
    [InlineData("random", 250)]
    [InlineData("symmetric", 120)]
    [InlineData("sparse", 200)]
    [InlineData("very sparse", 150)]
    [InlineData("positive", 90)]
    public void It_is_the_largest_magnitude_of_all_eigenvalues(string kind, int n)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            double[] a = Draw(kind, n, seed);
            double expected = Matrix<double>.Build.DenseOfRowMajor(n, n, a).Evd(Symmetricity.Asymmetric).EigenValues.Max(e => e.Magnitude);
            Assert.Equal(1, SpectralRadius.Of(a, n) / expected, 1e-10);
            Assert.Equal(1, SpectralRadius.ByEigenvalues(a, n) / expected, 1e-12);
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(141)]
    public void A_dominant_complex_pair_is_found(int n)
    {
        // One rotation by 1 radian that grows by 1.25, the others smaller; mixed by a random orthogonal basis.
        Matrix<double> blocks = Matrix<double>.Build.Dense(n, n);
        for (int i = 0; i + 1 < n; i += 2)
        {
            double size = 1.25 - (0.5 * Math.Min(1, i)) - (0.005 * i);
            blocks[i, i] = blocks[i + 1, i + 1] = size * Math.Cos(1 + i);
            blocks[i, i + 1] = -(blocks[i + 1, i] = size * Math.Sin(1 + i));
        }
        Matrix<double> q = Matrix<double>.Build.DenseOfRowMajor(n, n, Draw("random", n, 1)).QR().Q;
        double[] a = (q * blocks * q.Transpose()).ToRowMajorArray();
        Assert.True(SpectralRadius.TryEstimate((x, y) => Multiply(a, x, y), n, out double value));
        Assert.Equal(1.25, value, 1e-11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(70)]
    [InlineData(300)]
    public void Of_a_strict_triangle_it_is_exactly_0(int n)
    {
        double[] a = Draw("random", n, 2);
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                a[(i * n) + j] = 0;
        Assert.True(SpectralRadius.TryEstimate((x, y) => Multiply(a, x, y), n, out double value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void Of_a_delay_line_it_is_exactly_0_and_of_a_cycle_its_weight()
    {
        const int N = 500;
        void Line(ReadOnlySpan<double> x, Span<double> y)
        {
            x[..(N - 1)].CopyTo(y[1..]);
            y[0] = 0;
        }
        Assert.True(SpectralRadius.TryEstimate(Line, N, out double value));
        Assert.Equal(0, value);

        // All eigenvalues of a cycle are equally large: nothing to converge to.
        double[] cycle = new double[60 * 60];
        for (int i = 0; i < 60; i++)
            cycle[(i * 60) + ((i + 59) % 60)] = 0.7;
        Assert.Equal(0.7, SpectralRadius.Of(cycle, 60), 1e-12);
    }

    [Fact]
    public void Two_calls_give_the_same_bits()
    {
        double[] a = Draw("sparse", 200, 3);
        Assert.Equal(SpectralRadius.Of(a, 200), SpectralRadius.Of(a, 200));
    }

    [Fact]
    public void What_is_not_a_finite_square_matrix_is_refused()
    {
        Assert.Contains(
            "Expected 2 x 2 values, found 3", Assert.Throws<ArgumentException>(() => SpectralRadius.Of(new double[3], 2)).Message);
        Assert.Throws<ArithmeticException>(() => SpectralRadius.Of([1, double.NaN, 0, 1], 2));
        double[] large = new double[60 * 60];
        large[7] = double.PositiveInfinity;
        Assert.Throws<ArithmeticException>(() => SpectralRadius.Of(large, 60));
    }

    private static double[] Draw(string kind, int n, ulong seed)
    {
        RandomStream random = new(seed, kind);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                a[(i * n) + j] = kind switch
                {
                    "symmetric" when j < i => a[(j * n) + i],
                    "sparse" when random.NextDouble() > 0.05 => 0,
                    "very sparse" when random.NextDouble() > 0.012 => 0,
                    "positive" => random.NextDouble(),
                    _ => random.NextNormal(),
                };
        return a;
    }

    private static void Multiply(double[] a, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = 0;
            for (int j = 0; j < x.Length; j++)
                y[i] += a[(i * x.Length) + j] * x[j];
        }
    }
}
