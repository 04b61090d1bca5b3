using Attractor.Numerics;

namespace Attractor.Tests.Numerics.LinearAlgebra;

[Trait("Registers", "Any")]
public sealed class VectorOperationsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(100)]
    public void The_product_of_two_vectors_takes_every_element_once(int length)
    {
        double[] x = [.. Enumerable.Range(1, length).Select(i => (double)i)], y = [.. x.Select(v => (2 * v) - 1)];
        // Whole numbers: the order of the sum does not matter.
        Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), VectorOperations.Dot(x, y));
    }

    [Fact]
    public void Vectors_of_two_lengths_have_no_product()
        => Assert.Throws<ArgumentOutOfRangeException>(() => VectorOperations.Dot([1, 2], [1]));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_value_that_is_not_finite_is_found_wherever_it_is(int length)
    {
        double[] x = [.. Enumerable.Range(1, length).Select(i => i * 1e300)];
        Assert.True(VectorOperations.AreFinite(x));
        foreach (double odd in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            for (int i = 0; i < length; i++)
            {
                double[] other = [.. x];
                other[i] = odd;
                Assert.False(VectorOperations.AreFinite(other));
            }
    }
}
