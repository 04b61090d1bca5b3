using System.Diagnostics;
using System.Globalization;

namespace Attractor.Mutants;

/// <summary>Which tests come to which changes, and how long they take without any.</summary>
internal static class Coverage
{
    private const int MostChanges = 1 << 16;

    /// <summary>
    /// Runs the tests of some classes and writes a line for each that passes: its processor time in ms, its name, the changes.
    /// </summary>
    public static int Write(string tests, string file, IReadOnlyCollection<string> classes)
    {
        TestAssembly assembly = new(tests);
        MutantSwitch changes = new(assembly.Library) { Made = MutantSwitch.None };
        byte[] seen = new byte[MostChanges];
        changes.Seen = seen;
        using StreamWriter lines = new(file);
        foreach (TestCase test in assembly.Of(classes))
        {
            Array.Clear(seen);
            TimeSpan before = Used();
            Exception? failure = test.Run();
            double spent = (Used() - before).TotalMilliseconds;
            if (failure is not null)
            {
                Console.Error.WriteLine($"left out, as it fails without a change: {test.Id}: {failure.Message.ReplaceLineEndings(" ")}");
                continue;
            }
            IEnumerable<int> come = Enumerable.Range(0, MostChanges).Where(i => seen[i] != 0);
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spent:F0} {test.Id} {string.Join(',', come)}"));
        }
        return 0;
    }

    /// <summary>The processor time of this process.</summary>
    public static TimeSpan Used()
    {
        using Process own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    /// <summary>What <see cref="Write"/> has written.</summary>
    public static IReadOnlyList<(double Milliseconds, string Id, HashSet<int> Changes)> Read(string file)
        => [.. File.ReadLines(file).Select(line => line.Split(' ')).Select(w => (
            double.Parse(w[0], CultureInfo.InvariantCulture),
            w[1],
            w[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToHashSet()))];
}
