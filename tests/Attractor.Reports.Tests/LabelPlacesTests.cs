namespace Attractor.Reports.Tests;

/// <summary>Names in a plane do not lie over each other.</summary>
public sealed class LabelPlacesTests
{
    [Fact]
    public void Names_that_do_not_touch_stay()
    {
        (double, double)[] places = [(0, 0), (1, 0), (0, 2), (5, 5)];
        Assert.Equal(places, LabelPlaces.Parted(places, 1, 2));
    }

    [Fact]
    public void Two_of_one_place_part_by_half_a_name_each()
        => Assert.Equal([(3, 3.5), (3, 4.5)], LabelPlaces.Parted([(3, 4), (3, 4)], 2, 1));

    [Fact]
    public void Of_ten_in_a_heap_none_overlap_and_none_goes_far()
    {
        (double X, double Y)[] wished = [.. Enumerable.Range(0, 10).Select(i => (0.3 * Math.Cos(i * 2.4), 0.3 * Math.Sin(i * 2.4)))];
        (double X, double Y)[] places = LabelPlaces.Parted(wished, 0.4, 0.3);
        for (int i = 0; i < places.Length; i++)
        {
            Assert.InRange(Math.Abs(places[i].X - wished[i].X), 0, 1);
            Assert.InRange(Math.Abs(places[i].Y - wished[i].Y), 0, 1);
            for (int k = 0; k < i; k++)
                Assert.True(
                    Math.Abs(places[i].X - places[k].X) > 0.4 - 1e-6 || Math.Abs(places[i].Y - places[k].Y) > 0.3 - 1e-6, $"{i}, {k}");
        }
    }
}
