using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The rows of a source in a random order of short runs of neighbours, which cost little more to read than rows in their own order.
/// </summary>
internal sealed class ShuffledRows : IRowSource
{
    private const int Run = 64;

    private readonly IRowSource _rows;
    private readonly int[] _order;

    // The last run may be shorter than the others; where it comes, the runs after it begin earlier.
    private readonly int _short;

    public ShuffledRows(IRowSource rows, ulong seed, ulong index)
    {
        _rows = rows;
        int runs = checked((int)((rows.Count + Run - 1) / Run));
        _order = Permutation.Draw(runs, new(seed, "order of rows", index));
        _short = Array.IndexOf(_order, runs - 1);
    }

    public long Count => _rows.Count;

    public IReadOnlyList<string> Names => _rows.Names;

    public IReadOnlyList<ColumnProfile> Profiles => _rows.Profiles;

    private int Missing => (int)((Run - (_rows.Count % Run)) % Run);

    public void Read(long first, Span<double> rows)
    {
        int width = Names.Count;
        while (rows.Length > 0)
        {
            (int run, int offset) = Find(first);
            long at = ((long)_order[run] * Run) + offset;
            int length = (int)Math.Min(rows.Length / width, (run == _short ? Run - Missing : Run) - offset);
            _rows.Read(at, rows[..(length * width)]);
            rows = rows[(length * width)..];
            first += length;
        }
    }

    private (int Run, int Offset) Find(long row)
    {
        int run = (int)(row / Run);
        if (run < _short || (run == _short && row % Run < Run - Missing))
            return (run, (int)(row % Run));
        row += Missing;
        return ((int)(row / Run), (int)(row % Run));
    }
}
