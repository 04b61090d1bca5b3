using System.Globalization;
using Attractor.Data;

namespace Attractor.Cli.Output;

/// <summary>How far the reading of a table has come: a line on the standard error, and nothing of what is soon done.</summary>
internal sealed class ReadingDisplay(string file) : IProgress<TableProgress>
{
    private const double Interval = 2;

    private double _next = Interval;

    public void Report(TableProgress value)
    {
        double seconds = value.Rows / Math.Max(1, value.RowsPerSecond);
        if (seconds < _next)
            return;
        _next = seconds + Interval;
        double left = value.Bytes > 0 ? seconds * (value.TotalBytes - value.Bytes) / value.Bytes : 0;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(file)}: {value.Rows:N0} rows read, {value.RowsPerSecond:N0}/s, {left:F0} s left"));
    }
}
