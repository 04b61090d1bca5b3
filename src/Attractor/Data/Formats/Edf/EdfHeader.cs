using System.Globalization;
using System.Text;

namespace Attractor.Data;

/// <summary>
/// What an EDF, EDF+ or BDF file says of itself: 256 bytes, and 256 more for each signal, all text (Kemp et al. 1992, "A simple format
/// for exchange of digitized polygraphic recordings"; Kemp and Olivan 2003 for EDF+).
/// </summary>
internal sealed class EdfHeader
{
    private const int Part = 256, MostSignals = 10_000;

    private EdfHeader(bool isBdf, bool isBroken, long records, double duration, IReadOnlyList<EdfSignal> signals)
        => (IsBdf, IsBroken, Records, Duration, Signals) = (isBdf, isBroken, records, duration, signals);

    /// <summary>Whether samples take 24 bits, else 16.</summary>
    public bool IsBdf { get; }

    /// <summary>Whether there may be gaps between two records (EDF+D).</summary>
    public bool IsBroken { get; }

    /// <summary>Data records.</summary>
    public long Records { get; }

    /// <summary>Seconds of a record.</summary>
    public double Duration { get; }

    /// <summary>The signals, annotations among them.</summary>
    public IReadOnlyList<EdfSignal> Signals { get; }

    /// <summary>Bytes of a sample.</summary>
    public int SampleLength => IsBdf ? 3 : 2;

    /// <summary>Bytes of a record.</summary>
    public int RecordLength => Signals.Sum(signal => signal.Samples) * SampleLength;

    public static bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("0       "u8) || IsBdfHead(head);

    /// <summary>Reads the header; the stream stands at the first record then.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or says more than there is.</exception>
    public static EdfHeader Read(Stream file)
    {
        byte[] head = Bytes(file, Part);
        if (!Recognises(head))
            throw new InvalidDataException("not an EDF or BDF recording: expected it to begin with 0 or BIOSEMI");
        bool isBdf = IsBdfHead(head);
        string reserved = Text(head, 192, 44);
        int count = (int)Number(head, 252, 4, "the number of signals", 1, MostSignals);
        long stated = (long)Number(head, 236, 8, "the number of records", -1, 99_999_999);
        double duration = Number(head, 244, 8, "the duration of a record", 0, 1e8);
        if (Number(head, 184, 8, "the length of the header", 0, 99_999_999) != Part * (count + 1))
            throw new InvalidDataException(
                $"damaged: a header of {Text(head, 184, 8)} bytes for {count} signals, expected {Part * (count + 1)}");
        EdfSignal[] signals = Described(Bytes(file, Part * count), count, isBdf);
        long length = signals.Sum(signal => (long)signal.Samples) * (isBdf ? 3 : 2), left = file.Length - file.Position;
        if (length is 0 or > int.MaxValue)
            throw new InvalidDataException($"damaged: a record of {length} bytes");
        long records = stated < 0 ? left / length : stated;
        if (records * length > left)
            throw new InvalidDataException($"truncated: {records} records of {length} bytes need {records * length} bytes, found {left}");
        if (records == 0)
            throw new InvalidDataException("holds no record");
        if (!(duration > 0))
            throw new InvalidDataException("the duration of a record is 0, so that it says no time step");
        return new(isBdf, reserved.StartsWith("EDF+D", StringComparison.Ordinal) || reserved.StartsWith("BDF+D", StringComparison.Ordinal),
            records, duration, signals);
    }

    private static EdfSignal[] Described(byte[] bytes, int count, bool isBdf)
    {
        EdfSignal[] signals = new EdfSignal[count];
        double limit = isBdf ? 1 << 23 : 1 << 15;
        for (int i = 0; i < count; i++)
        {
            string label = Text(bytes, 16 * i, 16), what = $"of signal {i + 1} ('{Excerpt.Of(label.AsSpan())}')";
            double Field(int offset, string field, double least, double most)
                => Number(bytes, (offset * count) + (8 * i), 8, $"{field} {what}", least, most);
            int samples = (int)Field(216, "the samples in a record", 0, 99_999_999);
            if (label is "EDF Annotations" or "BDF Annotations")
            {
                signals[i] = new(label, samples, 0, 0, 1, IsAnnotation: true);
                continue;
            }
            double low = Field(104, "the physical minimum", double.MinValue, double.MaxValue);
            double high = Field(112, "the physical maximum", double.MinValue, double.MaxValue);
            double least = Field(120, "the digital minimum", -limit, limit), most = Field(128, "the digital maximum", -limit, limit);
            if (most <= least || high == low)
                throw new InvalidDataException(
                    $"damaged: {what[3..]} goes from {low} to {high} in the digits {least} to {most}, expected two of each");
            signals[i] = new(label, samples, least, low, (high - low) / (most - least), IsAnnotation: false);
        }
        return signals;
    }

    private static bool IsBdfHead(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, .. "BIOSEMI"u8]);

    private static byte[] Bytes(Stream file, int length)
    {
        if (length > file.Length - file.Position)
            throw new InvalidDataException("truncated: the file ends within its header");
        byte[] bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string Text(byte[] bytes, int offset, int length) => Encoding.Latin1.GetString(bytes, offset, length).Trim(' ', '\0');

    private static double Number(byte[] bytes, int offset, int length, string what, double least, double most)
    {
        string text = Text(bytes, offset, length);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw new InvalidDataException($"damaged: {what} is '{Excerpt.Of(text.AsSpan())}'");
    }
}
