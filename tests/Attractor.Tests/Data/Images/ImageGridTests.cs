using Attractor.Data;

namespace Attractor.Tests.Data.Images;

public sealed class ImageGridTests
{
    [Fact]
    public void Images_lie_row_by_row_with_a_gap_between_and_around()
    {
        ImageSet images = new([0, 1, 1, 0.6f, 1, 0], 1, 2);
        Raster picture = new ImageGrid { Columns = 2, Gap = 1, Background = 7 }.Of(images);
        Assert.Equal((5, 7), (picture.Height, picture.Width));
        Assert.Equal(
        [
            7, 7, 7, 7, 7, 7, 7,
            7, 0, 255, 7, 255, 153, 7,
            7, 7, 7, 7, 7, 7, 7,
            7, 255, 0, 7, 7, 7, 7,
            7, 7, 7, 7, 7, 7, 7,
        ], picture.Samples.ToArray());
    }

    [Fact]
    public void Magnified_pixels_are_squares()
        => Assert.Equal([0, 0, 255, 255, 0, 0, 255, 255], new ImageGrid { Gap = 0, Magnification = 2 }.Of([0, 1], 1, 2).Samples.ToArray());

    [Fact]
    public void By_default_the_grid_is_square()
    {
        Raster picture = new ImageGrid { Gap = 0 }.Of(new float[64], 1, 1);
        Assert.Equal((8, 8), (picture.Height, picture.Width));
    }

    [Fact]
    public void What_a_model_generates_beyond_black_and_white_is_cut_off()
        => Assert.Equal(
            [0, 0, 255, 255],
            new ImageGrid { Columns = 4, Gap = 0 }.Of([-3, float.NaN, 2, float.PositiveInfinity], 1, 1).Samples.ToArray());

    [Fact]
    public void A_grid_without_columns_or_images_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid { Columns = 0 }.Of([1], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid { Magnification = int.MaxValue }.Of([1], 1, 1));
        Assert.Throws<ArgumentException>(() => new ImageGrid().Of([], 1, 1));
    }
}
