using Attractor.Data;
using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Autoencoders;

/// <summary>Rows on disk in the order of an epoch.</summary>
public sealed class RowPoolsTests
{
    private const int Columns = 3, Rows = 1003;

    private readonly TimeSeries _data = new([.. Enumerable.Range(0, Rows * Columns).Select(i => (double)i)], Columns);

    [Fact]
    public void Where_all_fit_into_a_pool_the_order_is_that_of_memory()
    {
        RowPools pools = new(new SeriesRows(_data), Rows, null);
        Assert.Equal(Permutation.Draw(Rows, new(7, "order of samples", 2)), pools.Order(7, 2));
    }

    [Fact]
    public void Every_row_comes_once_and_neighbours_of_a_block_stay_within_a_pool()
    {
        // 10 rows to a block, 4 blocks to a pool.
        RowPools pools = Small(null);
        int[] order = pools.Order(7, 0);
        Assert.Equal(Enumerable.Range(0, Rows), order.Order());
        Assert.All(Small(null, 1000).Order(7, 0).Chunk(40), pool => Assert.Equal(4, pool.Select(row => row / 10).Distinct().Count()));
        Assert.NotEqual(order, pools.Order(7, 1));
        Assert.NotEqual(order, pools.Order(8, 0));
        Assert.Equal(order, Small(null).Order(7, 0));
    }

    [Fact]
    public void Rows_are_read_as_they_are_wherever_they_lie_and_whoever_reads_them()
    {
        Standardization units = Standardization.Of([_data]);
        TimeSeries standard = units.Apply(_data);
        RowPools pools = Small(units);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            int[] order = pools.Order(7, epoch);
            Parallel.For(0, order.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            {
                double[] row = new double[Columns];
                pools.Read(order[i], row, 7, epoch);
                Assert.Equal(standard.Row(order[i]).ToArray(), row);
            });
        }
    }

    private RowPools Small(Standardization? units, int count = Rows)
        => new(new SeriesRows(_data), count, units, blockBytes: 10 * 8 * Columns, poolBytes: 4 * 10 * 8 * Columns);
}
