using Attractor.Data;

namespace Attractor.Tests.Data.Sequences;

public sealed class SequenceLayoutTests
{
    [Fact]
    public void Rows_go_time_by_time_over_the_sequences_that_last_longest_first()
    {
        SequenceLayout layout = new(2, 4, 1, 4);
        Assert.Equal([1, 3, 0, 2], layout.Order.ToArray());
        Assert.Equal([4, 4, 2, 1], layout.Lengths.ToArray());
        Assert.Equal([0, 4, 7, 9, 11], layout.Offsets.ToArray());
        Assert.Equal((4, 4, 11), (layout.Sequences, layout.Steps, layout.Rows));
        Assert.Equal([0, 1, 2, 4, 5, 7, 8], layout.PreviousRows());
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 0, 1, 0, 1], layout.SequenceOfRows());
        Assert.Equal([2, 6], layout.RowsOf(2));
    }

    [Fact]
    public void Packed_values_are_those_of_the_sequences_and_missing_ones_are_masked()
    {
        PackedSequences packed = new(new TimeSeries([1, 2, 3, double.NaN], 2), new TimeSeries([4, 5, 6, 7, 8, 9], 2));
        Assert.Equal([4, 5, 1, 2, 6, 7, 3, 0, 8, 9], packed.Values.ToArray());
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0, 1, 1], packed.Present.ToArray());
        Assert.True(packed.HasMissing);
        Assert.False(new PackedSequences(new TimeSeries([1, 2], 2)).HasMissing);
    }

    [Fact]
    public void A_set_cut_into_windows_has_the_same_steps_in_the_same_order()
    {
        SequenceSet set = new([new TimeSeries([.. Enumerable.Range(0, 25).Select(i => (double)i)], 1), new TimeSeries([-1, -2, -3], 1)]);
        SequenceSet windows = set.Cut(10);
        Assert.Equal([10, 10, 5, 3], windows.Sequences.Select(s => s.Length));
        Assert.Equal(set.Sequences.SelectMany(s => s.Values.ToArray()), windows.Sequences.SelectMany(s => s.Values.ToArray()));
    }

    [Fact]
    public void A_set_says_which_sequence_does_not_belong()
    {
        Assert.Contains(
            "Sequence 1 has 2 variables, expected 1",
            Assert.Throws<ArgumentException>(() => new SequenceSet([new TimeSeries([1], 1), new TimeSeries([1, 2], 2)])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Sequence 0 has no rows",
            Assert.Throws<ArgumentException>(() => new SequenceSet([new TimeSeries([], 1)])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "infinite",
            Assert.Throws<ArgumentException>(() => new SequenceSet([new TimeSeries([double.PositiveInfinity], 1)])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SequenceSet([]));
        SequenceSet set = new([new TimeSeries([1, double.NaN, 3], 1)]);
        Assert.Equal((3L, 1L), (set.TotalSteps, set.Missing));
    }

    [Fact]
    public void A_layout_of_no_steps_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new SequenceLayout());
        Assert.Throws<ArgumentException>(() => new SequenceLayout(3, 0));
    }
}
