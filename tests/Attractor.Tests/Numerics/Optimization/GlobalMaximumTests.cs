using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Optimization;

/// <summary>The highest points of a function of one variable.</summary>
public sealed class GlobalMaximumTests
{
    [Fact]
    public void A_function_that_is_nowhere_a_number_has_none()
    {
        foreach (Func<double, double> f in (Func<double, double>[])[
            _ => double.NaN, _ => double.NegativeInfinity, x => x < 0.5 ? double.NaN : double.NegativeInfinity])
            Assert.Contains(
                "not a number at all", Assert.Throws<ArgumentException>(() => new GlobalMaximum(f, 0, 1, 1, 0)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void The_higher_of_two_peaks_comes_first()
    {
        // -(x^2 - 1)^2 + x / 10 has its maxima where 4 x (1 - x^2) + 1 / 10 is 0, beside -1 and 1.
        GlobalMaximum found = new(x => -Math.Pow((x * x) - 1, 2) + (x / 10), -3, 3, 10, 0);
        Assert.Equal(2, found.Maxima.Count);
        foreach ((double location, double value, double left, double right) in found.Maxima)
        {
            Assert.Equal(0, (4 * location * (1 - (location * location))) + 0.1, 1e-6);
            Assert.InRange(location, left, right);
            Assert.Equal(-Math.Pow((location * location) - 1, 2) + (location / 10), value, 1e-15);
        }
        Assert.True(found.Maxima[0].Location > 0 && found.Maxima[1].Location < 0);
        // Within a margin of 0.1 there is the first alone: the other is 0.2 lower.
        Assert.True(Assert.Single(new GlobalMaximum(x => -Math.Pow((x * x) - 1, 2) + (x / 10), -3, 3, 0.1, 0).Maxima).Location > 0);
    }

    [Fact]
    public void A_function_that_rises_without_end_is_refused()
        => Assert.Contains(
            "does not fall towards +infinity",
            Assert.Throws<ArgumentException>(() => new GlobalMaximum(x => x, double.NegativeInfinity, double.PositiveInfinity, 1, 0))
                .Message,
            StringComparison.Ordinal);
}
