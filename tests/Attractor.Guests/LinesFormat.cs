using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Guests;

/// <summary>A format without names: <c>%lines 0.01</c>, which is the time step, then a row per line, numbers between blanks.</summary>
public sealed class LinesFormat : SeriesFormat
{
    public override string Name => "lines";

    public override IReadOnlyList<string> Extensions { get; } = [".lines"];

    public override bool CanWrite => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("%lines "u8);

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
    {
        using StreamReader reader = new(file, leaveOpen: true);
        string first = reader.ReadLine() ?? "";
        if (!first.StartsWith("%lines ", StringComparison.Ordinal)
            || !double.TryParse(first[7..], CultureInfo.InvariantCulture, out double step)
            || !(step > 0) || !double.IsFinite(step))
            throw new InvalidDataException("line 1 is no header, expected %lines and the time step");
        List<double> values = [];
        int columns = 0, line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            string[] words = text.Split(' ');
            columns = columns == 0 ? words.Length : columns;
            if (words.Length != columns)
                throw new InvalidDataException($"line {line} has {words.Length} numbers, expected {columns}");
            foreach (string word in words)
                values.Add(double.TryParse(word, CultureInfo.InvariantCulture, out double value)
                    ? value
                    : throw new InvalidDataException($"line {line}: '{word}' is not a number"));
        }
        return columns > 0 ? [new([.. values], columns, dt ?? step)] : throw new InvalidDataException("holds no row");
    }

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        TimeSeries series = trials[0];
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"%lines {series.Dt:R}\n"));
        for (int t = 0; t < series.Length; t++)
            text.AppendJoin(' ', series.Row(t).ToArray().Select(
                x => float32 ? ((float)x).ToString("R", CultureInfo.InvariantCulture) : x.ToString("R", CultureInfo.InvariantCulture)))
                .Append('\n');
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
