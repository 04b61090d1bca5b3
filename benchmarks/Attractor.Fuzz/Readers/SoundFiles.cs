using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Attractor.Fuzz.Readers;

/// <summary>Small sound files of the formats that need no library to be written.</summary>
internal static class SoundFiles
{
    private const int Rows = 60, Zeros = 20_000;

    public static IEnumerable<(string Name, byte[] Bytes)> All()
    {
        byte[] csv = Lines("x,y,when", t => $"{X(t)},{Y(t)},2024-01-01T00:{t % 60:00}:00Z");
        yield return ("made.csv", csv);
        yield return ("made.tsv", Lines("x\ty", t => $"{X(t)}\t{Y(t)}"));
        yield return ("quoted.csv", Lines(
            "\"x\";\"y\";\"note\"", t => $"{X(t).Replace('.', ',')};{Y(t).Replace('.', ',')};\"a \"\"b\"\"\n\""));
        yield return ("made.jsonl", Lines(null, t => $"{{\"x\": {X(t)}, \"y\": {(t % 7 == 0 ? "null" : Y(t))}}}"));
        yield return ("made.csv.gz", Packed(csv));
        yield return ("made.wav", Wave());
        // What unpacks to many times its length.
        yield return ("zeros.csv.gz", Packed(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0,0\n", Zeros)))));
        byte[] zeros = Zeroes();
        yield return ("zeros.npy.gz", Packed(zeros));
        yield return ("zeros.npz", Zipped("x.npy", zeros));
        yield return ("made.zip", Zipped("made.csv", csv));
    }

    private static byte[] Zipped(string name, byte[] bytes)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream entry = archive.CreateEntry(name).Open())
            entry.Write(bytes);
        return zip.ToArray();
    }

    private static byte[] Zeroes()
    {
        string header = $"{{'descr': '|b1', 'fortran_order': False, 'shape': ({Zeros}, 2), }}";
        byte length = (byte)(header.Length + 1);
        return [0x93, .. "NUMPY"u8, 1, 0, length, 0, .. Encoding.ASCII.GetBytes(header), (byte)'\n', .. new byte[2 * Zeros]];
    }

    private static string X(int t) => (Math.Sin(0.3 * t) * 12.5).ToString("R", CultureInfo.InvariantCulture);

    private static string Y(int t) => (t * t / 16.0).ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Lines(string? header, Func<int, string> row)
        => Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(0, Rows).Select(row).Prepend(header).OfType<string>().Select(line => line + "\n")));

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Wave()
    {
        byte[] samples = new byte[4 * Rows];
        for (int i = 0; i < 2 * Rows; i++)
            BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan(2 * i), (short)(20_000 * Math.Sin(0.1 * i)));
        using MemoryStream file = new();
        using BinaryWriter writer = new(file, Encoding.ASCII);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)2);
        writer.Write(8000);
        writer.Write(32_000);
        writer.Write((short)4);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length);
        writer.Write(samples);
        return file.ToArray();
    }
}
