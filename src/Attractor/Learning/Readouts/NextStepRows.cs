using Attractor.Data;

namespace Attractor.Learning;

/// <summary>A stretch of rows that need not be in memory, each of which is to predict the next.</summary>
internal sealed class NextStepRows : TeachingRows
{
    // Of what a lane reads at once; there are as many as lanes and threads.
    private const int BlockBytes = 1 << 16, FewestRows = 8;

    private readonly IRowSource _rows;
    private readonly long _first;
    private readonly int _width, _length;
    private double[]? _block;
    private int _start, _count;

    private NextStepRows(IRowSource rows, long first, int length)
        => (_rows, _first, _length, _width) = (rows, first, length, rows.Names.Count);

    public override int Length => _length - 1;

    /// <summary>
    /// The recordings; where one of them has missing values, the stretches of all without any that leave something of a washout.
    /// </summary>
    public static TeachingRows[] Of(IReadOnlyList<IRowSource> recordings, int washout)
    {
        bool areWhole = recordings.All(rows => rows.Profiles.All(profile => profile.Missing == 0));
        return areWhole
            ? [.. recordings.Where(rows => rows.Count > 1).Select(rows => new NextStepRows(rows, 0, checked((int)rows.Count)))]
            : [.. recordings.SelectMany(rows => RowStretches.Whole(rows).Where(stretch => stretch.Length >= washout + 2)
                .Select(stretch => new NextStepRows(rows, stretch.Start, checked((int)stretch.Length))))];
    }

    public override TeachingRows Open() => new NextStepRows(_rows, _first, _length);

    public override ReadOnlySpan<double> Input(int row) => Row(row);

    public override ReadOnlySpan<double> Target(int row) => Row(row + 1);

    public override double Weight(int row) => 1;

    // From the row before on: a step looks back at it.
    private ReadOnlySpan<double> Row(int row)
    {
        if (row < _start || row >= _start + _count)
        {
            _block ??= new double[(int)Math.Min(_length, Math.Max(FewestRows, (long)BlockBytes / (sizeof(double) * _width))) * _width];
            _start = Math.Max(0, row - 1);
            _count = Math.Min(_block.Length / _width, _length - _start);
            _rows.Read(_first + _start, _block.AsSpan(0, _count * _width));
        }
        return _block.AsSpan((row - _start) * _width, _width);
    }
}
