using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>The columns of a file that an expression names, row by row.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Values">Rows x columns.</param>
/// <param name="Reading">What was understood of the file.</param>
/// <param name="Sentence">The same in a line.</param>
internal sealed record DataRows(IReadOnlyList<string> Columns, double[] Values, DataReading Reading, FormattableString Sentence)
{
    /// <summary>How many rows.</summary>
    public int Count => Values.Length / Columns.Count;

    /// <summary>Reads them.</summary>
    /// <param name="file">A file of data.</param>
    /// <param name="named">The columns that are named.</param>
    /// <param name="selection">What else somebody says of the file; its columns go before the names.</param>
    /// <exception cref="InvalidDataException">A column is missing, or has cells without a number.</exception>
    public static DataRows Read(string file, IReadOnlyList<string> named, DataSelection? selection)
    {
        selection ??= new();
        if (named.Count == 0)
            throw new ArgumentException(
                $"the expression names no column of {Path.GetFileName(file)}, and would be the same in every row: name one, or leave the "
                + "data out");
        DataReading reading = RecordingSource.Read(file, selection with { Columns = selection.Columns ?? named });
        int[] chosen =
        [
            .. Enumerable.Range(0, reading.Variables.Count).Where(
                i => named.Contains(reading.Variables[i]) && Expression.IsName(reading.Variables[i]))
        ];
        if (named.FirstOrDefault(n => !reading.Variables.Contains(n)) is { } lacking)
            throw new ArgumentException(
                $"{Path.GetFileName(file)}: '{lacking}' is no variable, no parameter, and none of the columns taken, which are "
                + $"{string.Join(", ", reading.Variables.Take(20))}");
        double[] values = new double[reading.Rows * chosen.Length];
        int at = 0;
        foreach (TimeSeries trial in reading.Trials)
            for (int t = 0; t < trial.Length; t++)
                foreach (int i in chosen)
                    values[at++] = trial[t, i];
        long missing = Enumerable.Range(0, values.Length / chosen.Length).LongCount(
            row => !values.AsSpan(row * chosen.Length, chosen.Length).ToArray().All(double.IsFinite));
        return missing > 0
            ? throw new InvalidDataException(
                $"{Path.GetFileName(file)}: {missing:N0} of {reading.Rows:N0} rows have a cell without a finite number: remove them")
            : new([.. chosen.Select(i => reading.Variables[i])], values, reading, RecordingSource.Describe(file, reading));
    }
}
