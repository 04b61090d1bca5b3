using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>HDF5 and MATLAB 7.3: what h5py wrote is read.</summary>
public sealed class Hdf5FilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("contiguous.h5")]
    [InlineData("chunked.h5")]
    [InlineData("deflate.h5")]
    [InlineData("latest.h5")]
    [InlineData("v73.mat")]
    [InlineData("v5.mat")]
    public void An_array_is_read_however_it_is_packed(string file)
    {
        TimeSeries series = SeriesFile.Read(Fixture.Path(file));
        Assert.Equal((Fixture.Rows, 3), (series.Length, series.Dimension));
        for (int t = 0; t < Fixture.Rows; t++)
            Assert.Equal([Fixture.X(t), Fixture.Y(t), Fixture.N(t)], series.Row(t).ToArray());
    }

    [Theory]
    [InlineData("run/one/x", 0, 3)]
    [InlineData("/run/one/x", 0, 3)]
    [InlineData("run/two/counts", 2, 1)]
    [InlineData("trials", 0, 3)]
    public void Arrays_are_named_by_their_path(string path, int first, int columns)
    {
        DataReading reading = DataFile.Read(Fixture.Path("groups.h5"), new() { Array = path });
        Assert.Equal(path == "trials" ? 2 : 1, reading.Trials.Count);
        for (int k = 0; k < reading.Trials.Count; k++)
            for (int t = 0; t < Fixture.Rows; t++)
                Assert.Equal(
                    ((double[])[Fixture.X(t), Fixture.Y(t), Fixture.N(t)])[first..(first + columns)].Select(value => (float)value + k),
                    reading.Trials[k].Row(t).ToArray().Select(value => (float)value));
    }

    [Theory]
    [InlineData("run/two/half")]
    [InlineData("run/two/on")]
    public void Halves_and_truths_are_numbers(string path)
    {
        TimeSeries series = DataFile.Read(Fixture.Path("groups.h5"), new() { Array = path }).Longest;
        for (int t = 0; t < Fixture.Rows; t++)
            Assert.Equal(path.EndsWith("on", StringComparison.Ordinal) ? 1 - (t % 2) : (double)(Half)Fixture.X(t), series[t, 0]);
    }

    [Theory]
    [InlineData(null, "holds 6 arrays of different variables: ")]
    [InlineData("records", "array 'records': records, such as complex numbers or a table of pandas; save an array of numbers")]
    [InlineData("complex", "array 'complex': records, such as complex numbers")]
    [InlineData("words", "array 'words': text or lists of several lengths; save an array of numbers")]
    [InlineData("run/two/big", "its numbers have their bytes in the other order; write them little-endian")]
    [InlineData("run/one/y", "no array 'run/one/y' (did you mean 'run/one/x'?); its arrays are ")]
    public void What_is_no_series_is_one_line(string? path, string message)
    {
        string found = Assert.Throws<InvalidDataException>(
            () => DataFile.Read(Fixture.Path("groups.h5"), new() { Array = path })).Message;
        Assert.StartsWith("groups.h5: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_several_links_lead_to_is_there_once()
    {
        DataReading reading = DataFile.Read(Fixture.Path("links.h5"));
        Assert.Equal((1, 3, Fixture.Rows), (reading.Trials.Count, reading.Variables.Count, reading.Trials[0].Length));
        Assert.Equal(Fixture.Y(39), reading.Trials[0][39, 1]);
    }

    [Fact]
    public void Packed_values_are_what_their_attributes_say()
    {
        DataReading reading = DataFile.Read(Fixture.Path("packed.nc"));
        Assert.Equal(["cold", "warm"], reading.Variables.Order(StringComparer.Ordinal));
        int warm = reading.Variables.ToList().IndexOf("warm");
        for (int t = 0; t < Fixture.Rows; t++)
        {
            Assert.Equal(t == 7 ? double.NaN : 20 + (0.5 * ((t * 37) % 41)), reading.Trials[0][t, warm]);
            Assert.Equal(t == 7 ? double.NaN : 20 + (0.5 * ((t * 11) % 17)), reading.Trials[0][t, 1 - warm]);
        }
    }

    [Fact]
    public void Indices_of_a_table_of_pandas_are_no_data() => Assert.Contains(
        "'frame/table' holds records, such as complex numbers or a table of pandas",
        Assert.Throws<InvalidDataException>(() => DataFile.Read(Fixture.Path("frame.h5"))).Message,
        StringComparison.Ordinal);

    // The length of the data of a local heap, of an attribute, of what an object header goes on with.
    [Theory]
    [InlineData("links.h5", "HEAP", 8)]
    [InlineData("packed.nc", "HEAP", 8)]
    public void A_length_beyond_the_end_of_the_file_takes_no_memory(string file, string mark, int offset)
    {
        byte[] bytes = Fixture.Bytes(file);
        int at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(mark)) + offset;
        BitConverter.TryWriteBytes(bytes.AsSpan(at), 0x7000_0000L);
        string path = _folder.File(file, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message;
        Assert.Contains("damaged: it states a part of 1879048192 bytes", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void The_first_bytes_decide_whatever_the_extension()
    {
        foreach (string file in (string[])["deflate.h5", "v73.mat"])
            Assert.Equal(3, DataFile.Read(_folder.File("data.nc", Fixture.Bytes(file))).Variables.Count);
        Assert.Equal(
            "array 'x' of dt (1 x 1), x (40 x 3)",
            DataFile.Read(Fixture.Path("v73.mat")).Notes.Single().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("contiguous.h5", 400)]
    [InlineData("chunked.h5", 500)]
    [InlineData("deflate.h5", 500)]
    [InlineData("latest.h5", 500)]
    [InlineData("groups.h5", 500)]
    [InlineData("v73.mat", 500)]
    public void Damage_is_an_error_of_one_line(string file, int rounds) => Mutations.Check(
        _folder, file, Fixture.Bytes(file), rounds,
        file.StartsWith("groups", StringComparison.Ordinal) ? new() { Array = "run/one/x" } : null);
}
