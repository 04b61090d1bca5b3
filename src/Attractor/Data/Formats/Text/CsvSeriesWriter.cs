using System.Globalization;
using System.Text;
using CsvHelper;

namespace Attractor.Data;

/// <summary>Writes a series as text: a header with the names, then a row per line; numbers so that they read back exactly.</summary>
internal static class CsvSeriesWriter
{
    /// <exception cref="InvalidDataException">A name would not be read back as a name.</exception>
    public static void Write(Stream stream, TimeSeries series, char separator, bool float32)
    {
        foreach (string name in series.Names)
        {
            if (name.AsSpan().ContainsAny('\r', '\n') || CsvNumber.TryParse(Encoding.UTF8.GetBytes(name.Trim()), out _))
                throw new InvalidDataException(
                    $"the column name '{Excerpt.Of(name)}' is empty, a number or more than a line, and cannot head a "
                    + $"column of text; rename it");
        }
        using CsvWriter writer = CsvWriter.Create(stream, new() { Separator = separator, NewLine = "\n" }, leaveOpen: true);
        // Quoted, so that no separator in a name is taken for the file's.
        foreach (string name in series.Names)
            writer.WriteField(name, CsvQuoting.Always);
        writer.EndRecord();
        for (int t = 0; t < series.Length; t++)
        {
            foreach (double value in series.Row(t))
            {
                if (float32)
                    writer.WriteField((float)value, "R", CultureInfo.InvariantCulture);
                else
                    writer.WriteField(value, "R", CultureInfo.InvariantCulture);
            }
            writer.EndRecord();
        }
    }
}
