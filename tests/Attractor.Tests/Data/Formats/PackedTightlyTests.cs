using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Attractor.Data;
using Parquet;
using Parquet.Schema;
using PureHDF;
using PureHDF.Filters;

namespace Attractor.Tests.Data.Formats;

/// <summary>Files that unpack to far more than they are: refused before they take more than 64 MB and 16 times their length.</summary>
public sealed class PackedTightlyTests : IDisposable
{
    private const int Many = 9_000_000, Some = 400_000;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds { get; } =
    [
        "a.feather", "a.parquet", "a.h5", "a.npz", "a.mat", "a.npy.gz", "a.csv.gz", "a.txt.gz", "a.jsonl.gz", "a.ts.gz",
        "a.zip", "a.wav.gz",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_takes_too_much_is_refused_in_a_sentence(string name)
    {
        string path = Write(name, Many);
        Assert.InRange(new FileInfo(path).Length, 1, 1 << 19);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => DataFile.Read(path));
        Assert.StartsWith($"{name}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("too tightly", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 26) + (16 * new FileInfo(path).Length));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_packed_as_tightly_and_small_is_read(string name)
    {
        string path = Write(name, Some);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DataReading reading = DataFile.Read(path);
        Assert.Equal(Some, reading.Rows);
        Assert.True(reading.Trials[0].Values.IndexOfAnyExcept(0.0) < 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 26) + (16 * new FileInfo(path).Length));
    }

    [Fact]
    public void Many_columns_of_few_rows_take_what_their_rows_do()
    {
        string path = _folder.File("wide.jsonl"),
            line = "{" + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"c{i}\":{i % 7}")) + "}\n";
        File.WriteAllText(path, line + line);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.Equal(2, DataFile.Read(path).Rows);
        }
        catch (InvalidDataException e)
        {
            Assert.StartsWith("wide.jsonl: ", e.Message, StringComparison.Ordinal);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 26) + (16 * new FileInfo(path).Length));
    }

    [Fact]
    public void Unpacked_the_length_of_the_file_vouches_for_it()
    {
        string packed = Write("a.csv.gz", Many), plain = _folder.File("a.csv");
        using (GZipStream gzip = new(File.OpenRead(packed), CompressionMode.Decompress))
        using (FileStream file = File.Create(plain))
            gzip.CopyTo(file);
        Assert.Equal(Many, DataFile.Read(plain).Rows);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, int rows)
    {
        string path = _folder.File(name);
        switch (name)
        {
            case "a.feather":
                Feather(path, rows);
                break;
            case "a.parquet":
                ParquetFile(path, rows);
                break;
            case "a.h5":
                H5File file = new()
                {
                    ["x"] = new H5Dataset(new double[rows], chunks: [100_000], datasetCreation: new(Filters: [DeflateFilter.Id])),
                };
                file.Write(path);
                break;
            case "a.npz":
                using (ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create))
                using (Stream entry = archive.CreateEntry("x.npy").Open())
                    Npy(entry, rows);
                break;
            case "a.mat":
                Mat(path, rows);
                break;
            case "a.zip":
                using (ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create))
                using (Stream entry = archive.CreateEntry("a.csv").Open())
                    Repeat(entry, "0\n", rows);
                break;
            default:
                using (GZipStream gzip = new(File.Create(path), CompressionLevel.Optimal))
                    Gzipped(gzip, name, rows);
                break;
        }
        return path;
    }

    private static void Gzipped(GZipStream gzip, string name, int rows)
    {
        switch (name)
        {
            case "a.npy.gz":
                Npy(gzip, rows);
                break;
            case "a.csv.gz":
                Repeat(gzip, "0\n", rows);
                break;
            case "a.txt.gz":
                Repeat(gzip, "\"0\"\n", rows);
                break;
            case "a.jsonl.gz":
                Repeat(gzip, "[0]\n", rows);
                break;
            case "a.ts.gz":
                gzip.Write("@problemName a\n@data\n"u8);
                Repeat(gzip, "0,", rows - 1);
                gzip.Write("0\n"u8);
                break;
            default:
                Wave(gzip, rows);
                break;
        }
    }

    private static void Feather(string path, int rows)
    {
        Schema schema = new([new Apache.Arrow.Field("x", DoubleType.Default, nullable: false)], null);
        using RecordBatch batch = new(schema, [new DoubleArray.Builder().Append(new double[rows].AsSpan()).Build()], rows);
        using ArrowFileWriter writer = new(
            File.Create(path), schema, leaveOpen: false,
            new() { CompressionCodec = CompressionCodecType.Zstd, CompressionCodecFactory = new CompressionCodecFactory() });
        writer.WriteStart();
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    private static void ParquetFile(string path, int rows)
    {
        DataField<double> field = new("x");
        using FileStream file = File.Create(path);
        ParquetWriter writer = ParquetWriter.CreateAsync(
            new ParquetSchema(field), file, new ParquetOptions { CompressionMethod = CompressionMethod.Zstd }).GetAwaiter().GetResult();
        using (ParquetRowGroupWriter group = writer.CreateRowGroup())
            group.WriteAsync<double>(field, new double[rows].AsMemory()).GetAwaiter().GetResult();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Npy(Stream stream, int rows)
    {
        string header = $"{{'descr': '|b1', 'fortran_order': False, 'shape': ({rows},), }}";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length + 1), 0, .. Encoding.ASCII.GetBytes(header), (byte)'\n']);
        Repeat(stream, "\0", rows);
    }

    private static void Mat(string path, int rows)
    {
        using FileStream file = File.Create(path);
        byte[] header = new byte[128];
        "MATLAB 5.0"u8.CopyTo(header);
        (header[125], header[126], header[127]) = (1, (byte)'I', (byte)'M');
        file.Write(header);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int padded = (rows + 7) / 8 * 8;
            zlib.Write(Words(14, 16 + 16 + 8 + 8 + padded, 6, 8, 6, 0, 5, 8, rows, 1));
            zlib.Write([1, 0, 1, 0, (byte)'x', 0, 0, 0]);
            // Of the smallest type.
            zlib.Write(Words(2, rows));
            Repeat(zlib, "\0", padded);
        }
        file.Write(Words(15, (int)packed.Length));
        file.Write(packed.ToArray());
    }

    private static void Wave(Stream stream, int rows)
    {
        stream.Write("RIFF"u8);
        stream.Write(Words(36 + rows));
        stream.Write("WAVEfmt "u8);
        stream.Write(Words(16, 0x0001_0001, 1000, 1000, 0x0008_0001));
        stream.Write("data"u8);
        stream.Write(Words(rows));
        Repeat(stream, "\u0080", rows, Encoding.Latin1);
    }

    private static byte[] Words(params int[] words)
    {
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    private static void Repeat(Stream stream, string text, int times, Encoding? encoding = null)
    {
        const int AtOnce = 10_000;
        byte[] one = (encoding ?? Encoding.ASCII).GetBytes(text), block = [.. Enumerable.Repeat(one, AtOnce).SelectMany(bytes => bytes)];
        for (int left = times; left > 0; left -= AtOnce)
            stream.Write(block.AsSpan(0, Math.Min(AtOnce, left) * one.Length));
    }
}
