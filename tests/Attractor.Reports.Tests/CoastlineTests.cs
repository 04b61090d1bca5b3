namespace Attractor.Reports.Tests;

/// <summary>Coasts are where the earth has them.</summary>
public sealed class CoastlineTests
{
    [Fact]
    public void Iceland_is_an_island_between_63_and_67_degrees()
    {
        (double[] x, double[] y) = Coastlines.Within(-26, -12, 62, 68);
        double[] longitudes = [.. x.Where(double.IsFinite)], latitudes = [.. y.Where(double.IsFinite)];
        Assert.InRange(latitudes.Min(), 63, 64);
        Assert.InRange(latitudes.Max(), 66, 67);
        Assert.InRange(longitudes.Min(), -25, -22);
        Assert.InRange(longitudes.Max(), -15, -13);
    }

    [Fact]
    public void New_Zealand_is_there_however_longitudes_are_counted()
    {
        (double[] here, double[] south) = Coastlines.Within(166, 179, -48, -34);
        (double[] turned, double[] again) = Coastlines.Within(166 - 360, 179 - 360, -48, -34);
        Assert.NotEmpty(here);
        Assert.Equal(south, again);
        Assert.Equal(here.Where(double.IsFinite), turned.Where(double.IsFinite).Select(v => v + 360), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void The_open_sea_has_none() => Assert.Empty(Coastlines.Within(-40, -35, 25, 30).X);
}
