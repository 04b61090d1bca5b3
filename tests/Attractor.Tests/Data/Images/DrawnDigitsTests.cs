using Attractor.Data;

namespace Attractor.Tests.Data.Images;

public sealed class DrawnDigitsTests
{
    [Fact]
    public void An_image_depends_on_the_seed_and_its_position_alone()
    {
        ImageSet few = DrawnDigits.Draw(20, seed: 1), more = DrawnDigits.Draw(50, seed: 1);
        Assert.Equal((50, 28, 28), (more.Count, more.Height, more.Width));
        Assert.Equal(few.Pixels, more.Take(20).Pixels);
        Assert.Equal(few.Labels, more.Take(20).Labels);
        Assert.NotEqual(few.Pixels.ToArray(), DrawnDigits.Draw(20, seed: 2).Pixels.ToArray());
    }

    [Fact]
    public void Every_class_is_equally_likely_and_no_two_images_are_the_same()
    {
        ImageSet digits = DrawnDigits.Draw(3000, seed: 4);
        // Five standard deviations of a binomial count.
        Assert.All(digits.Labels.ToArray().CountBy(label => label), pair => Assert.InRange(pair.Value, 300 - 83, 300 + 83));
        Assert.Equal(Enumerable.Range(0, 10), digits.Labels.ToArray().Distinct().Order());
        Assert.Equal(3000, Enumerable.Range(0, 3000).Select(n => Convert.ToHexString(digits.Slice(n, 1).ToBytes())).Distinct().Count());
    }

    [Fact]
    public void Digits_are_white_on_black_within_the_image_and_about_as_bright_as_handwritten_ones()
    {
        ImageSet digits = DrawnDigits.Draw(1000, seed: 3);
        double sum = 0, border = 0;
        for (int n = 0; n < digits.Count; n++)
        {
            ReadOnlySpan<float> image = digits[n];
            float brightest = 0;
            for (int i = 0; i < image.Length; i++)
            {
                (int row, int column) = Math.DivRem(i, 28);
                brightest = Math.Max(brightest, image[i]);
                sum += image[i];
                border += row is 0 or 27 || column is 0 or 27 ? image[i] : 0;
            }
            Assert.InRange(brightest, 0.8f, 1f);
        }
        // MNIST: 0.1307 of all light; next to none of it at the border.
        Assert.InRange(sum / digits.Pixels.Length, 0.10, 0.17);
        Assert.InRange(border / sum, 0, 0.003);
    }

    [Fact]
    public void A_digit_is_told_from_the_others_by_the_nearest_image()
    {
        ImageSet known = DrawnDigits.Draw(2000, seed: 5), asked = DrawnDigits.Draw(200, seed: 6);
        int right = 0;
        for (int n = 0; n < asked.Count; n++)
        {
            int nearest = 0;
            float least = float.MaxValue;
            for (int m = 0; m < known.Count; m++)
            {
                float distance = System.Numerics.Tensors.TensorPrimitives.Distance(asked[n], known[m]);
                (nearest, least) = distance < least ? (m, distance) : (nearest, least);
            }
            right += known.Labels[nearest] == asked.Labels[n] ? 1 : 0;
        }
        Assert.InRange(right, 160, 200);
    }

    [Fact]
    public void A_line_is_as_wide_as_its_pen()
    {
        // A horizontal line through the middles of row 4: 2 r pixels of light in each column between its ends.
        float[] image = new float[81];
        Pen.Draw(image, 9, (1, 4.5), (8, 4.5), radius: 1.5);
        double light = 0;
        for (int i = 0; i < 9; i++)
            light += image[(9 * i) + 4];
        Assert.Equal(3, light, 1e-5);
        Assert.Equal(1, image[(9 * 4) + 4]);
        Assert.Equal(0, image[(9 * 1) + 4]);
    }

    [Fact]
    public void No_digits_cannot_be_drawn()
        => Assert.Throws<ArgumentOutOfRangeException>(() => DrawnDigits.Draw(0, seed: 1));
}
