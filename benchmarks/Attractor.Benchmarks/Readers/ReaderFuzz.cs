using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Attractor.Benchmarks;

/// <summary>
/// Damaged files of every format, read in processes of their own: how many crash, throw what no document says, take over 2 s, or allocate
/// over 16 times the file plus 64 MB.
/// </summary>
/// <remarks>reader-fuzz FOLDER [mutations] [workers] [seed]: the folder holds sound files, such as those of the tests.</remarks>
internal static class ReaderFuzz
{
    private const string Done = "done", Finding = "finding";
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    /// <summary>Shares the work out, and starts a worker anew after the file that killed it.</summary>
    public static void Run(string[] arguments)
    {
        string folder = arguments[0];
        long mutations = Number(arguments, 1, 10_000);
        int workers = (int)Number(arguments, 2, 1), seed = (int)Number(arguments, 3, 1);
        Stopwatch clock = Stopwatch.StartNew();
        Tally tally = new();
        Task[] all = [.. Enumerable.Range(0, workers).Select(w => Task.Run(() => Drive(folder, w, workers, mutations, seed, tally)))];
        Task.WaitAll(all);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "reader-fuzz",
            mutations = tally.Mutations,
            read = tally.Read,
            crashes = tally.Crashes,
            undocumented = tally.Undocumented,
            slow = tally.Slow,
            large = tally.Large,
            slowest_seconds = tally.Slowest,
            seconds = clock.Elapsed.TotalSeconds,
        }));
    }

    /// <summary>reader-fuzz-worker FOLDER first mutations step seed: reads every step-th damaged file, and tells of it.</summary>
    public static void Work(string[] arguments)
    {
        FileMutation mutation = new(Sound(arguments[0]), (int)Number(arguments, 4, 1));
        long first = Number(arguments, 1, 0), mutations = Number(arguments, 2, 0), step = Number(arguments, 3, 1);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("attractor-fuzz-");
        try
        {
            ReadingProbe probe = new(scratch.FullName);
            for (long number = first; number < mutations; number += step)
            {
                (string name, byte[] bytes) = mutation.Of(number);
                ReadingProbe.Outcome outcome = probe.Read(name, bytes, (int)(number / step % 8));
                if (outcome.Fault is { } fault)
                    Console.WriteLine($"{Finding} {number} {name} {fault}");
                Console.WriteLine(FormattableString.Invariant($"{Done} {number} {(outcome.WasRead ? 1 : 0)} {outcome.Seconds:R}"));
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>reader-fuzz-file FOLDER number seed FILE: writes one of the damaged files, to look at.</summary>
    public static void Write(string[] arguments)
    {
        (string name, byte[] bytes) = new FileMutation(Sound(arguments[0]), (int)Number(arguments, 2, 1)).Of(Number(arguments, 1, 0));
        File.WriteAllBytes(arguments[3], bytes);
        Console.WriteLine($"{name}: {bytes.Length} bytes");
    }

    // In the order of their names; what only one's own writer makes is written here.
    private static List<(string Name, byte[] Bytes)> Sound(string folder)
    {
        List<(string, byte[])> files =
            [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
        files.AddRange(SoundFiles.All());
        return files;
    }

    private static void Drive(string folder, int worker, int workers, long mutations, int seed, Tally tally)
    {
        long next = worker;
        while (next < mutations)
        {
            using Process process = Start(folder, next, mutations, workers, seed);
            long running = next;
            while (ReadLine(process) is { } line)
            {
                string[] words = line.Split(' ', 3);
                running = long.Parse(words[1], CultureInfo.InvariantCulture);
                if (words[0] == Finding)
                    tally.Add(line);
                else
                {
                    tally.Finish(words[2]);
                    next = running + workers;
                }
            }
            if (next >= mutations)
                break;
            bool hangs = !process.HasExited;
            if (hangs)
                process.Kill();
            tally.Add($"{Finding} {next} ? {(hangs ? "slow: does not end" : "crash")}");
            tally.Finish("0 0");
            next += workers;
        }
    }

    // Null at the end, and where nothing comes for long.
    private static string? ReadLine(Process process)
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        return line.Wait(s_hang) ? line.Result : null;
    }

    private static Process Start(string folder, long first, long mutations, int step, int seed)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (string argument in (string[])
        [
            "reader-fuzz-worker", folder, Text(first), Text(mutations), Text(step), Text(seed)
        ])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string[] arguments, int at, long otherwise)
        => arguments.Length > at ? long.Parse(arguments[at], CultureInfo.InvariantCulture) : otherwise;

    private sealed class Tally
    {
        private readonly Lock _lock = new();

        public long Mutations { get; private set; }

        public long Read { get; private set; }

        public long Crashes { get; private set; }

        public long Undocumented { get; private set; }

        public long Slow { get; private set; }

        public long Large { get; private set; }

        public double Slowest { get; private set; }

        public void Add(string finding)
        {
            lock (_lock)
            {
                Console.Error.WriteLine(finding);
                string fault = finding.Split(' ', 4)[3];
                Crashes += fault.StartsWith("crash", StringComparison.Ordinal) ? 1 : 0;
                Undocumented += fault.StartsWith("undocumented", StringComparison.Ordinal) ? 1 : 0;
                Slow += fault.StartsWith("slow", StringComparison.Ordinal) ? 1 : 0;
                Large += fault.StartsWith("large", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        public void Finish(string words)
        {
            string[] parts = words.Split(' ');
            lock (_lock)
            {
                Mutations++;
                Read += parts[0] == "1" ? 1 : 0;
                Slowest = Math.Max(Slowest, double.Parse(parts[1], CultureInfo.InvariantCulture));
            }
        }
    }
}
