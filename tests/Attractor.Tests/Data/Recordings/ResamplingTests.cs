using System.Globalization;
using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Data.Recordings;

/// <summary>Values between the rows of a recording.</summary>
public sealed class ResamplingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_followed_exactly_whatever_the_times()
    {
        // Times that are even on average: 0, 0.75, 2.25, 3, 3.75, 5.25, ...
        double[] times = [.. Enumerable.Range(0, 41).Select(i => i + (i % 3 == 1 ? -0.25 : i % 3 == 2 ? 0.25 : 0))];
        DataReading reading = Read("t,x,y", times.Select(t => (t, 2 * t, 1 - (0.5 * t))), 0.5);
        Assert.Equal(81 - 1, reading.Rows);
        for (int k = 0; k < reading.Rows; k++)
        {
            Assert.Equal(k, reading.Trials[0][k, 0], 1e-12);
            Assert.Equal(1 - (0.25 * k), reading.Trials[0][k, 1], 1e-12);
        }
        Assert.Equal((0.5, 0.5, true), (reading.Dt!.Value, reading.Trials[0].Dt, reading.IsResampled));
        Assert.Equal("2 columns of 3 (time 't' left out), 80 rows, dt 0.5 by linear interpolation", reading.Summary);
    }

    [Fact]
    public void Between_two_rows_the_value_is_that_of_the_chord()
    {
        DataReading reading = Read(
            "t,x,y", Enumerable.Range(0, 11).Select(i => ((double)i, (double)(i * i), Math.Round(Math.Sin(i), 3))), 0.25);
        TimeSeries series = reading.Longest;
        Assert.Equal(41, series.Length);
        for (int k = 0; k < 40; k++)
        {
            (int i, double share) = (k / 4, k % 4 / 4.0);
            Assert.Equal((i * i) + (share * ((2 * i) + 1)), series[k, 0], 1e-12);
        }
        Assert.Equal(100, series[40, 0]);
    }

    [Fact]
    public void On_the_times_of_the_rows_nothing_changes()
    {
        (double, double, double)[] rows = [.. Enumerable.Range(0, 50).Select(i => (i * 0.1, Math.Sin(i * i), Math.Cos(i * i)))];
        TimeSeries same = Read("t,x,y", rows, 0.1).Longest;
        Assert.Equal(rows.SelectMany(row => new[] { row.Item2, row.Item3 }), same.Values.ToArray());
    }

    [Fact]
    public void Gaps_are_not_bridged()
    {
        // Irregular throughout, with a hole of 10 after row 19.
        double[] times = [.. Enumerable.Range(0, 40).Select(i => i + (0.3 * (i % 2)) + (i >= 20 ? 10 : 0))];
        DataReading reading = Read("t,x,y", times.Select(t => (t, t, -t)), 0.5);
        Assert.Equal(2, reading.Trials.Count);
        Assert.Equal((1, 30.0), (reading.Gaps, reading.Trials[1][0, 0]));
        Assert.Equal(39, reading.Trials[0].Length);
        Assert.All(Enumerable.Range(0, 39), k => Assert.Equal(0.5 * k, reading.Trials[0][k, 0], 1e-12));
        Assert.Contains("1 gap", reading.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_is_missing_on_both_sides()
    {
        TimeSeries series = DataFile.Read(
            File("t,x\n0,1\n1,\n2,3\n3,4\n"), new() { Time = "t", Resample = 0.5 }).Longest;
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, 3, 3.5, 4], series.Column(0));
    }

    [Fact]
    public void Inputs_are_interpolated_beside_the_variables()
    {
        TimeSeries series = DataFile.Read(
            File("t,x,u,y\n0,1,5,2\n1,3,6,4\n2.5,6,9,1\n"), new() { Columns = ["y", "x"], Inputs = ["u"], Time = "t", Resample = 0.5 })
            .Longest;
        Assert.Equal((2, 0.5), (series.Dimension, series.Dt));
        Assert.Equal([2, 3, 4, 3, 2, 1], series.Column(0));
        Assert.Equal([1, 2, 3, 4, 5, 6], series.Column(1));
        Assert.Equal(["u"], series.Inputs!.Names);
        Assert.Equal([5, 5.5, 6, 7, 8, 9], series.Inputs.Column(0));
    }

    [Fact]
    public void Every_trial_begins_at_its_own_time()
    {
        DataReading reading = DataFile.Read(
            File("who,t,x\na,0,0\na,1,2\na,2.5,5\nb,7,7\nb,8,9\nb,9,8\n"), new() { Trial = "who", Resample = 0.5 });
        Assert.Equal([0, 1, 2, 3, 4, 5], reading.Trials[0].Column(0));
        Assert.Equal([7, 8, 9, 8.5, 8], reading.Trials[1].Column(0));
    }

    [Fact]
    public void Dates_and_milliseconds_are_in_seconds()
    {
        string dates = File("when,x\n2024-01-01T00:00:00Z,0\n2024-01-01T00:00:01Z,1\n2024-01-01T00:00:02.5Z,2.5\n");
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5], DataFile.Read(dates, new() { Resample = 0.5 }).Longest.Column(0));
        string milliseconds = File("t_ms,x\n0,0\n1000,1\n2500,2.5\n");
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5], DataFile.Read(milliseconds, new() { Time = "t_ms", Resample = 0.5 }).Longest.Column(0));
    }

    [Fact]
    public void A_format_that_says_its_step_needs_no_times()
    {
        TimeSeries series = DataFile.Read(Fixture.Path("eeg.edf"), new() { Resample = 0.00625, Dt = 3 }).Longest;
        Assert.Equal((79, 0.00625), (series.Length, series.Dt));
        Assert.Equal((series[0, 0] + series[2, 0]) / 2, series[1, 0]);
        Assert.Equal(500 - 20 + 37 - 0.0, series[2, 0]);
    }

    [Fact]
    public void What_cannot_be_interpolated_is_one_line()
    {
        string path = File("x,y\n1.5,2\n3,4\n2,2\n");
        Assert.Contains(
            "nothing says the times of the rows, which interpolation needs; name the column of times",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(path, new() { Resample = 0.5 })).Message, StringComparison.Ordinal);
        Assert.False(DataFile.Read(path, new() { Resample = 0.5, MayLack = true }).IsResampled);
        Assert.Contains(
            "a step of 1E-12 makes 3E+12 rows of 1 columns",
            Assert.Throws<InvalidDataException>(
                () => DataFile.Read(File("t,x\n0,1\n1,2\n2,3\n3,4\n"), new() { Time = "t", Resample = 1e-12 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DataFile.Read(path, new() { Resample = 0 }));
    }

    private DataReading Read(string header, IEnumerable<(double T, double X, double Y)> rows, double step)
    {
        StringBuilder text = new(header + "\n");
        foreach ((double t, double x, double y) in rows)
            text.Append(CultureInfo.InvariantCulture, $"{t:R},{x:R},{y:R}\n");
        return DataFile.Read(File(text.ToString()), new() { Columns = ["x", "y"], Time = "t", Resample = step });
    }

    private string File(string text) => _folder.File("a.csv", Encoding.UTF8.GetBytes(text));
}
