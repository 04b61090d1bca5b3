using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(37)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(500)]
    [InlineData(847)]
    [InlineData(997)]
    [InlineData(1000)]
    public void It_is_the_sum_that_defines_it(int n)
    {
        RandomStream random = new(1, "test");
        Complex[] x = [.. Enumerable.Range(0, n).Select(_ => new Complex(random.NextNormal(), random.NextNormal()))], transformed = [.. x];
        FourierTransform transform = new(n);
        transform.Forward(transformed);
        for (int k = 0; k < n; k++)
        {
            Complex expected = default;
            for (int t = 0; t < n; t++)
                expected += x[t] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * t % n) / n);
            Assert.Equal(0, (expected - transformed[k]).Magnitude, 1e-11 * Math.Sqrt(n));
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(99_991)]
    public void Energy_is_conserved_and_the_same_input_gives_the_same_output(int n)
    {
        RandomStream random = new(2, "test");
        Complex[] x = [.. Enumerable.Range(0, n).Select(_ => new Complex(random.NextNormal(), 0))], first = [.. x], second = [.. x];
        FourierTransform transform = new(n);
        transform.Forward(first);
        transform.Forward(second);
        Assert.Equal(first, second);
        Assert.Equal(1, first.Sum(z => z.Real * z.Real + (z.Imaginary * z.Imaginary)) / n / x.Sum(z => z.Real * z.Real), 1e-12);
    }

    [Fact]
    public void Other_lengths_than_its_own_are_refused()
        => Assert.Throws<ArgumentException>(() => new FourierTransform(8).Forward(new Complex[7]));
}
