using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The order of rows on disk in the epochs of a training, and the rows that come next: blocks of neighbours are shuffled, so many of them
/// are in memory at a time as a pool, and the rows of a pool are shuffled once more. While a pool is learnt from, the next one is read.
/// </summary>
/// <remarks>
/// Where all rows fit into one pool, their order is that of a permutation of them all, as in memory. The order depends on the seed and the
/// epoch alone, not on who reads when. Reading is safe on several threads at once.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="count">How many of them, from the front.</param>
/// <param name="units">What they are turned into.</param>
/// <param name="blockBytes">About how many bytes a block has, as float64.</param>
/// <param name="poolBytes">About how many a pool has.</param>
internal sealed class RowPools(IRowSource rows, int count, Standardization? units, int blockBytes = 1 << 18, int poolBytes = 1 << 24)
{
    private readonly int _width = rows.Names.Count;
    private readonly int _blockRows = Math.Max(1, blockBytes / (sizeof(double) * rows.Names.Count));
    private readonly Lock _turn = new();
    private readonly Dictionary<int, Task<double[]>> _pools = [];
    private (ulong Seed, int Epoch)? _epoch;
    private int[] _blocks = [], _places = [];

    private int Blocks => (count + _blockRows - 1) / _blockRows;

    private int PoolBlocks => Math.Max(1, poolBytes / (sizeof(double) * _width * _blockRows));

    private int Pools => (Blocks + PoolBlocks - 1) / PoolBlocks;

    /// <summary>The rows in the order of an epoch.</summary>
    public int[] Order(ulong seed, int epoch)
    {
        RandomStream random = Stream(seed, epoch);
        if (Pools == 1)
            return Permutation.Draw(count, random);
        int[] blocks = Permutation.Draw(Blocks, random), order = new int[count];
        int at = 0;
        for (int pool = 0; pool < Pools; pool++)
        {
            int[] own = [.. blocks.Skip(pool * PoolBlocks).Take(PoolBlocks)
                .SelectMany(block => Enumerable.Range(block * _blockRows, Length(block)))];
            foreach (int row in Permutation.Draw(own.Length, random))
                order[at++] = own[row];
        }
        return order;
    }

    /// <summary>Copies one row of an epoch.</summary>
    /// <param name="row">Which, from 0; rows that are near to each other in the order are had quickly.</param>
    /// <param name="values">D values.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public void Read(int row, Span<double> values, ulong seed, int epoch)
    {
        int block = row / _blockRows;
        (Task<double[]> pool, int place) = Pool(block, seed, epoch);
        double[] all = pool.GetAwaiter().GetResult();
        all.AsSpan(((place * _blockRows) + (row % _blockRows)) * _width, _width).CopyTo(values);
    }

    private static RandomStream Stream(ulong seed, int epoch) => new(seed, MinibatchTrainer.OrderOfSamples, (ulong)epoch);

    private int Length(int block) => Math.Min(_blockRows, count - (block * _blockRows));

    private (Task<double[]> Pool, int Place) Pool(int block, ulong seed, int epoch)
    {
        lock (_turn)
        {
            if (_epoch != (seed, epoch))
                Begin(seed, epoch);
            (int pool, int place) = Math.DivRem(_places[block], PoolBlocks);
            Task<double[]> found = Loaded(pool);
            if (pool + 1 < Pools)
                Loaded(pool + 1);
            return (found, place);
        }
    }

    private void Begin(ulong seed, int epoch)
    {
        _epoch = (seed, epoch);
        // Where all are in one pool, they stay.
        if (Pools == 1)
        {
            _places = _blocks = [.. Enumerable.Range(0, Blocks)];
            return;
        }
        _pools.Clear();
        _blocks = Permutation.Draw(Blocks, Stream(seed, epoch));
        _places = new int[Blocks];
        for (int i = 0; i < Blocks; i++)
            _places[_blocks[i]] = i;
    }

    // A batch may reach from one pool into the next; what lies before them is done with.
    private Task<double[]> Loaded(int pool)
    {
        if (_pools.TryGetValue(pool, out Task<double[]>? found))
            return found;
        foreach (int old in _pools.Keys.Where(other => other < pool - 2 || other > pool + 1).ToArray())
            _pools.Remove(old);
        int[] blocks = [.. _blocks.Skip(pool * PoolBlocks).Take(PoolBlocks)];
        return _pools[pool] = Task.Run(() => Loaded(blocks));
    }

    private double[] Loaded(int[] blocks)
    {
        double[] values = GC.AllocateUninitializedArray<double>(blocks.Length * _blockRows * _width);
        for (int i = 0; i < blocks.Length; i++)
        {
            Span<double> block = values.AsSpan(i * _blockRows * _width, Length(blocks[i]) * _width);
            rows.Read((long)blocks[i] * _blockRows, block);
            units?.Apply(block, block);
        }
        return values;
    }
}
