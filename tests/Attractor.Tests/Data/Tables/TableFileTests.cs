using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;
using static Attractor.Data.ColumnKind;

namespace Attractor.Tests.Data.Tables;

public sealed class TableFileTests : IDisposable
{
    private const double Missing = double.NaN;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("when,mag,n,colour\n2018-01-01,1.5,3,red\n\"a, \"\"b\"\"\",2,0,blue\n")]
    [InlineData("when;mag;n;colour\r\n2018-01-01;1.5;3; red \r\n;2;0;\"blue\"")]
    [InlineData("\uFEFFwhen\tmag\tn\tcolour\n\"two\nlines\"\t1.5\t3\tred\nx\t 2 \t0\tblue\n\n\n")]
    public void Columns_are_read_by_name_in_the_order_of_the_request_and_others_may_hold_anything(string text)
    {
        Table table = Read(text, new("colour", Category), new("n", Count), new("mag", Real));
        Assert.Equal([0, 3, 1.5, 1, 0, 2], table.Values.Values.ToArray());
        Assert.Equal(["colour", "n", "mag"], table.Values.Names);
        Assert.Equal(["red", "blue"], table.Columns[0].Levels);
        Assert.Equal([0, 0, 0], table.Missing);
    }

    [Fact]
    public void Columns_of_a_file_without_a_header_are_numbered()
    {
        Table table = Read("1,red\n2,blue\n", new("x2", Category), new("x1", Real));
        Assert.Equal([0, 1, 1, 2], table.Values.Values.ToArray());
        Assert.Equal(["x1", "x2"], TableFile.Names(_folder.File("a.csv")));
    }

    [Fact]
    public void A_number_is_the_place_of_a_column()
    {
        Table table = Read("b,c,a\n5,6,7\n", new("3", Real), new("2", Count));
        Assert.Equal([7, 6], table.Values.Values.ToArray());
        Assert.Equal(["a", "c"], table.Values.Names);
        Assert.Equal(["a", "c"], table.Columns.Select(column => column.Name));
        Refused("b,c,Magn\n5,6,7\n", "no column '4'; its columns are b, c, Magn", new ColumnRequest("4", Real));
        Refused("b,c,a\n5,6,7\n", "the column 'a' is requested twice, expected each once", new("a", Real), new("3", Real));
    }

    [Fact]
    public void Empty_cells_NA_and_NaN_in_any_case_are_missing_in_columns_of_every_kind()
    {
        Table table = Read(
            "r,c,b,k\n,NA,NaN,\nna,nan,Na,NAN\n\" \",,,nA\n1,2,true,x\n",
            new("r", Real),
            new("c", Count),
            new("b", Binary),
            new("k", Category));
        Assert.Equal([Missing, Missing, Missing, Missing], table.Values.Row(0).ToArray());
        Assert.Equal([Missing, Missing, Missing, Missing], table.Values.Row(1).ToArray());
        Assert.Equal([Missing, Missing, Missing, Missing], table.Values.Row(2).ToArray());
        Assert.Equal([1, 2, 1, 0], table.Values.Row(3).ToArray());
        Assert.Equal([3, 3, 3, 3], table.Missing);
        Assert.Equal(["x"], table.Columns[3].Levels);
    }

    [Fact]
    public void Blank_lines_within_a_single_column_are_missing_values()
        => Assert.Equal([1, Missing, Missing, 4], Read("x\n1\n\n\n4\n\n", new ColumnRequest("x", Count)).Values.Values.ToArray());

    [Fact]
    public void Binary_is_0_or_1_or_false_or_true_in_any_case()
        => Assert.Equal(
            [0, 1, 0, 1, 0, 1], Read("b,\n0,\n1,\nfalse,\nTrue,\nFALSE,\n1.0,\n", new ColumnRequest("b", Binary)).Values.Values.ToArray());

    [Fact]
    public void Counts_reach_2_to_the_53()
        => Assert.Equal(
            [0, 9007199254740992, 1000], Read("n,\n0,\n9007199254740992,\n1e3,\n", new ColumnRequest("n", Count)).Values.Values.ToArray());

    [Fact]
    public void Levels_of_the_request_keep_their_order_and_may_be_called_NA()
    {
        ColumnRequest request = new("country", Category) { Levels = ["ZA", "NA", "BW"] };
        Table table = Read("country,\nNA,\nBW,\n,\nNaN,\nNA,\n", request);
        Assert.Equal([1, 2, Missing, Missing, 1], table.Values.Values.ToArray());
        Assert.Same(request, table.Columns[0]);
    }

    [Theory]
    [InlineData(Count, "-3", "'-3' is not a count, a whole number from 0 to 2^53; correct it, or ask for real numbers")]
    [InlineData(Count, "0.5", "'0.5' is not a count")]
    [InlineData(Count, "9007199254740994", "'9007199254740994' is not a count")]
    [InlineData(Count, "many", "'many' is not a count")]
    [InlineData(Count, "inf", "'inf' is infinite; write a finite number, or leave a missing value empty")]
    [InlineData(Binary, "2", "'2' is not binary, 0 or 1, true or false; correct it, or ask for a count or a category")]
    [InlineData(Binary, "yes", "'yes' is not binary, 0 or 1, true or false; correct it, or ask for a category")]
    [InlineData(Real, "1e999", "'1e999' is infinite")]
    [InlineData(Real, "-Infinity", "'-Infinity' is infinite")]
    [InlineData(Real, "tall", "'tall' is not a number; leave a missing value empty or write NaN")]
    [InlineData(Real, "\"1,5,6\"", "'1,5,6' is not a number; write decimals with a point")]
    public void A_cell_that_is_not_of_its_kind_is_named_with_its_place(ColumnKind kind, string cell, string message)
        => Refused($"id,size\n1,1\n2,{cell}\n", "line 3, column 2 ('size'): " + message, new ColumnRequest("size", kind));

    [Fact]
    public void An_unknown_level_is_named_beside_the_known_ones_and_the_nearest()
        => Refused(
            "c,d\nred,1\nblu,2\n",
            "line 3, column 1 ('c'): 'blu' is no level (did you mean 'blue'?); expected red, green, blue; correct it, or add "
            + "it to the levels",
            new ColumnRequest("c", Category) { Levels = ["red", "green", "blue"] });

    [Fact]
    public void A_category_has_at_most_1000_levels_of_bounded_length()
    {
        string ids = string.Concat(Enumerable.Range(0, 1001).Select(i => $"id{i},1\n"));
        Refused(
            "c,d\n" + ids,
            "line 1002, column 1 ('c'): 'id1000' would be level 1001, expected at most 1000; is the column a category?",
            new ColumnRequest("c", Category));
        Refused($"c,d\n{new string('a', 257)},1\n", "line 2, column 1 ('c'): 'aaaa", new ColumnRequest("c", Category));
        Assert.Equal(
            1000, Read("c,d\n" + ids.Replace("id1000,1\n", "", StringComparison.Ordinal), new ColumnRequest("c", Category)).Columns[
                0].Levels!.Count);
    }

    [Theory]
    [InlineData("depth,mag\n1,2\n", "no column 'Magn' (did you mean 'mag'?); its columns are depth, mag")]
    [InlineData("1,2\n3,4\n", "no column 'Magn'; its columns are x1, x2; a first line with numbers is a row, not a header")]
    [InlineData(
        "a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13\n",
        "no column 'Magn'; its columns are a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, ... (13 in all)")]
    [InlineData("Magn,b,Magn\n1,2,3\n", "the column 'Magn' occurs twice in the header, as columns 1 and 3; rename one")]
    [InlineData("Magn,b\n", "holds a header but no row of values")]
    [InlineData("\n\n", "holds only blank lines, expected rows of values")]
    [InlineData("Magn,b\n1,2\n3\n", "line 3 has 1 cells, expected 2 as in the lines before")]
    [InlineData("Magn,b\n1,2\n\n3,4\n", "line 3 is blank, expected 2 cells")]
    [InlineData("Magn,b\n1,\"2\n3,4\n5,6\n", "line 2: ")]
    public void A_bad_file_is_explained_in_one_line(string text, string message) => Refused(text, message, new ColumnRequest("Magn", Real));

    [Fact]
    public void A_column_is_requested_once()
        => Refused("a,b\n1,2\n", "the column 'a' is requested twice, expected each once", new("a", Real), new("a", Count));

    [Fact]
    public void Requests_that_make_no_sense_are_refused()
    {
        string path = _folder.File("a.csv", "a,b\n1,2\n"u8.ToArray());
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, []));
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, [new(" ", Real)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFile.Read(path, [new("a", (ColumnKind)9)]));
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, [new("a", Real) { Levels = ["x"] }]));
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, [new("a", Category) { Levels = [] }]));
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, [new("a", Category) { Levels = ["x", "x"] }]));
        Assert.Throws<ArgumentException>(() => TableFile.Read(path, [new("a", Category) { Levels = [" x"] }]));
    }

    [Fact]
    public void Other_files_are_refused_by_their_name()
    {
        ColumnRequest[] columns = [new("x1", Real)];
        Assert.Equal(
            "b.npz: an archive of arrays, expected one table; save the array that is meant with np.save",
            Assert.Throws<InvalidDataException>(() => TableFile.Read(_folder.File("b.npz", [1]), columns)).Message);
        Assert.StartsWith(
            "b.foo: has the extension .foo, expected .csv, .tsv, .txt, .dat, .jsonl, .ndjson, .parquet, .arrow, .feather, .xlsx, .xls",
            Assert.Throws<InvalidDataException>(() => TableFile.Names(_folder.File("b.foo", [1]))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "none.csv: no such file",
            Assert.Throws<FileNotFoundException>(() => TableFile.Read(_folder.File("none.csv"), columns)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Published_earthquakes_are_read_by_name()
    {
        Assert.SkipUnless(SharedData.TryFind("earthquakes", out string folder), "The shared data are not here.");
        Table week = TableFile.Read(
            Path.Combine(folder, "usgs_week_2018.csv"), [new("mag", Real), new("nst", Count), new("type", Category)]);
        Assert.Equal(1707, week.Values.Length);
        Assert.Equal([0, 465, 0], week.Missing);
        Assert.Equal("earthquake", week.Columns[2].Levels![0]);
        Assert.Equal(["Date", "Latitude", "Longitude", "Magnitude"], TableFile.Names(Path.Combine(folder, "world_1965_2016_m55.csv")));
        Table world = TableFile.Read(Path.Combine(folder, "world_1965_2016_m55.csv"), [new("Magnitude", Real)]);
        Assert.Equal((23412, 6.0), (world.Values.Length, world.Values[0, 0]));
        Table fiji = TableFile.Read(Path.Combine(folder, "fiji.csv"), [new("stations", Count), new("lat", Real)]);
        Assert.Equal([41, -20.42], fiji.Values.Row(0).ToArray());
    }

    private Table Read(string text, params ColumnRequest[] columns)
        => TableFile.Read(_folder.File("a.csv", Encoding.UTF8.GetBytes(text)), columns);

    private void Refused(string text, string message, params ColumnRequest[] columns)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Read(text, columns));
        Assert.StartsWith("a.csv: " + message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        // What is refused whole is refused in chunks.
        Assert.Equal(
            e.Message, Assert.Throws<InvalidDataException>(() => RowStore.Create(_folder.File("a.csv"), columns).Dispose()).Message);
    }
}
