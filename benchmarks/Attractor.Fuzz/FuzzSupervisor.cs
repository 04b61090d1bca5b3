using System.Diagnostics;
using System.Globalization;
using Attractor.Fuzz.Readers;

namespace Attractor.Fuzz;

/// <summary>Keeps the workers going: a command that hangs or takes the process with it costs the rest of the cases nothing.</summary>
internal static class FuzzSupervisor
{
    // So that a size that is not refused shows, and costs the machine nothing.
    private const string HeapLimit = "0x60000000";

    // What a reader allocates is gone with its case: large arrays among it are no reason for a full collection.
    private static readonly (string Name, string Value)[] s_shortLives
        = [("DOTNET_GCgen0size", "0x8000000"), ("DOTNET_GCLOHThreshold", "0x2000000"), ("DOTNET_gcConcurrent", "0")];

    public static int Run(FuzzOptions options)
    {
        Directory.CreateDirectory(options.Folder);
        Stopwatch clock = Stopwatch.StartNew();
        Tally[] tallies = new Tally[options.Workers];
        Thread[] threads = [.. Enumerable.Range(0, options.Workers).Select(w => new Thread(() => tallies[w] = Drive(options, w, clock)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Tally all = tallies.Aggregate(new Tally(), (a, b) => a + b);
        string[] kinds = [.. FindingLog.Read(options.Folder)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Cases:N0} cases in {clock.Elapsed.TotalSeconds:N0} s: exit code 0 {all.Succeeded:N0}, 1 {all.Failed:N0}, "
            + $"2 {all.Refused:N0}; {kinds.Length} kinds of findings"));
        foreach (string kind in kinds)
            Console.WriteLine(kind);
        return kinds.Length == 0 ? 0 : 1;
    }

    private static Tally Drive(FuzzOptions options, int worker, Stopwatch clock)
    {
        Tally tally = new();
        long first = options.First + worker, end = options.Count == long.MaxValue ? long.MaxValue : options.First + options.Count;
        while (first < end && clock.Elapsed.TotalSeconds < options.Seconds)
        {
            ProcessStartInfo start = new(Environment.ProcessPath!)
            {
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_gcServer"] = "0" },
            };
            if (options.IsOfReaders)
                foreach ((string name, string value) in s_shortLives)
                    start.Environment[name] = value;
            FuzzOptions part = options with { Count = end - first };
            foreach (string word in part.ToWords(first, options.Seconds - clock.Elapsed.TotalSeconds))
                start.ArgumentList.Add(word);
            using Process process = Process.Start(start)!;
            long last = first - options.Workers;
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (Tally.TryParse(line, out long number, out Tally made))
                    (last, tally) = (number, tally + made);
            }
            process.WaitForExit();
            if (process.ExitCode == 0)
                break;
            long broken = options.IsOfReaders ? Reading(options, worker) : last + options.Workers;
            if (process.ExitCode != FuzzWorker.Hangs)
                new FindingLog(options.Folder).Add("crash", $"the process ended with {process.ExitCode}", broken, null);
            tally = tally.With(-1);
            first = broken + options.Workers;
        }
        return tally;
    }

    private static long Reading(FuzzOptions options, int worker)
    {
        byte[] bytes = File.ReadAllBytes(ReaderWorker.CurrentFile(options.Folder, (options.First + worker) % options.Workers));
        return BitConverter.ToInt64(bytes);
    }
}
