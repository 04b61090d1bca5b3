using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Against numpy_files.golden.json, which npy_golden.py writes.</summary>
public sealed class NumpyFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_NumPy_saved_hold_the_same_bits()
    {
        using Stream golden = typeof(NumpyFilesTests).Assembly.GetManifestResourceStream(
            typeof(NumpyFilesTests), "numpy_files.golden.json")!;
        using JsonDocument cases = JsonDocument.Parse(golden);
        int files = 0;
        foreach (JsonElement entry in cases.RootElement.EnumerateArray())
        {
            string path = _folder.File(
                "golden" + entry.GetProperty("extension").GetString(), entry.GetProperty("file").GetBytesFromBase64());
            IReadOnlyList<TimeSeries> trials = SeriesFile.ReadTrials(path);
            JsonElement[] expected = [.. entry.GetProperty("trials").EnumerateArray()];
            Assert.Equal(expected.Length, trials.Count);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i].GetProperty("columns").GetInt32(), trials[i].Dimension);
                string[] bits = [.. trials[i].Values.ToArray().Select(Bits)];
                Assert.True(
                    expected[i].GetProperty("values").EnumerateArray().Select(value => value.GetString()).SequenceEqual(bits),
                    entry.GetProperty("name").GetString());
            }
            files++;
        }
        Assert.Equal((12 * 2 * 2) + 4 + 3 + 3, files);
    }

    [Theory]
    [InlineData(8191, 3)]
    [InlineData(3, 8191)]
    [InlineData(20_011, 2)]
    public void Column_major_files_longer_than_a_chunk_are_transposed(int rows, int columns)
    {
        float[] file = new float[rows * columns];
        for (int t = 0; t < rows; t++)
        {
            for (int n = 0; n < columns; n++)
                file[(n * rows) + t] = (t * columns) + n;
        }
        TimeSeries series = SeriesFile.Read(_folder.File("long.npy",
            Npy($"{{'descr': '<f4', 'fortran_order': True, 'shape': ({rows}, {columns})}}", MemoryMarshal.AsBytes<float>(file).ToArray())));
        Assert.Equal((rows, columns), (series.Length, series.Dimension));
        for (int i = 0; i < file.Length; i++)
            Assert.Equal(i, series.Values[i]);
    }

    [Theory]
    [InlineData("{'descr':'<f4','fortran_order':False,'shape':(2,1)}")]
    [InlineData("  { \"shape\" : ( 2 , 1 , ) ,\n\t'fortran_order':False , 'descr' : \"<f4\" , }   \n")]
    [InlineData("{'shape': (2L, 1L), 'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'shape': [2], 'descr': '<f4', 'fortran_order': True}")]
    [InlineData("{'shape': (2,), 'descr': '=f4', 'fortran_order': True}")]
    public void Headers_may_be_written_in_any_way_Python_allows(string header)
        => Assert.Equal([1.5, -2], SeriesFile.Read(_folder.File("a.npy", Npy(header, [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0]))).Values.ToArray());

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2, 2, 2)}", "an array of shape (2, 2, 2, 2), expected (T, N)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", "an array of shape (), expected (T, N)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3)}", "an array of shape (0, 3) holds no values")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}", "an array of shape (0,) holds no values")]
    [InlineData(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
        "an array of shape (4611686018427387904, 4) holds more than the")]
    [InlineData(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (92233720368547758080, 4)}", "the header holds the number 92233720368547758080")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4)}", "shape in the header is not a tuple of sizes")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (None, 4)}", "shape in the header is not a tuple of sizes")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': 8}", "shape in the header is not a tuple of sizes")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (8,)}", "fortran_order in the header is neither True nor False")]
    [InlineData(
        "{'descr': '|O', 'fortran_order': False, 'shape': (8,)}",
        "holds Python objects (dtype '|O'), expected numbers; save with np.asarray(x, dtype=float)")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (4,)}", "holds elements of dtype '<c16', expected real numbers")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (4,)}", "holds elements of dtype '<f16', expected real numbers")]
    [InlineData("{'descr': '<U8', 'fortran_order': False, 'shape': (2,)}", "holds elements of dtype '<U8', expected real numbers")]
    [InlineData(
        "{'descr': [('x', '<f8'), ('y', '<f8')], 'fortran_order': False, 'shape': (4,)}",
        "holds records with named fields, expected numbers")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "the header names descr, fortran_order, expected descr, fortran_order, shape")]
    [InlineData(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (8,), 'x': 1}", "the header names descr, fortran_order, shape, x, expected")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (8,)}", "the header names 'descr' twice")]
    [InlineData("(1, 2)", "the header is damaged: expected a dictionary")]
    [InlineData(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (8,)} 7", "the header is damaged: expected the end at character 56, found '7'")]
    [InlineData("{'descr': '<f8", "the header is damaged: expected ''' at character 14, found the end")]
    [InlineData("{'descr': __import__('os')}", "the header is damaged: expected a value at character 10, found '_'")]
    [InlineData("", "the header is damaged: expected a value at character 0, found the end")]
    [InlineData("((((((((((((((((((((((", "the header nests more than 16 levels deep")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (9,)}", "truncated: 9 x 1 elements of 8 bytes need 72 bytes, found 64")]
    [InlineData(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (7,)}", "8 bytes too long: 7 x 1 elements of 8 bytes need 56 bytes, found 64")]
    public void A_bad_header_is_explained_in_one_line(string header, string message)
    {
        string path = _folder.File("bad.npy", Npy(header, new byte[64]));
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path));
        Assert.StartsWith("bad.npy: " + message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("93 4E 55 4D 50 59 04 00 00 00", ".npy format version 4.0, expected 1.0, 2.0 or 3.0")]
    [InlineData("93 4E 55 4D 50 59 02 00 FF FF FF FF", "the header is said to hold 4294967295 bytes, expected at most 65536")]
    [InlineData("93 4E 55 4D 50 59 01 00 FF", "truncated: 9 bytes are too few for the header of a .npy file")]
    [InlineData("93 4E 55 4D 50 59 01 00 10 00 7B", "truncated: 11 bytes are too few for the header of a .npy file")]
    [InlineData("93 4E", "truncated: 2 bytes are too few")]
    [InlineData("80 03 63 6E 75 6D 70 79", "not a .npy file: expected it to begin with the bytes 93 4E 55 4D 50 59, found 8003636E756D")]
    public void A_bad_preamble_is_explained_in_one_line(string bytes, string message)
    {
        string path = _folder.File("bad.npy", Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.StartsWith(
            "bad.npy: " + message, Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_a_file_of_version_1_aligned_to_64_bytes()
    {
        string path = _folder.File("w.npy");
        SeriesFile.Write(path, new TimeSeries([1, 2, 3, 4, 5, 6], 2));
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal(128 + 48, file.Length);
        Assert.Equal([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0], file[..10]);
        Assert.Equal("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", Encoding.ASCII.GetString(file[10..127]).TrimEnd());
        Assert.Equal((byte)'\n', file[127]);
        Assert.Equal(6, BinaryPrimitives.ReadDoubleLittleEndian(file.AsSpan(168)));
    }

    internal static byte[] Npy(string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        return [.. NpyHeader.Magic, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }

    private static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
