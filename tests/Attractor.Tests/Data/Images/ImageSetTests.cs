using Attractor.Data;

namespace Attractor.Tests.Data.Images;

public sealed class ImageSetTests
{
    [Fact]
    public void Grey_levels_become_pixels_from_0_to_1_and_back()
    {
        byte[] levels = [.. Enumerable.Range(0, 256).Select(level => (byte)level)];
        ImageSet images = ImageSet.FromBytes(levels, 4, 8);
        Assert.Equal((8, 4, 8, 32), (images.Count, images.Height, images.Width, images.Dimension));
        Assert.Equal(255 / 255f, images.Pixels[255]);
        Assert.Equal(32 / 255f, images[1][0]);
        Assert.Equal(levels, images.ToBytes());
        Assert.False(images.HasLabels);
    }

    [Theory]
    [InlineData(1.01f, "Pixel 2 of image 1 is 1.01, expected 0 (black) to 1 (white).")]
    [InlineData(-0.5f, "Pixel 2 of image 1 is -0.5")]
    [InlineData(float.NaN, "Pixel 2 of image 1 is NaN")]
    public void A_pixel_beyond_black_and_white_is_refused(float pixel, string message)
        => Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(() => new ImageSet([0, 1, 0.5f, 0, 0, pixel], 1, 3)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Sizes_and_labels_must_agree()
    {
        Assert.Contains(
            "7 pixels are not a whole number of images of 2 x 2",
            Assert.Throws<ArgumentException>(() => new ImageSet(new float[7], 2, 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ImageSet([], 2, 2));
        Assert.Contains(
            "Expected 2 labels",
            Assert.Throws<ArgumentException>(() => new ImageSet(new float[8], 2, 2, [1, 2, 3])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_and_permutations_take_their_labels_with_them()
    {
        ImageSet images = Numbered(10);
        (ImageSet first, ImageSet second) = images.Split(0.7);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal([7, 8, 9], second.Labels);
        Assert.Equal(images.Take(7).Pixels, first.Pixels);
        ImageSet shuffled = images.Shuffle(seed: 3);
        Assert.NotEqual(images.Labels.ToArray(), shuffled.Labels.ToArray());
        Assert.Equal(images.Labels.ToArray(), shuffled.Labels.ToArray().Order());
        for (int i = 0; i < 10; i++)
            Assert.Equal(images[shuffled.Labels[i]], shuffled[i]);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Take(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Split(0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Select([10]));
    }

    [Fact]
    public void An_order_is_a_permutation_of_its_own_for_every_seed_and_epoch()
    {
        int[] order = ImageSet.Order(1000, seed: 1, epoch: 2);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, ImageSet.Order(1000, seed: 1, epoch: 2));
        Assert.NotEqual(order, ImageSet.Order(1000, seed: 1, epoch: 3));
        Assert.NotEqual(order, ImageSet.Order(1000, seed: 2, epoch: 2));
    }

    [Fact]
    public void Every_image_is_equally_likely_at_every_place()
    {
        int[] firsts = new int[5];
        for (int epoch = 0; epoch < 10_000; epoch++)
            firsts[ImageSet.Order(5, 1, epoch)[0]]++;
        // Five standard deviations of a binomial count.
        Assert.All(firsts, count => Assert.InRange(count, 2000 - 200, 2000 + 200));
    }

    [Fact]
    public void Rounding_starts_white_at_level_128()
        => Assert.Equal([0, 0, 1, 1], ImageSet.FromBytes([0, 127, 128, 255], 1, 4).Binarize(Binarization.Rounded).Pixels);

    [Fact]
    public void Sampled_pixels_are_white_as_often_as_they_are_bright()
    {
        ImageSet one = ImageSet.FromBytes([0, 51, 128, 204, 255], 1, 5);
        float[] batch = new float[5], white = new float[5];
        const int Epochs = 20_000;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            one.Gather([0], batch, Binarization.Sampled, seed: 1, epoch);
            for (int i = 0; i < 5; i++)
            {
                Assert.True(batch[i] is 0 or 1);
                white[i] += batch[i];
            }
        }
        Assert.Equal((0f, (float)Epochs), (white[0], white[4]));
        // Five standard deviations.
        for (int i = 1; i < 4; i++)
            Assert.Equal(one.Pixels[i], white[i] / Epochs, 5 * Math.Sqrt(0.25 / Epochs));
    }

    [Fact]
    public void Neighbouring_sampled_pixels_are_independent()
    {
        ImageSet grey = new([.. Enumerable.Repeat(0.5f, 10_000)], 1, 10_000);
        ReadOnlySpan<float> pixels = grey.Binarize(Binarization.Sampled, seed: 1).Pixels;
        for (int lag = 1; lag <= 4; lag++)
        {
            int equal = 0;
            for (int i = lag; i < pixels.Length; i++)
                equal += pixels[i] == pixels[i - lag] ? 1 : 0;
            Assert.InRange(equal / (double)(pixels.Length - lag), 0.475, 0.525);
        }
    }

    [Fact]
    public void A_sampled_image_depends_on_seed_epoch_and_position_alone()
    {
        ImageSet images = new([.. Enumerable.Repeat(0.5f, 4 * 64)], 8, 8);
        ImageSet whole = images.Binarize(Binarization.Sampled, seed: 5, epoch: 1);
        float[] batch = new float[2 * 64];
        images.Gather([3, 1], batch, Binarization.Sampled, seed: 5, epoch: 1);
        Assert.Equal(whole[3], batch.AsSpan(0, 64));
        Assert.Equal(whole[1], batch.AsSpan(64, 64));
        Assert.NotEqual(whole[0].ToArray(), whole[1].ToArray());
        Assert.NotEqual(whole.Pixels.ToArray(), images.Binarize(Binarization.Sampled, seed: 5, epoch: 2).Pixels.ToArray());
        Assert.NotEqual(whole.Pixels.ToArray(), images.Binarize(Binarization.Sampled, seed: 6, epoch: 1).Pixels.ToArray());
    }

    [Fact]
    public void A_batch_of_another_size_is_refused()
        => Assert.Contains(
            "expected 2 images x 3 pixels",
            Assert.Throws<ArgumentException>(() => Numbered(4).Gather([0, 1], new float[5])).Message,
            StringComparison.Ordinal);

    private static ImageSet Numbered(int count)
        => new([.. Enumerable.Range(0, 3 * count).Select(i => i / (3f * count))], 1, 3, [.. Enumerable.Range(0, count)]);
}
