using Attractor.Data;

namespace Attractor.Tests.Data.Smoothing;

public sealed class SavitzkyGolayFilterTests
{
    // Tables I and II of Savitzky and Golay (1964), as corrected by Steinier, Termonia and Deltour (1972).
    public static TheoryData<int, int, int, int[]> Published => new()
    {
        { 2, 2, 35, [-3, 12, 17, 12, -3] },
        { 3, 2, 35, [-3, 12, 17, 12, -3] },
        { 2, 3, 21, [-2, 3, 6, 7, 6, 3, -2] },
        { 2, 4, 231, [-21, 14, 39, 54, 59, 54, 39, 14, -21] },
        { 4, 3, 231, [5, -30, 75, 131, 75, -30, 5] },
        { 4, 4, 429, [15, -55, 30, 135, 179, 135, 30, -55, 15] },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Weights_are_the_published_ones(int order, int halfWidth, int norm, int[] weights)
    {
        SavitzkyGolayFilter filter = new(order, halfWidth);
        Assert.Equal(weights.Length, filter.Weights.Count);
        for (int i = 0; i < weights.Length; i++)
            Assert.Equal((double)weights[i] / norm, filter.Weights[i], 1e-14);
        Assert.Equal(filter.Weights.Sum(k => k * k), filter.Leverage, 1e-14);
    }

    // What the first of five values counts in their parabola, from the first value to the last, is (31, 9, -3, -5, 3) / 35.
    [Fact]
    public void The_ends_are_of_the_polynomials_of_the_last_windows()
    {
        SavitzkyGolayFilter filter = new(2, 2);
        double[] smooth = filter.Apply([1, 0, 0, 0, 0, 0, 0]), mirrored = filter.Apply([0, 0, 0, 0, 0, 0, 1]);
        double[] expected = [31, 9, -3, 0, 0, 0, 0];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i] / 35, smooth[i], 1e-14);
            Assert.Equal(expected[i] / 35, mirrored[^(i + 1)], 1e-14);
        }
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(4, 50)]
    [InlineData(0, 3)]
    [InlineData(8, 5)]
    public void A_polynomial_of_the_order_passes_unchanged_ends_included(int order, int halfWidth)
    {
        double[] values = [.. Enumerable.Range(0, 160).Select(t => 1.5 - Math.Pow((t - 40) / 50.0, order))];
        double[] smooth = new SavitzkyGolayFilter(order, halfWidth).Apply(values);
        for (int t = 0; t < values.Length; t++)
            Assert.Equal(values[t], smooth[t], 1e-10);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Contains(
            "more than 5",
            Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolayFilter(4, 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolayFilter(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolayFilter(9, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolayFilter(2, SavitzkyGolayFilter.MostHalfWidth + 1));
        Assert.Contains(
            "there are 4",
            Assert.Throws<ArgumentException>(() => new SavitzkyGolayFilter(2, 2).Apply([1, 2, 3, 4])).Message,
            StringComparison.Ordinal);
    }
}
