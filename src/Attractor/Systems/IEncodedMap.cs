namespace Attractor.Systems;

/// <summary>A map whose state at a row of a series an encoder tells of the rows about it, and not one row after the other.</summary>
internal interface IEncodedMap : IObservedMap
{
    /// <summary>Whether it has an encoder.</summary>
    bool IsEncoded { get; }

    /// <summary>The row whose state is encoded where that of a row is asked for: earlier, so that nothing behind the row is seen.</summary>
    int EncodedRow(int row);

    /// <summary>The state at a row, of the rows about it: D values.</summary>
    void EncodedState(TimeSeries history, int row, Span<double> state);
}
