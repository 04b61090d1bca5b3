using System.Diagnostics;
using System.Globalization;

namespace Attractor.Mutants;

/// <summary>
/// Makes one change after the other and runs the tests that come to it, the quickest first, until one fails. A test that takes many times
/// the processor time that it takes without the change does not end, and this process ends with it: whoever started it goes on with the
/// next change.
/// </summary>
internal static class Judge
{
    private const int Hangs = 3, Unsound = 4;

    // Of the processor, which a busy machine does not lengthen; by the clock only what waits for nothing is given up.
    private const double MostTimes = 10, MostMore = 10_000, MostByTheClock = 300_000, MostForAll = 20_000;

    private static double s_limit = double.MaxValue;
    private static long s_begun;
    private static TimeSpan s_before;
    private static string s_running = "";

    public static int Run(string tests, string file)
    {
        IReadOnlyList<(double Milliseconds, string Id, HashSet<int> Changes)> known = Coverage.Read(file);
        // Tests print as well.
        TextWriter answers = TextWriter.Synchronized(Console.Out);
        Console.SetOut(TextWriter.Null);
        TestAssembly assembly = new(tests);
        HashSet<string> classes = [.. known.Select(k => k.Id.Split('#')[0].Split('.')[^2])];
        Dictionary<string, TestCase> cases = assembly.Of(classes).ToDictionary(t => t.Id);
        MutantSwitch changes = new(assembly.Library) { Made = MutantSwitch.None };
        using Timer watch = new(_ => Watch(answers), null, 1000, 1000);
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            int number = int.Parse(words[0], CultureInfo.InvariantCulture);
            answers.WriteLine(Try(number, words[1]));
            answers.Flush();
        }
        return 0;

        string Try(int number, string near)
        {
            double left = MostForAll;
            int run = 0;
            foreach ((double milliseconds, string id, _) in known
                .Where(k => k.Changes.Contains(number))
                .OrderBy(k => k.Id.Contains(near, StringComparison.OrdinalIgnoreCase) ? k.Milliseconds / 10 : k.Milliseconds))
            {
                if (milliseconds > left && run > 0)
                    continue;
                left -= milliseconds;
                run++;
                changes.Made = number;
                Exception? failure = Timed(cases[id], milliseconds);
                changes.Made = MutantSwitch.None;
                if (failure is null)
                    continue;
                if (Timed(cases[id], milliseconds) is not null)
                {
                    answers.WriteLine($"unsound {number} {id}");
                    answers.Flush();
                    Environment.Exit(Unsound);
                }
                return $"killed {number} {id}";
            }
            return run == 0 ? $"uncovered {number}" : string.Create(CultureInfo.InvariantCulture, $"survived {number} {run} tests");
        }
    }

    private static Exception? Timed(TestCase test, double milliseconds)
    {
        s_running = test.Id;
        s_before = Coverage.Used();
        Volatile.Write(ref s_begun, Stopwatch.GetTimestamp());
        s_limit = MostTimes * milliseconds + MostMore;
        Exception? failure = test.Run();
        s_limit = double.MaxValue;
        return failure;
    }

    private static void Watch(TextWriter answers)
    {
        double limit = s_limit;
        if (limit == double.MaxValue
            || ((Coverage.Used() - s_before).TotalMilliseconds <= limit
                && Stopwatch.GetElapsedTime(Volatile.Read(ref s_begun)).TotalMilliseconds <= MostByTheClock + (20 * limit)))
            return;
        answers.WriteLine($"hangs {s_running}");
        answers.Flush();
        Environment.Exit(Hangs);
    }
}
