using System.Globalization;
using System.IO.Compression;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Workbooks: what openpyxl and xlwt wrote is read.</summary>
public sealed class ExcelFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_sheet_is_read_with_its_dates_gaps_and_words()
    {
        DataReading reading = DataFile.Read(Fixture.Path("sheets.xlsx"));
        Assert.Equal("4 columns of 6 (time 'when', text 'word' left out), 40 rows, dt 900 s", reading.Summary);
        Assert.Equal(
            "sheet 'weather' of weather, bare, wrong, empty; Array names another",
            string.Create(CultureInfo.InvariantCulture, $"{reading.Notes[0]}").Replace("setting", "", StringComparison.Ordinal));
        for (int t = 0; t < Fixture.Rows; t++)
        {
            Assert.Equal(t == 7 ? double.NaN : Fixture.X(t), reading.Trials[0][t, 0]);
            Assert.Equal([Fixture.Y(t), Fixture.N(t), 1 - (t % 2)], reading.Trials[0].Row(t)[1..].ToArray());
        }
    }

    [Fact]
    public void Workbooks_of_before_2007_are_read()
    {
        DataReading reading = DataFile.Read(Fixture.Path("sheet.xls"));
        Assert.Equal("3 columns of 4 (time 'when' left out), 40 rows, dt 900 s", reading.Summary);
        for (int t = 0; t < Fixture.Rows; t++)
            Assert.Equal([Fixture.X(t), Fixture.Y(t), Fixture.N(t)], reading.Trials[0].Row(t).ToArray());
    }

    [Fact]
    public void A_sheet_is_named_and_may_have_no_header()
    {
        DataReading reading = DataFile.Read(Fixture.Path("sheets.xlsx"), new() { Array = "bare" });
        Assert.Equal((Fixture.Rows, 2), (reading.Trials[0].Length, reading.Variables.Count));
        Assert.Null(reading.NamedVariables);
        Assert.Equal([Fixture.X(39), Fixture.Y(39)], reading.Trials[0].Row(39).ToArray());
        Assert.Empty(reading.Notes);
    }

    [Theory]
    [InlineData("wrong", "row 3 of the sheet 'wrong', column 'b': 'four' is not a number")]
    [InlineData("empty", "the sheet 'empty' holds no row of values")]
    [InlineData("wether", "no sheet 'wether' (did you mean 'weather'?); its sheets are weather, bare, wrong, empty")]
    public void What_is_wrong_with_a_sheet_is_one_line(string sheet, string message) => Assert.StartsWith(
        "sheets.xlsx: " + message,
        Assert.Throws<InvalidDataException>(() => DataFile.Read(Fixture.Path("sheets.xlsx"), new() { Array = sheet })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_title_a_blank_column_and_names_in_two_rows_are_around_the_table()
    {
        string path = Fixture.Path("titled.xlsx");
        Assert.EndsWith(
            "the sheet 'about' holds no row of values; its sheets are about, titled, merged: name the one that is meant",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message,
            StringComparison.Ordinal);
        DataReading titled = DataFile.Read(path, new() { Array = "titled" }), merged = DataFile.Read(path, new() { Array = "merged" });
        Assert.Equal("2 columns of 3 (time 't' left out), 40 rows, dt 0.5", titled.Summary);
        Assert.Equal("2 columns of 3 (time 't s' left out), 40 rows, dt 0.5 s", merged.Summary);
        Assert.Equal(["x", "y"], titled.Variables);
        Assert.Equal(["position x", "y"], merged.Variables);
        for (int t = 0; t < Fixture.Rows; t++)
            foreach (DataReading reading in (DataReading[])[titled, merged])
                Assert.Equal([((t * 37) % 41 / 8.0) - 2.5, Fixture.Y(t)], reading.Trials[0].Row(t).ToArray());
    }

    [Fact]
    public void The_first_bytes_decide_whatever_the_extension()
    {
        foreach (string name in (string[])["data.csv", "data.npz", "data.bin"])
        {
            Assert.Equal(4, DataFile.Read(_folder.File(name, Fixture.Bytes("sheets.xlsx"))).Variables.Count);
            Assert.Equal(3, DataFile.Read(_folder.File(name, Fixture.Bytes("sheet.xls"))).Variables.Count);
        }
        SeriesFile.Write(_folder.File("a.npz"), new TimeSeries([1, 2, 3], 1));
        Assert.Equal([1.0, 2, 3], SeriesFile.Read(_folder.File("a.xlsx", File.ReadAllBytes(_folder.File("a.npz")))).Column(0));
    }

    [Fact]
    public void What_unpacks_to_too_much_is_refused()
    {
        string path = _folder.File("a.xlsx", Fixture.Bytes("sheets.xlsx"));
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update))
        using (Stream words = archive.CreateEntry("xl/media/large.bin").Open())
            for (int i = 0; i < 100; i++)
                words.Write(new byte[1 << 20]);
        Assert.StartsWith(
            "a.xlsx: damaged, or packed too tightly: contents of 104857600 bytes cannot come from ",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sheets.xlsx", 500)]
    [InlineData("sheet.xls", 800)]
    public void Damage_is_an_error_of_one_line(string file, int rounds) => Mutations.Check(_folder, file, Fixture.Bytes(file), rounds);
}
