using System.Diagnostics;
using System.Globalization;
using Attractor.Learning;
using Spectre.Console;

namespace Attractor.Cli.Output;

/// <summary>The progress of trainings on the standard error: bars on a terminal, a line every ten seconds elsewhere.</summary>
internal static class TrainingDisplay
{
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs the work with one progress for each name.</summary>
    public static T[] Run<T>(IReadOnlyList<string> names, bool quiet, Func<IReadOnlyList<IProgress<TrainingProgress>>, T[]> work)
    {
        if (quiet)
            return work([.. names.Select(_ => new Silent())]);
        if (!StandardError.IsTerminal || Environment.GetEnvironmentVariable("TERM") is "dumb")
            return work([.. names.Select(n => new Plain(n))]);
        IAnsiConsole console = StandardStreams.Terminal();
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 16 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work([.. names.Select(n => new Bar(console, n, context.AddTask(Text(n))))]));
    }

    // Fits beside a bar on a terminal of eighty columns.
    private static string Describe(TrainingProgress p) => string.Create(
        CultureInfo.InvariantCulture,
        $"{p.UpdatesPerSecond:N0}/s{Loss(p)}  {Left(p.Remaining)} left");

    private static string Text(string text) => Markup.Escape(TerminalWriter.Clean(text));

    private static string Loss(TrainingProgress p) => double.IsNaN(p.Loss)
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  loss {p.Loss:G3}  lr {p.LearningRate:0.0e-0}");

    private static string Left(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString("m\\:ss", CultureInfo.InvariantCulture);

    private sealed class Silent : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }

    private sealed class Plain(string name) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _last;

        public void Report(TrainingProgress value)
        {
            if (value.Message is not null)
                Console.Error.WriteLine($"{name}: {value.Message}");
            if (_clock.Elapsed - _last < s_plainInterval)
                return;
            _last = _clock.Elapsed;
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {value.Update:N0} of {value.Updates:N0} {value.Unit}, {Describe(value)}"));
        }
    }

    private sealed class Bar(IAnsiConsole console, string name, ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.MaxValue = value.Updates;
            task.Value = value.Update;
            if (value.Message is not null)
                console.WriteLine(TerminalWriter.Clean($"{name}: {value.Message}"));
            task.Description = Text($"{name}  {Describe(value)}");
        }
    }
}
