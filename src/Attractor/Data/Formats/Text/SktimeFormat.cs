using System.Text;

namespace Attractor.Data;

/// <summary>
/// The .ts files of time series classification (sktime, aeon): a line per case, its dimensions separated by colons, their values by
/// commas, and a class at the end. A case is a trial; classes are dropped.
/// </summary>
internal sealed class SktimeFormat : SeriesFormat
{
    // In characters; the second is a case of a million values or two.
    private const int LongestHeaderLine = 1 << 20, LongestCase = 1 << 24;

    public override string Name => "ts";

    public override IReadOnlyList<string> Extensions { get; } = [".ts"];

    public override bool HoldsTrials => true;

    public override bool Recognises(ReadOnlySpan<byte> head)
        => head.Length >= 12 && Ascii.EqualsIgnoreCase(head[..12], "@problemname"u8);

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt) => Read(file, dt, out _);

    internal override RawData ReadRaw(Stream file)
    {
        IReadOnlyList<TimeSeries> series = Read(file, null, out bool classes);
        return RawData.Of(series, null) with { Note = classes ? (FormattableString)$"the class of each case is dropped" : null };
    }

    private static List<TimeSeries> Read(Stream file, double? dt, out bool classes)
    {
        using StreamReader reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        long length = FileLimits.LengthOf(file);
        // A line is kept as text.
        FileLimits.RequireBytes(4 * (Int128)file.Length, length);
        BoundedLines lines = new(reader);
        classes = Header(lines);
        List<TimeSeries> trials = [];
        long values = 0;
        while (lines.Next(LongestCase) is { } text)
        {
            int line = lines.Number;
            if (text.AsSpan().Trim() is not { IsEmpty: false } trimmed || trimmed[0] is '#' or '%')
                continue;
            TimeSeries trial = Case(trimmed, classes, line, dt ?? 1, length);
            FileLimits.RequireValues(values += trial.Values.Length, 1, length);
            if (trials.Count > 0 && trial.Dimension != trials[0].Dimension)
                throw new InvalidDataException(
                    $"line {line} has {trial.Dimension} dimensions, expected {trials[0].Dimension} as in the lines before");
            trials.Add(trial);
        }
        return trials.Count > 0 ? trials : throw new InvalidDataException("holds no case after @data");
    }

    // Whether lines end with a class, or the value of a regression.
    private static bool Header(BoundedLines lines)
    {
        bool classes = false;
        while (lines.Next(LongestHeaderLine) is { } text)
        {
            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] is '#' or '%')
                continue;
            if (words[0][0] != '@')
                throw new InvalidDataException($"line {lines.Number}: '{Excerpt.Of(text.AsSpan())}' comes before @data");
            switch (words[0].ToLowerInvariant())
            {
                case "@data":
                    return classes;
                case "@timestamps" when IsTrue(words):
                    throw new InvalidDataException(
                        "the values have timestamps, which are not read; write them without (@timestamps false)");
                case "@classlabel" or "@targetlabel":
                    classes |= IsTrue(words);
                    break;
                default:
                    break;
            }
        }
        throw new InvalidDataException("there is no line @data, after which a .ts file has its values");
    }

    private static bool IsTrue(string[] words) => words.Length > 1 && words[1].Equals("true", StringComparison.OrdinalIgnoreCase);

    private static TimeSeries Case(ReadOnlySpan<char> text, bool hasClass, int line, double dt, long fileLength)
    {
        if (hasClass)
        {
            int last = text.LastIndexOf(':');
            text = last > 0 ? text[..last] : throw new InvalidDataException($"line {line} has no class at its end");
        }
        int dimensions = text.Count(':') + 1, length = -1;
        if (dimensions > TableReader.MostColumns)
            throw new InvalidDataException($"line {line} has {dimensions} dimensions, expected at most {TableReader.MostColumns}");
        double[] values = [];
        for (int n = 0; n < dimensions; n++)
        {
            int end = text.IndexOf(':');
            ReadOnlySpan<char> dimension = (end < 0 ? text : text[..end]).Trim();
            text = end < 0 ? default : text[(end + 1)..];
            int count = dimension.IsEmpty ? 0 : dimension.Count(',') + 1;
            if (n == 0)
            {
                FileLimits.RequireValues(count, dimensions, fileLength);
                (length, values) = (count, new double[count * dimensions]);
            }
            if (count != length || count == 0)
                throw new InvalidDataException(
                    $"line {line}: dimension {n + 1} has {count} values{(n == 0 ? "" : $", expected {length} as the first")}");
            for (int t = 0; t < count; t++)
            {
                int comma = dimension.IndexOf(',');
                values[(t * dimensions) + n] = Number(comma < 0 ? dimension : dimension[..comma], line, n);
                dimension = comma < 0 ? default : dimension[(comma + 1)..];
            }
        }
        return new(values, dimensions, dt);
    }

    private static double Number(ReadOnlySpan<char> cell, int line, int dimension)
    {
        cell = cell.Trim();
        if (cell is "?")
            return double.NaN;
        Span<byte> utf8 = stackalloc byte[3 * 64];
        return cell.Length <= 64 && CsvNumber.TryParse(utf8[..Encoding.UTF8.GetBytes(cell, utf8)], out double value)
            ? value
            : throw new InvalidDataException(
                $"line {line}: '{Excerpt.Of(cell)}' in dimension {dimension + 1} is not a number; write ? for a missing value");
    }
}
