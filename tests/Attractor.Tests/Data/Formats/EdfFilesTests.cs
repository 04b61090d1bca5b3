using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>EDF and BDF recordings.</summary>
public sealed class EdfFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Signals_of_the_most_frequent_rate_are_read_in_physical_units()
    {
        DataReading reading = DataFile.Read(Fixture.Path("eeg.edf"));
        Assert.Equal(["Fp1", "Fp2"], reading.Variables);
        Assert.Equal("2 columns, 40 rows, dt 0.0125 s", reading.Summary);
        Assert.Equal(
            "signals of 80 Hz; of other rates and left out: 'ECG' (160 Hz)", reading.Notes[0].ToString(CultureInfo.InvariantCulture));
        for (int t = 0; t < Fixture.Rows; t++)
            // -500 to 1500 uV in -1000 to 1000 digits.
            Assert.Equal([((t * 37) % 41) - 20 + 500, (t * t) - 700], reading.Trials[0].Row(t).ToArray());
    }

    [Fact]
    public void A_recording_that_was_interrupted_is_taken_apart()
    {
        IReadOnlyList<TimeSeries> parts = SeriesFile.ReadTrials(Fixture.Path("gap.edf"));
        Assert.Equal([20, 20], parts.Select(part => part.Length));
        Assert.Equal((0.0, 19.0, 20.0, 39.0), (parts[0][0, 0], parts[0][19, 0], parts[1][0, 0], parts[1][19, 0]));
        Assert.Equal(0.1, parts[1].Dt);
    }

    [Fact]
    public void Samples_of_24_bits_have_their_sign()
    {
        TimeSeries series = SeriesFile.Read(Fixture.Path("eeg.bdf"));
        Assert.Equal(0.05, series.Dt);
        for (int t = 0; t < Fixture.Rows; t++)
        {
            Assert.Equal((t * 100_000) - 2_000_000, series[t, 0]);
            Assert.Equal(-262144 + ((8388608 - t) * (524287.0 / 16777215)), series[t, 1], 1e-9);
        }
        Assert.Equal(2, DataFile.Read(_folder.File("data.csv", Fixture.Bytes("eeg.bdf"))).Columns.Count);
    }

    [Theory]
    [InlineData(184, "00000512", "damaged: a header of 00000512 bytes for 4 signals, expected 1280")]
    [InlineData(236, "3       ", "truncated: 3 records of 220 bytes need 660 bytes, found 440")]
    [InlineData(244, "0       ", "the duration of a record is 0")]
    [InlineData(244, "abc     ", "damaged: the duration of a record is 'abc'")]
    [InlineData(252, "9999", "damaged: a header of 1280 bytes for 9999 signals")]
    public void What_is_wrong_with_the_header_is_one_line(int offset, string field, string message)
    {
        byte[] bytes = Fixture.Bytes("eeg.edf");
        Encoding.ASCII.GetBytes(field).CopyTo(bytes, offset);
        Assert.StartsWith(
            "a.edf: " + message, Assert.Throws<InvalidDataException>(() => DataFile.Read(_folder.File("a.edf", bytes))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_records_that_is_not_known_is_counted()
    {
        byte[] bytes = Fixture.Bytes("eeg.edf");
        "-1      "u8.CopyTo(bytes.AsSpan(236));
        Assert.Equal(Fixture.Rows, SeriesFile.Read(_folder.File("a.edf", bytes)).Length);
    }

    [Theory]
    [InlineData("eeg.edf", 1500)]
    [InlineData("gap.edf", 1000)]
    [InlineData("eeg.bdf", 1000)]
    public void Damage_is_an_error_of_one_line(string file, int rounds) => Mutations.Check(_folder, file, Fixture.Bytes(file), rounds);
}
