using Attractor.Data;

namespace Attractor.Tests.Data;

public sealed class StandardizationTests
{
    [Fact]
    public void Of_several_recordings_it_is_that_of_all_their_rows()
    {
        Standardization units = Standardization.Of([new([1, 10, 2, double.NaN], 2), new([3, 14, 6, 12], 2)]);
        Assert.Equal([3, 12], units.Mean);
        Assert.Equal(Math.Sqrt(3.5), units.Scale[0], 1e-14);
        Assert.Equal(Math.Sqrt(8.0 / 3), units.Scale[1], 1e-14);
        Assert.Equal(0.5 * (Math.Log(3.5) + Math.Log(8.0 / 3)), units.LogScale, 1e-14);
    }

    [Fact]
    public void What_is_constant_or_never_there_keeps_its_scale()
    {
        Standardization units = Standardization.Of([new([7, double.NaN, 7, double.NaN], 2)]);
        Assert.Equal([7, 0], units.Mean);
        Assert.Equal([1, 1], units.Scale);
    }

    [Fact]
    public void The_inverse_leads_back()
    {
        Standardization units = new([1013, -2], [8, 0.5]);
        TimeSeries data = new([1000, -3, 1021, 4], 2), back = units.Inverse.Apply(units.Apply(data));
        for (int i = 0; i < 4; i++)
            Assert.Equal(data.Values[i], back.Values[i], 1e-12);
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0.93, 0.23, true)]
    [InlineData(1013, 8, false)]
    [InlineData(0, 1e-6, false)]
    [InlineData(0, 5, false)]
    public void Data_of_order_one_are_told_from_others(double mean, double scale, bool near)
        => Assert.Equal(near, new Standardization([0, mean], [1, scale]).IsNearIdentity);

    [Fact]
    public void Recordings_of_other_variables_are_refused()
        => Assert.Contains(
            "series of 1 variables, found 2",
            Assert.Throws<ArgumentException>(() => Standardization.Of([new([1], 1), new([1, 2], 2)])).Message,
            StringComparison.Ordinal);
}
