using System.Globalization;
using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Data.Recordings;

/// <summary>Trials from folders, patterns, lists of files, groups and archives.</summary>
public sealed class TrialSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_files_is_a_list_of_trials_in_the_order_of_their_numbers()
    {
        foreach (int k in (int[])[10, 2, 1])
            File($"s{k}.csv", Table("x,y", k, 20 + k));
        File("notes.txt", "hello");
        DataReading reading = DataFile.Read(_folder.Path);
        Assert.Equal(["s1", "s2", "s10"], reading.TrialNames);
        Assert.Equal([21, 22, 30], reading.Trials.Select(trial => trial.Length));
        Assert.Equal(X(10, 3), reading.Trials[2][3, 0]);
        Assert.Equal("2 columns, 3 trials of 21 to 30 rows", reading.Summary);
        Assert.Equal(22, DataFile.Read(_folder.Path, new() { Trial = "s2" }).Rows);
        Assert.Equal(30, DataFile.Read(_folder.Path, new() { Trial = "3" }).Rows);
        Assert.Equal(["s1", "s10"], DataFile.Read(Path.Combine(_folder.Path, "s1*.csv")).TrialNames);
        Assert.Equal(
            ["s10", "s2"], DataFile.Read($"{_folder.File("s10.csv")},{_folder.File("s2.csv")}").TrialNames);
        Assert.True(DataFile.IsData(_folder.Path));
    }

    [Fact]
    public void Columns_of_other_files_are_found_by_name()
    {
        File("a.csv", Table("x,y", 1, 20));
        File("b.csv", Table("y,x", 2, 20));
        DataReading reading = DataFile.Read(_folder.Path);
        Assert.Equal(["x", "y"], reading.Variables);
        Assert.Equal(Y(2, 5), reading.Trials[1][5, 0]);
    }

    [Fact]
    public void A_file_that_lacks_a_variable_or_has_another_time_step_is_named()
    {
        File("a.csv", Table("x,y", 1, 20));
        File("b.csv", "x\n1\n2\n");
        Assert.Equal(
            "b.csv: has the variables x, a.csv has x, y; name columns that all files have",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(_folder.Path)).Message);
        File("a.csv", "t,x\n0,3\n1,5\n2,4\n3,2\n");
        File("b.csv", "t,x\n0,3\n2,5\n4,4\n6,2\n");
        Assert.Equal(
            "b.csv: a time step of 2, a.csv has 1; resample them to the same",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(_folder.Path, new() { Time = "t" })).Message);
    }

    [Fact]
    public void A_folder_without_data_is_refused()
        => Assert.Contains("holds no file of data", Assert.Throws<InvalidDataException>(() => DataFile.Read(_folder.Path)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Trials_of_the_same_number_in_two_groups_are_two()
    {
        StringBuilder text = new("subject,trial,x,y\n");
        foreach (string subject in (string[])["a", "b"])
            for (int trial = 1; trial <= 2; trial++)
                for (int t = 0; t < 15; t++)
                    text.Append(CultureInfo.InvariantCulture, $"{subject},{trial},{X(trial, t)},{Y(trial, t)}\n");
        string file = File("a.csv", text.ToString());
        DataReading reading = DataFile.Read(file, new() { Trial = "trial", Group = "subject" });
        Assert.Equal(["a/1", "a/2", "b/1", "b/2"], reading.TrialNames);
        Assert.Equal(["x", "y"], reading.Variables);
        Assert.Equal([15, 15, 15, 15], reading.Trials.Select(trial => trial.Length));
        Assert.Equal(["a", "b"], DataFile.Read(file, new() { Group = "subject", Columns = ["x"] }).TrialNames);
        Assert.Equal(["a/2", "b/2"], DataFile.Read(file, new() { Trial = "trial=2", Group = "subject" }).TrialNames);
        Assert.Equal(["b/1"], DataFile.Read(file, new() { Trial = "trial=b/1", Group = "subject" }).TrialNames);
        Assert.Equal(2, DataFile.Read(file, new() { Trial = "trial" }).Trials.Count);
    }

    [Fact]
    public void Arrays_with_names_of_their_own_and_the_same_length_are_columns()
    {
        Assert.Equal(0.25, Columns("t", "x", "y").Dt);
        Assert.Equal(["x", "y"], Columns("t", "x", "y").Variables);
        Assert.Equal(3, Columns("x1", "x2", "x3").Trials.Count);
    }

    private DataReading Columns(params string[] names)
    {
        using (FileStream stream = System.IO.File.Create(_folder.File("a.npz")))
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create))
            for (int n = 0; n < names.Length; n++)
            {
                string array = _folder.File("one.npy");
                SeriesFile.Write(array, new TimeSeries([.. Enumerable.Range(0, 30).Select(t => n == 0 ? 0.25 * t : X(n, t))], 1));
                using Stream entry = archive.CreateEntry(names[n] + ".npy").Open();
                entry.Write(System.IO.File.ReadAllBytes(array));
            }
        return DataFile.Read(_folder.File("a.npz"));
    }

    private static double X(int trial, int t) => Math.Sin((0.7 * t) + trial);

    private static double Y(int trial, int t) => Math.Cos((1.3 * t) + trial) - 0.2;

    private static string Table(string header, int trial, int rows) => header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(
        t => FormattableString.Invariant($"{X(trial, t)},{Y(trial, t)}\n")));

    private string File(string name, string text) => _folder.File(name, Encoding.UTF8.GetBytes(text));
}
