using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>Sound as .wav (RIFF): samples of 8 to 32 bits, or of float32 and float64; a channel is a variable, full scale is 1.</summary>
internal sealed class WavFormat : SeriesFormat
{
    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;

    public override string Name => "wav";

    public override IReadOnlyList<string> Extensions { get; } = [".wav"];

    public override string? TimeUnit => "s";

    public override bool Recognises(ReadOnlySpan<byte> head)
        => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8);

    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
    {
        Span<byte> start = stackalloc byte[12];
        Exactly(file, start);
        if (!Recognises(start))
            throw new InvalidDataException("not a .wav file: expected it to begin with RIFF and WAVE");
        (int Kind, int Channels, long Rate, int Bits)? format = null;
        Span<byte> chunk = stackalloc byte[8];
        while (file.Position + chunk.Length <= file.Length)
        {
            Exactly(file, chunk);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]), next = file.Position + size + (size & 1);
            if (chunk.StartsWith("fmt "u8))
            {
                format = Format(file, size);
            }
            else if (chunk.StartsWith("data"u8))
            {
                // A stream that was cut off, or written without its end being known, says more than there is.
                long length = Math.Min(size, file.Length - file.Position);
                return [Samples(file, length, format ?? throw new InvalidDataException("the samples come before their format"), dt)];
            }
            file.Position = Math.Min(next, file.Length);
        }
        throw new InvalidDataException("holds no samples: there is no chunk 'data'");
    }

    private static (int Kind, int Channels, long Rate, int Bits) Format(Stream file, long size)
    {
        if (size is < 16 or > 4096)
            throw new InvalidDataException($"the format takes {size} bytes, expected 16 to 40");
        byte[] bytes = new byte[size];
        Exactly(file, bytes);
        int kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes), channels = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2));
        long rate = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14));
        if (kind == Extensible && size >= 26)
            kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(24));
        if (channels == 0 || rate == 0)
            throw new InvalidDataException($"{channels} channels at {rate} samples a second, expected at least one of each");
        return (kind, bits) is (Pcm, 8 or 16 or 24 or 32) or (Float, 32 or 64)
            ? (kind, channels, rate, bits)
            : throw new InvalidDataException(
                $"samples of {bits} bits in coding {kind}, expected 8, 16, 24 or 32 bits (coding 1) or floats (coding 3); "
                + "convert it to PCM");
    }

    private static TimeSeries Samples(Stream file, long length, (int Kind, int Channels, long Rate, int Bits) format, double? dt)
    {
        int size = format.Bits / 8;
        long rows = length / ((long)size * format.Channels);
        if (rows == 0)
            throw new InvalidDataException("holds no samples");
        if (rows * format.Channels > SeriesFile.MaxValues)
            throw new InvalidDataException(
                $"{rows} samples of {format.Channels} channels are more than the {SeriesFile.MaxValues} values that can be "
                + "read; split or thin it");
        FileBudget.Of(file).TakeValues(rows, format.Channels);
        double[] values = new double[rows * format.Channels];
        byte[] buffer = new byte[size * 4096];
        for (int first = 0; first < values.Length;)
        {
            int count = Math.Min(buffer.Length / size, values.Length - first);
            Exactly(file, buffer.AsSpan(0, count * size));
            for (int i = 0; i < count; i++)
                values[first + i] = Value(buffer.AsSpan(i * size, size), format.Kind);
            first += count;
        }
        return new(values, format.Channels, dt ?? 1.0 / format.Rate);
    }

    private static double Value(ReadOnlySpan<byte> sample, int kind) => (sample.Length, kind) switch
    {
        (1, _) => (sample[0] - 128) / 128.0,
        (2, _) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768.0,
        (3, _) => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648.0,
        (4, Pcm) => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648.0,
        (4, _) => BinaryPrimitives.ReadSingleLittleEndian(sample),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(sample),
    };

    private static void Exactly(Stream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("truncated: the file ends within its header or samples");
    }
}
