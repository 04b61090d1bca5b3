using Attractor.Data;

namespace Attractor.Tests.Data;

public sealed class NonFiniteValuesTests
{
    [Fact]
    public void Finite_data_has_none()
    {
        TimeSeries series = new([1, 2, double.MaxValue, double.Epsilon], 2);
        Assert.Null(series.FindNonFinite());
        Assert.Equal(0, series.CountMissing());
    }

    [Fact]
    public void The_first_is_located_and_both_kinds_are_counted()
    {
        TimeSeries series = new([1, 2, 3, double.PositiveInfinity, double.NaN, 6, 7, double.NaN], 2, names: ["u", "v"]);
        Assert.Equal(new NonFiniteValues(2, 1, 1, 1, "v"), series.FindNonFinite());
        Assert.Equal(3, series.FindNonFinite()!.Count);
        Assert.Equal(2, series.CountMissing());
    }

    [Theory]
    [InlineData(1, 0, "1 missing value, in row 4, column 'v' (rows count from 0)")]
    [InlineData(3, 0, "3 missing values, the first in row 4, column 'v' (rows count from 0)")]
    [InlineData(0, 2, "2 infinite values, the first in row 4, column 'v' (rows count from 0)")]
    [InlineData(3, 1, "3 missing and 1 infinite value, the first in row 4, column 'v' (rows count from 0)")]
    public void In_words(int missing, int infinite, string words)
        => Assert.Equal(words, new NonFiniteValues(missing, infinite, 4, 1, "v").ToString());
}
