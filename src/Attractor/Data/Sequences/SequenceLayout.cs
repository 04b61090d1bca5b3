namespace Attractor.Data;

/// <summary>
/// How sequences of different lengths lie in one matrix without padding: by descending length, time by time. The rows of time t are the
/// first n_t sequences, those longer than t.
/// </summary>
/// <remarks>
/// What is computed for all times at once is then one matrix, and what goes step by step works on a leading part
/// of its rows, which only shrinks. Immutable.
/// </remarks>
public sealed class SequenceLayout
{
    private readonly int[] _offsets, _order, _lengths;

    /// <summary>The layout of sequences of these lengths; those of the same length keep their order.</summary>
    /// <param name="lengths">T_s, each at least 1.</param>
    /// <exception cref="ArgumentException">There are none, or one is not positive.</exception>
    public SequenceLayout(params ReadOnlySpan<int> lengths)
    {
        if (lengths.IsEmpty)
            throw new ArgumentException("There are no sequences.", nameof(lengths));
        int[] all = lengths.ToArray();
        foreach (int length in all)
            if (length < 1)
                throw new ArgumentException($"A sequence has {length} steps, expected at least 1.", nameof(lengths));
        _order = [.. Enumerable.Range(0, all.Length).OrderByDescending(i => all[i])];
        _lengths = [.. _order.Select(i => all[i])];
        _offsets = new int[_lengths[0] + 1];
        for (int t = 0, active = _lengths.Length; t < _lengths[0]; t++)
        {
            while (_lengths[active - 1] <= t)
                active--;
            _offsets[t + 1] = checked(_offsets[t] + active);
        }
    }

    /// <summary>S, the number of sequences.</summary>
    public int Sequences => _order.Length;

    /// <summary>T, the number of steps of the longest sequence.</summary>
    public int Steps => _offsets.Length - 1;

    /// <summary>The steps of all sequences together: rows of the matrix.</summary>
    public int Rows => _offsets[^1];

    /// <summary>T + 1 rows: those of time t are <c>Offsets[t]</c> .. <c>Offsets[t + 1] - 1</c>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>Which of the given sequences is the i-th here.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Their lengths, descending.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>n_t, the number of sequences longer than t.</summary>
    public int Active(int t) => _offsets[t + 1] - _offsets[t];

    /// <summary>For each row after those of time 0, the row of the same sequence one step before.</summary>
    public int[] PreviousRows()
    {
        int[] previous = new int[Rows - Sequences];
        for (int t = 1, next = 0; t < Steps; t++)
            for (int i = 0; i < Active(t); i++)
                previous[next++] = _offsets[t - 1] + i;
        return previous;
    }

    /// <summary>For each row, which of the sequences it belongs to, counted as they lie here.</summary>
    public int[] SequenceOfRows()
    {
        int[] sequence = new int[Rows];
        for (int t = 0, next = 0; t < Steps; t++)
            for (int i = 0; i < Active(t); i++)
                sequence[next++] = i;
        return sequence;
    }

    /// <summary>The rows of one sequence, in time.</summary>
    /// <param name="sequence">Counted as they lie here.</param>
    public int[] RowsOf(int sequence)
    {
        int[] rows = new int[_lengths[sequence]];
        for (int t = 0; t < rows.Length; t++)
            rows[t] = _offsets[t] + sequence;
        return rows;
    }
}
