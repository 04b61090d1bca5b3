using Attractor.Data;
using Attractor.Tests.Data.Formats;
using static Attractor.Data.ColumnKind;

namespace Attractor.Tests.Data.Tables;

public sealed class NpyTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_of_an_array_are_numbered_and_its_categories_are_indices()
    {
        string path = Save(new([0.5, 2, 1, double.NaN, 0, 0], 3));
        Table table = TableFile.Read(path, [new("x2", Category), new("x3", Binary), new("x1", Real)]);
        Assert.Equal([2, 1, 0.5, 0, 0, double.NaN], table.Values.Values.ToArray());
        Assert.Equal(["0", "1", "2"], table.Columns[0].Levels);
        Assert.Equal([0, 0, 1], table.Missing);
        Assert.Equal(["x1", "x2", "x3"], TableFile.Names(path));
    }

    [Fact]
    public void Levels_of_the_request_name_the_indices()
    {
        string path = Save(new([0, 2], 1));
        Assert.Equal([0, 2], TableFile.Read(path, [new("x1", Category) { Levels = ["low", "middle", "high"] }]).Values.Values.ToArray());
        Assert.Equal(
            "a.npy: row 1 (counting from 0), column 'x1': '2' is not the index of a level, a whole number from 0 to 1; correct it",
            Assert.Throws<InvalidDataException>(() => TableFile.Read(path, [new("x1", Category) { Levels = ["low", "high"] }])).Message);
    }

    [Theory]
    [InlineData(Real, double.NegativeInfinity, "'-Infinity' is infinite")]
    [InlineData(Count, 1.5, "'1.5' is not a count")]
    [InlineData(Binary, 3, "'3' is not binary")]
    [InlineData(Category, 1000, "'1000' is not the index of a level, a whole number from 0 to 999")]
    public void An_element_that_is_not_of_its_kind_is_named_with_its_place(ColumnKind kind, double element, string message)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => TableFile.Read(Save(new([0, 0, 0, element], 2)), [new("x2", kind)]));
        Assert.StartsWith("a.npy: row 1 (counting from 0), column 'x2': " + message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_and_columns_in_either_order_and_any_number_of_chunks_are_the_same_table(bool columnMajor)
    {
        const int Rows = 70_001, Columns = 3;
        byte[] data = new byte[Rows * Columns * sizeof(ushort)];
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
                BitConverter.TryWriteBytes(
                    data.AsSpan(sizeof(ushort) * (columnMajor ? (c * Rows) + r : (r * Columns) + c)), (ushort)((r + (7 * c)) % 65_000));
        }
        string path = _folder.File("u.npy", NumpyFilesTests.Npy(
            $"{{'descr': '<u2', 'fortran_order': {(columnMajor ? "True" : "False")}, 'shape': ({Rows}, {Columns})}}", data));
        TimeSeries values = TableFile.Read(path, [new("x3", Count), new("x1", Count)]).Values;
        Assert.Equal(Rows, values.Length);
        for (int r = 0; r < Rows; r++)
            Assert.Equal(((r + 14) % 65_000, r % 65_000), (values[r, 0], values[r, 1]));
    }

    [Fact]
    public void A_file_that_is_shorter_than_its_header_says_is_refused_before_anything_is_allocated()
    {
        string path = _folder.File(
            "huge.npy", NumpyFilesTests.Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (100000000000, 3)}", new byte[24]));
        Assert.StartsWith(
            "huge.npy: truncated: 100000000000 x 3 elements",
            Assert.Throws<InvalidDataException>(() => TableFile.Read(path, [new("x1", Real)])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_too_large_for_memory_is_refused_by_its_header()
    {
        string path = _folder.File(
            "sparse.npy", NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (150000000, 2)}", []));
        using (FileStream file = new(path, FileMode.Open))
            file.SetLength(file.Length + 300_000_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith(
            "sparse.npy: more than the 268435456 values",
            Assert.Throws<InvalidDataException>(() => TableFile.Read(path, [new("x1", Real), new("x2", Real)])).Message,
            StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 4 << 20);
    }

    private string Save(TimeSeries series)
    {
        string path = _folder.File("a.npy");
        SeriesFile.Write(path, series);
        return path;
    }
}
