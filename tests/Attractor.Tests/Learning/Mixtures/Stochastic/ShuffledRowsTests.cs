using Attractor.Data;
using Attractor.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Learning.Mixtures.Stochastic;

public sealed class ShuffledRowsTests
{
    [Fact]
    public void The_order_is_a_permutation_of_the_rows_in_whatever_pieces_it_is_read()
        => Prop.ForAll(
            Gen.OneOf(Gen.Choose(1, 700), Gen.Elements(1, 63, 64, 65, 128, 640, 6400)).ToArbitrary(),
            Gen.Choose(0, 1000).ToArbitrary(),
            Gen.Choose(1, 200).NonEmptyListOf().ToArbitrary(),
            (count, seed, pieces) =>
            {
                ShuffledRows shuffled = new(Numbered(count), (ulong)seed, 1);
                double[] whole = new double[2 * count], again = new double[2 * count];
                shuffled.Read(0, whole);
                for (int first = 0, i = 0, length; first < count; first += length, i++)
                {
                    length = Math.Min(pieces[i % pieces.Count], count - first);
                    shuffled.Read(first, again.AsSpan(2 * first, 2 * length));
                }
                int[] order = [.. whole.Where((_, i) => i % 2 == 0).Select(v => (int)v)];
                // A row stays whole: its second value is the negative of its first.
                bool rowsAreWhole = Enumerable.Range(0, count).All(n => whole[(2 * n) + 1] == -whole[2 * n]);
                return shuffled.Count == count && rowsAreWhole
                    && whole.SequenceEqual(again) && order.Order().SequenceEqual(Enumerable.Range(0, count));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Each_epoch_and_each_seed_has_an_order_of_its_own()
    {
        double[] first = Order(1000, 1, 1);
        Assert.Equal(first, Order(1000, 1, 1));
        Assert.NotEqual(first, Order(1000, 1, 2));
        Assert.NotEqual(first, Order(1000, 2, 1));
        Assert.NotEqual(first, first.Order());
    }

    private static double[] Order(int count, ulong seed, ulong index)
    {
        double[] rows = new double[2 * count];
        new ShuffledRows(Numbered(count), seed, index).Read(0, rows);
        return [.. rows.Where((_, i) => i % 2 == 0)];
    }

    private static SeriesRows Numbered(int count)
        => new(new TimeSeries([.. Enumerable.Range(0, count).SelectMany(n => (double[])[n, -n])], 2));
}
