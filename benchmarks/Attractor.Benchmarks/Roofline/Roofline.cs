using System.Diagnostics;
using System.Globalization;

namespace Attractor.Benchmarks;

/// <summary>
/// Every hot loop beside the processor's ceilings: the multiply-adds that C# reaches on registers and the bytes that it reads from each
/// cache, all measured in turn in one run on one thread. The best of many short rounds: a busy machine spoils some, not all.
/// </summary>
internal static class Roofline
{
    private const double SecondsOfLoop = 2.5, SecondsOfRound = 0.004;
    private const int LeastRounds = 12;

    /// <summary>Prints a JSON line for the ceilings and one for each loop.</summary>
    /// <param name="arguments">Parts of names, to run some alone; and <c>--short</c> to see that it runs.</param>
    public static void Run(string[] arguments)
    {
        bool isShort = arguments.Contains("--short");
        string[] names = [.. arguments.Where(a => !a.StartsWith('-'))];
        using Bandwidth l2 = new("L2", 512 << 10), l3 = new("L3", 12 << 20), memory = new("memory", 256 << 20);
        Bandwidth[] levels = [l2, l3, memory];
        // A short run has too few rounds to come to every level.
        foreach (Bandwidth level in levels)
            level.Measure();
        List<(HotLoop Loop, double Best, double Median, double Peak)> found = [];
        foreach (HotLoop loop in HotLoops.All())
        {
            if (names.Length > 0 && !names.Any(n => $"{loop.Name} {loop.Size}".Contains(n, StringComparison.OrdinalIgnoreCase)))
                continue;
            found.Add(Measure(loop, levels, isShort));
        }
        double peak = found.Max(f => f.Peak);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"fma_peak_gflops":{{peak:F1}},"l2_gb":{{l2.Best:F1}},"l3_gb":{{l3.Best:F1}},"memory_gb":{{memory.Best:F1}}}"""));
        foreach ((HotLoop loop, double best, double median, double near) in found)
        {
            // The ceiling as it was beside the loop: the clock of a shared machine wanders.
            double ceiling = loop.IsDouble ? near / 2 : near, rate = levels.FirstOrDefault(l => l.Level == loop.Level)?.Best ?? 0;
            double compute = loop.Operations / ceiling / 1e9, transfer = rate > 0 ? loop.Bytes / rate / 1e9 : 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"loop":"{{loop.Name}}","size":"{{loop.Size}}","unit":"{{loop.Unit}}","seconds":{{best / loop.Units:G5}}"""
                + $$""","median":{{median / loop.Units:G5}},"operations":{{loop.Operations / loop.Units:G5}}"""
                + $$""","bytes":{{loop.Bytes / loop.Units:G5}},"level":"{{loop.Level}}","precision":{{(loop.IsDouble ? 64 : 32)}}"""
                + $$""","of_peak":{{compute / best:F3}},"of_bandwidth":{{transfer / best:F3}}"""
                + $$""","limit":"{{(transfer > compute ? loop.Level : "arithmetic")}}"}"""));
        }
    }

    private static (HotLoop Loop, double Best, double Median, double Peak) Measure(HotLoop loop, Bandwidth[] levels, bool isShort)
    {
        loop.Run();
        long start = Stopwatch.GetTimestamp();
        loop.Run();
        double once = Math.Max(1e-7, Stopwatch.GetElapsedTime(start).TotalSeconds);
        int inner = loop.Seconds is null ? Math.Max(1, (int)(SecondsOfRound / once)) : 1;
        List<double> seconds = [];
        double peak = 0;
        start = Stopwatch.GetTimestamp();
        int least = isShort ? 1 : LeastRounds;
        double budget = isShort ? 0 : SecondsOfLoop;
        for (int round = 0; round < least || Stopwatch.GetElapsedTime(start).TotalSeconds < budget; round++)
        {
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < inner; i++)
                loop.Run();
            seconds.Add(loop.Seconds?.Invoke() ?? (Stopwatch.GetElapsedTime(began).TotalSeconds / inner));
            peak = Math.Max(peak, FmaPeak.GigaflopsPerSecond());
            if (round % 8 == 0)
                levels[round / 8 % levels.Length].Measure();
        }
        seconds.Sort();
        return (loop, seconds[0], seconds[seconds.Count / 2], peak);
    }
}
