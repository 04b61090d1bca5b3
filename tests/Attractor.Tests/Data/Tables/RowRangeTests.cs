using Attractor.Data;

namespace Attractor.Tests.Data.Tables;

/// <summary>Parts of rows that need not be in memory, and their stretches without gaps.</summary>
public sealed class RowRangeTests
{
    private static SeriesRows Rows(params double[] values) => new(new TimeSeries(values, 2));

    [Fact]
    public void A_range_has_the_rows_of_its_part_alone()
    {
        RowRange range = new(Rows(1, 2, 3, 4, 5, 6, 7, 8), 1, 2);
        double[] read = new double[4];
        range.Read(0, read);
        Assert.Equal([3, 4, 5, 6], read);
        Assert.Equal((2L, 3.0, 5.0, 4.0), (range.Count, range.Profiles[0].Minimum, range.Profiles[0].Maximum, range.Profiles[0].Mean));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.Read(1, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RowRange(Rows(1, 2), 0, 2));
    }

    [Fact]
    public void Stretches_are_those_of_the_series()
    {
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => i % 2345 == 7 || i is 8192 or 8194 ? double.NaN : i)];
        IEnumerable<(long, long)> expected = new TimeSeries(values, 2).WholeStretches().Select(s => ((long)s.Start, (long)s.Length));
        Assert.Equal(expected, RowStretches.Whole(Rows(values)));
        Assert.Equal([(0, 2)], RowStretches.Whole(Rows(1, 2, 3, 4)));
        Assert.Empty(RowStretches.Whole(Rows(1, double.NaN)));
    }
}
