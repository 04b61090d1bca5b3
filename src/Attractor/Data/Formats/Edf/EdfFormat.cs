using System.Globalization;
using System.Text;

namespace Attractor.Data;

/// <summary>
/// EDF, EDF+ and BDF, the formats of recordings of physiology: the signals of the most frequent sampling rate, in physical units.
/// </summary>
internal sealed class EdfFormat : SeriesFormat
{
    private const int LongestOnset = 64;

    public override string Name => "edf";

    public override IReadOnlyList<string> Extensions { get; } = [".edf", ".bdf"];

    public override string? TimeUnit => "s";

    public override bool HoldsTrials => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => EdfHeader.Recognises(head);

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt) => Read(file, dt, out _);

    internal override RawData ReadRaw(Stream file)
    {
        IReadOnlyList<TimeSeries> series = Read(file, null, out FormattableString? note);
        return RawData.Of(series, series[0].Dt) with { TimeUnit = TimeUnit, Note = note };
    }

    private static IReadOnlyList<TimeSeries> Read(Stream file, double? dt, out FormattableString? note)
    {
        EdfHeader header = EdfHeader.Read(file);
        (int samples, int[] taken) = Chosen(header, out note);
        double step = dt ?? (header.Duration / samples);
        FileBudget.Of(file).TakeValues((long)header.Records * samples, taken.Length);
        byte[] record = new byte[header.RecordLength];
        int[] offsets = Offsets(header);
        double[] values = new double[header.Records * samples * taken.Length];
        List<int> starts = [0];
        double? onset = null;
        for (int r = 0; r < header.Records; r++)
        {
            file.ReadExactly(record);
            if (header.IsBroken)
            {
                double? next = Onset(header, record, offsets);
                if (next is { } now && onset is { } before && Math.Abs(now - before - header.Duration) > header.Duration / samples / 2)
                    starts.Add(r * samples);
                onset = next;
            }
            for (int n = 0; n < taken.Length; n++)
                Decode(
                    header, record.AsSpan(offsets[taken[n]]), taken[n],
                    values.AsSpan((r * samples * taken.Length) + n), taken.Length, samples);
        }
        string[] names = [.. taken.Select(i => header.Signals[i].Label)];
        starts.Add((int)header.Records * samples);
        if (starts.Count == 2)
            return [new(values, taken.Length, step, names)];
        return [.. starts.Zip(starts.Skip(1), (from, to) => new TimeSeries(
            values[(from * taken.Length)..(to * taken.Length)], taken.Length, step, names))];
    }

    // Those of the rate that most have, of the higher one where two are as frequent.
    private static (int Samples, int[] Taken) Chosen(EdfHeader header, out FormattableString? note)
    {
        IGrouping<int, int>[] rates =
        [
            .. Enumerable.Range(0, header.Signals.Count).Where(i => header.Signals[i] is { IsAnnotation: false, Samples: > 0 })
                .GroupBy(i => header.Signals[i].Samples).OrderByDescending(rate => rate.Count()).ThenByDescending(rate => rate.Key)
        ];
        if (rates.Length == 0)
            throw new InvalidDataException("holds annotations, but no signal");
        string others = string.Join(", ", rates.Skip(1).SelectMany(rate => rate).Order().Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"'{Excerpt.Of(header.Signals[i].Label.AsSpan())}' ({header.Signals[i].Samples / header.Duration:G6} Hz)")).Take(12));
        note = others.Length == 0
            ? null
            : (FormattableString)$"signals of {rates[0].Key / header.Duration:G6} Hz; of other rates and left out: {others}";
        return (rates[0].Key, [.. rates[0]]);
    }

    private static int[] Offsets(EdfHeader header)
    {
        int[] offsets = new int[header.Signals.Count];
        for (int i = 1; i < offsets.Length; i++)
            offsets[i] = offsets[i - 1] + (header.Signals[i - 1].Samples * header.SampleLength);
        return offsets;
    }

    private static void Decode(EdfHeader header, ReadOnlySpan<byte> bytes, int signal, Span<double> values, int stride, int samples)
    {
        (_, _, double least, double low, double gain, _) = header.Signals[signal];
        for (int t = 0; t < samples; t++)
        {
            int digit = header.IsBdf
                ? bytes[3 * t] | (bytes[(3 * t) + 1] << 8) | ((sbyte)bytes[(3 * t) + 2] << 16)
                : (short)(bytes[2 * t] | (bytes[(2 * t) + 1] << 8));
            values[t * stride] = low + ((digit - least) * gain);
        }
    }

    // The first annotation of a record is the time at which it begins, such as +12.5, before a byte of 20.
    private static double? Onset(EdfHeader header, byte[] record, int[] offsets)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            if (!header.Signals[i].IsAnnotation)
                continue;
            ReadOnlySpan<byte> bytes = record.AsSpan(offsets[i], header.Signals[i].Samples * header.SampleLength);
            int end = bytes[..Math.Min(bytes.Length, LongestOnset)].IndexOf((byte)20);
            return end > 0 && double.TryParse(
                Encoding.Latin1.GetString(bytes[..end]), NumberStyles.Float, CultureInfo.InvariantCulture, out double onset)
                && double.IsFinite(onset) ? onset : null;
        }
        return null;
    }
}
