using System.Runtime.ExceptionServices;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>The sufficient statistics of some rows for all blocks of a mixture, laid out for <see cref="ResponsibilityKernel"/>.</summary>
/// <remarks>
/// Statistics that are 1 in every row, such as whether a value of a column without missing ones is there, are the same one.
/// </remarks>
internal sealed unsafe class MixtureDesign : IDisposable
{
    private const int MostParts = 64, TileRows = ResponsibilityKernel.TileRows;

    private readonly IReadOnlyList<ConjugateBlock> _blocks;
    private readonly AlignedBuffer<double> _tiles;
    private readonly int[][] _columns;
    private readonly Communicator? _ranks;
    private readonly int _width;
    private int _firstTile;

    /// <summary>Room for rows.</summary>
    /// <param name="blocks">The blocks of the mixture.</param>
    /// <param name="rows">Where rows will come from: their columns and what these hold.</param>
    /// <param name="capacity">How many rows there will be at most.</param>
    /// <param name="ranks">Others who have the rows that this one has no room for; null if all are here.</param>
    public MixtureDesign(IReadOnlyList<ConjugateBlock> blocks, IRowSource rows, int capacity, Communicator? ranks = null)
    {
        _ranks = ranks;
        (_blocks, _columns, _width) = (blocks, MixtureColumns.Find(blocks, rows.Names), rows.Names.Count);
        Origins = [.. blocks.Select(
            (b, i) => (double[])[.. _columns[i].Select(c => b.IsLocation && rows.Profiles[c].Present > 0 ? rows.Profiles[c].Mean : 0)])];
        Maps = new int[blocks.Count][];
        int features = 1;
        for (int i = 0; i < blocks.Count; i++)
        {
            bool[] complete = [.. _columns[i].Select(c => rows.Profiles[c].Missing == 0)];
            Maps[i] = [.. Enumerable.Range(0, blocks[i].Statistics).Select(s => blocks[i].IsOne(s, complete) ? 0 : features++)];
        }
        Features = features;
        Base = new double[blocks.Count];
        Capacity = capacity;
        long tiles = (capacity + (long)TileRows - 1) / TileRows, parts = Math.Max(1, Math.Min(MostParts, tiles)), size = ranks?.Size ?? 1;
        long own = size == 1 ? tiles : (parts + size - 1) / size * ((tiles + parts - 1) / parts);
        _tiles = new(own * Features * TileRows);
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>How many there may be.</summary>
    public int Capacity { get; }

    /// <summary>F.</summary>
    public int Features { get; }

    /// <summary>Of each block, which of the F each of its statistics is.</summary>
    public int[][] Maps { get; }

    /// <summary>Of each block, what its columns are measured from.</summary>
    public double[][] Origins { get; }

    /// <summary>The sum of log h(x) of each block.</summary>
    public double[] Base { get; }

    public int Tiles => (Rows + TileRows - 1) / TileRows;

    /// <summary>Into how many parts the tiles are cut for threads: it does not depend on how many there are.</summary>
    public int Parts => Math.Min(MostParts, Tiles);

    /// <summary>The tiles of a part.</summary>
    public (int First, int End) TilesOf(int part) => ((int)((long)Tiles * part / Parts), (int)((long)Tiles * (part + 1) / Parts));

    /// <summary>Those of the parts that are here.</summary>
    public (int First, int End) OwnParts => _ranks?.Share(Parts) ?? (0, Parts);

    /// <summary>Who has the other parts; null if all are here.</summary>
    public Communicator? Ranks => _ranks;

    /// <summary>The statistics of a tile that is here: F x 256.</summary>
    public double* Tile(int tile) => _tiles.Pointer + ((long)(tile - _firstTile) * Features * TileRows);

    public int RowsOf(int tile) => Math.Min(TileRows, Rows - (tile * TileRows));

    /// <summary>Takes rows in place of those that were there.</summary>
    /// <param name="rows">Where from, with the columns of the source that this was made for.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">1 for one thread.</param>
    /// <exception cref="ArgumentException">A value does not belong into its column.</exception>
    /// <exception cref="IOException">The rows cannot be read.</exception>
    public void Fill(IRowSource rows, long first, int count, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Rows = count;
        (int own, int end) = OwnParts;
        _firstTile = own < end ? TilesOf(own).First : 0;
        double[] bases = new double[Parts * Base.Length];
        Filling filling = new(this, rows, first, bases);
        if (_ranks is null)
            FillOwn();
        else
            _ranks.Exchange(FillOwn, bases, Parts);
        Array.Clear(Base);
        for (int i = 0; i < bases.Length; i++)
            Base[i % Base.Length] += bases[i];

        void FillOwn()
        {
            ThreadTeam.Do(filling, end - own, threads);
            if (filling.Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            if (filling.Fault is { } fault)
                throw new ArgumentException(fault, nameof(rows));
        }
    }

    public void Dispose() => _tiles.Dispose();

    private sealed class Filling(MixtureDesign design, IRowSource rows, long first, double[] bases) : ThreadTeam.IParts
    {
        private readonly string?[] _faults = new string?[design.Parts];
        private readonly int _own = design.OwnParts.First;

        public IOException? Failure { get; private set; }

        public string? Fault => Array.Find(_faults, f => f is not null);

        // What a thread of the team throws would end the process: a fault is kept and told by the caller.
        public void Do(int index)
        {
            int part = _own + index;
            try
            {
                (int begin, int end) = design.TilesOf(part);
                double[] read = new double[TileRows * design._width];
                for (int tile = begin; tile < end && _faults[part] is null; tile++)
                {
                    int count = design.RowsOf(tile);
                    rows.Read(first + ((long)tile * TileRows), read.AsSpan(0, count * design._width));
                    Write(part, tile, count, read);
                }
            }
            catch (IOException e)
            {
                Failure = e;
            }
        }

        private void Write(int part, int tile, int count, double[] read)
        {
            double* target = design.Tile(tile);
            new Span<double>(target, design.Features * TileRows).Clear();
            new Span<double>(target, count).Fill(1);
            for (int b = 0; b < design._blocks.Count; b++)
            {
                ConjugateBlock block = design._blocks[b];
                int[] columns = design._columns[b], map = design.Maps[b];
                double[] x = new double[columns.Length], statistics = new double[block.Statistics], origin = design.Origins[b];
                double sum = 0;
                for (int n = 0; n < count; n++)
                {
                    for (int d = 0; d < x.Length; d++)
                    {
                        x[d] = read[(n * design._width) + columns[d]];
                        if (!double.IsNaN(x[d]) && block.Fault(x[d]) is { } fault)
                        {
                            _faults[part] = FormattableString.Invariant(
                                $"row {first + ((long)tile * TileRows) + n + 1}, column '{block.Columns[d]}': {x[d]} {fault}");
                            return;
                        }
                    }
                    block.WriteStatistics(x, origin, statistics);
                    sum += block.LogBase(x);
                    for (int s = 0; s < map.Length; s++)
                        if (map[s] > 0)
                            target[(map[s] * TileRows) + n] = statistics[s];
                }
                bases[(part * design._blocks.Count) + b] += sum;
            }
        }
    }
}
