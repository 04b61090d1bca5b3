using System.Diagnostics;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Tests;

/// <summary>What the studio sees of a folder: every run, whoever trains it, and curves with all of their extremes.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_curve_keeps_its_extremes_and_its_ends_in_bounded_memory()
    {
        ExtremesCurve curve = new(most: 64);
        double[] values = [.. Enumerable.Range(0, 100_003).Select(i => Math.Sin(i * 0.01))];
        (values[12_345], values[77_777]) = (50, -40);
        for (int i = 0; i < values.Length; i++)
            curve.Add(i, values[i]);
        (double[] x, double[] y) = curve.Points();
        Assert.InRange(x.Length, 32, 128);
        Assert.Equal((50, -40), (y.Max(), y.Min()));
        Assert.Equal(12_345, x[Array.IndexOf(y, 50)]);
        Assert.Equal(77_777, x[Array.IndexOf(y, -40)]);
        Assert.Equal(x.Order(), x);
        Assert.All(x.Zip(y), p => Assert.Equal(values[(int)p.First], p.Second));
        Assert.Equal((100_003, 100_002.0), (curve.Count, curve.Last!.Value.X));
    }

    [Fact]
    public void A_curve_that_fits_is_the_curve()
    {
        ExtremesCurve curve = new();
        for (int i = 0; i < 1000; i++)
            curve.Add(i, i == 500 ? double.NaN : i * i);
        (double[] x, double[] y) = curve.Points();
        Assert.Equal([.. Enumerable.Range(0, 1000).Where(i => i != 500).Select(i => (double)i)], x);
        Assert.Equal(x.Select(v => v * v), y);
        Assert.Equal((1, 1), (curve.NotFinite, curve.PointsOfStretch));
    }

    [Fact]
    public void Only_appended_bytes_are_read_and_a_torn_line_waits()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        MetricsTail tail = new(path);
        Assert.False(tail.Read());
        string line = """{"update":1,"loss":2.5,"learning_rate":0.1,"seconds":0.1}""" + "\n";
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(line, 1000)));
        Assert.True(tail.Read());
        Assert.Equal((1000, 1000 * line.Length), (tail.Lines, (int)tail.BytesRead));
        long before = tail.BytesRead;
        File.AppendAllText(path, line + line[..20]);
        Assert.True(tail.Read());
        Assert.InRange(tail.BytesRead - before, line.Length, (2 * line.Length) + 256);
        Assert.Equal(1001, tail.Lines);
        File.AppendAllText(path, line[20..]);
        Assert.True(tail.Read());
        Assert.False(tail.Read());
        Assert.Equal(1002, tail.Lines);
        Assert.Equal(["loss", "learning_rate"], tail.Curves.Select(c => c.Key));
        Assert.Equal(1002, tail.Curves[0].Curve.Count);
    }

    [Fact]
    public void A_file_that_is_cut_or_replaced_is_read_anew()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        File.WriteAllText(path, "{\"update\":1,\"loss\":1}\n{\"update\":2,\"loss\":2}\n");
        MetricsTail tail = new(path);
        tail.Read();
        File.WriteAllText(path, "{\"update\":1,\"loss\":1}\n");
        Assert.True(tail.Read());
        Assert.Equal(1, tail.Lines);
        File.WriteAllText(path, "{\"update\":5,\"loss\":7}\n{\"update\":6,\"loss\":8}\n");
        Assert.True(tail.Read());
        Assert.Equal([7.0, 8.0], tail.Curves[0].Curve.Points().Y);
        File.WriteAllText(path, "\0\0\n{\"update\":\n[]\n{\"a\":{\"loss\":3}}\n{\"loss\":NaN}\n");
        tail.Read();
        Assert.DoesNotContain(tail.Curves, c => c.Curve.Count > 0);
    }

    [Fact]
    public void Lines_that_are_like_the_last_and_others_are_read_alike()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        string[] lines =
        [
            """{"update":1,"loss":1.5,"reason":"a","epoch":[1,2]}""", """{"update":2,"loss":-2.5e-3,"reason":"a","epoch":[1,2]}""",
            """{"update":3,"loss":"NaN","reason":"a","epoch":[1,2]}""",
            """{"update":4,"loss":0.30000000000000004,"reason":"b","epoch":[1,3]}""",
            // No JSON: neither is a line, whatever the last was like.
            """{"update":5,"loss":NaN,"reason":"b","epoch":[1,3]}""", """{"update":6,"loss":+7,"reason":"b","epoch":[1,3]}""",
            """{"update":7,"loss":8,"reason":"b","epoch":[1,3]} """, """{"update":8,"loss":9,"reason":"b","epoch":[1,3]}x""",
            """{"update":9,"score":4}""", """{"update":10,"score":3,"loss":6}""", """{"update":11,"score":2,"loss":5}""",
        ];
        File.WriteAllLines(path, lines);
        MetricsTail tail = new(path);
        tail.Read();
        Assert.Equal(8, tail.Lines);
        Assert.Equal(["loss", "score"], tail.Curves.Select(c => c.Key));
        Assert.Equal([1, 2, 4, 7, 10, 11], tail.Curves[0].Curve.Points().X);
        Assert.Equal([1.5, -2.5e-3, 0.30000000000000004, 8, 6, 5], tail.Curves[0].Curve.Points().Y);
        Assert.Equal([9, 10, 11], tail.Curves[1].Curve.Points().X);
        Assert.Equal([4, 3, 2], tail.Curves[1].Curve.Points().Y);
    }

    [Fact]
    public void A_million_lines_open_in_seconds_even_here()
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        using (StreamWriter writer = new(path))
            for (int i = 1; i <= 1_000_000; i++)
                writer.Write($"{{\"update\":{i},\"loss\":{(i == 654_321 ? 99 : 1.5)},\"learning_rate\":0.001,\"seconds\":1.234}}\n");
        MetricsTail tail = new(path);
        Stopwatch clock = Stopwatch.StartNew();
        tail.Read();
        TestContext.Current.SendDiagnosticMessage($"a million lines: {clock.Elapsed.TotalSeconds:F2} s");
        Assert.Equal(1_000_000, tail.Lines);
        (double[] x, double[] y) = tail.Curves[0].Curve.Points();
        Assert.Equal(654_321, x[Array.IndexOf(y, 99)]);
        Assert.True(x.Length <= 4096);
    }

    [Fact]
    public void A_thousand_runs_are_listed_and_listed_again_without_being_read()
    {
        for (int i = 0; i < 1000; i++)
            StudioFixture.AddRun(_folder, $"group-{i % 10}/run-{i}", isFinished: i % 2 == 0);
        using RunList runs = new(Folder());
        Stopwatch clock = Stopwatch.StartNew();
        Assert.True(runs.Refresh());
        TimeSpan first = clock.Elapsed;
        IReadOnlyList<RunEntry> seen = runs.Current;
        clock.Restart();
        Assert.False(runs.Refresh());
        TestContext.Current.SendDiagnosticMessage($"1,000 runs: {first.TotalMilliseconds:F0} ms, again {clock.ElapsedMilliseconds} ms");
        Assert.Equal(1000, seen.Count);
        Assert.Equal(500, seen.Count(r => r.Status == RunStatus.Finished));
        Assert.All(seen, r => Assert.Equal((100, "shplrnn", 609), (r.Update, r.Model, r.Parameters)));
    }

    [Fact]
    public void A_run_is_training_as_long_as_its_lock_is_held_and_looking_does_not_take_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says who holds a lock");
        string run = StudioFixture.AddRun(_folder, "run");
        using RunList runs = new(Folder());
        Assert.Equal(RunStatus.Stopped, runs.Find("run")!.Status);
        using (Storage.RunFolder held = Storage.RunFolder.Open(run))
        {
            RunEntry entry = runs.Find("run")!;
            Assert.Equal((RunStatus.Training, (int?)Environment.ProcessId), (entry.Status, entry.Process));
        }
        Assert.Equal(RunStatus.Stopped, runs.Find("run")!.Status);
        File.WriteAllText(Path.Combine(run, "config.json"), "{");
        Assert.Equal(RunStatus.Damaged, runs.Find("run")!.Status);
    }

    private StudioFolder Folder() => new(new() { Folder = _folder, Command = [] });
}
