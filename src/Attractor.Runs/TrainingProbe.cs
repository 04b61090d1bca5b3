using System.Diagnostics;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>Measures the beginning of a training, in a folder that goes with it.</summary>
internal static class TrainingProbe
{
    // Seconds of training, of which the first half is warming up; and of all, for one that takes long to begin.
    private const double Patience = 3, Longest = 60;

    /// <summary>What a training would take.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="read">Reads its data.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="ArgumentException">It could not begin; the message says how to mend it.</exception>
    /// <exception cref="OperationCanceledException">It was ended before its time.</exception>
    public static TrainingExpectation Of(ModelSettings settings, Func<TrainingData> read, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("attractor-probe-").FullName;
        try
        {
            MemoryNeed.Forget();
            Stopwatch clock = Stopwatch.StartNew();
            using TrainingData data = read();
            using Run run = Run.Prepare(Path.Combine(folder, "run"), settings, data, resume: false, overwrite: false);
            double reckoned = MemoryNeed.Reckoned;
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(TimeSpan.FromSeconds(Longest));
            double preparation = clock.Elapsed.TotalSeconds;
            Seen seen = new(clock, ending);
            Outcome outcome = run.Train(seen, ending.Token);
            cancellationToken.ThrowIfCancellationRequested();
            double all = clock.Elapsed.TotalSeconds;
            using Process process = Process.GetCurrentProcess();
            bool isWhole = outcome.Ending is not TrainingEnding.Cancelled;
            // What takes a time that is set counts nothing but seconds.
            (long? steps, double? rate) = run.ExpectedSeconds is null ? (seen.Steps, seen.Rate) : (null, null);
            return new(
                seen.Unit,
                steps,
                rate,
                preparation,
                isWhole ? all : run.ExpectedSeconds ?? (preparation + (steps / rate)))
            {
                IsAtMost = !isWhole && run.MayEndSooner,
                Parameters = run.ParameterCount,
                Measured = process.PeakWorkingSet64,
                Reckoned = reckoned,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ends the training once its steps have been counted long enough.</summary>
    private sealed class Seen(Stopwatch clock, CancellationTokenSource ending) : IProgress<TrainingProgress>
    {
        private readonly List<(double Time, long Step)> _steps = [];

        public string Unit { get; private set; } = "updates";

        public long? Steps { get; private set; }

        // From the middle to the end: what comes before is compiled and warmed up.
        public double? Rate
        {
            get
            {
                if (_steps.Count < 2)
                    return null;
                (double end, long last) = _steps[^1];
                (double start, long first) = _steps.LastOrDefault(s => s.Time <= (_steps[0].Time + end) / 2 && s.Step < last, _steps[0]);
                return last > first && end > start ? (last - first) / (end - start) : null;
            }
        }

        public void Report(TrainingProgress value)
        {
            (Unit, Steps) = (value.Unit, value.Updates > 0 ? value.Updates : null);
            double now = clock.Elapsed.TotalSeconds;
            if (_steps.Count == 0 || value.Update > _steps[^1].Step)
                _steps.Add((now, value.Update));
            if (_steps.Count > 1 && now - _steps[0].Time >= Patience)
                ending.Cancel();
        }
    }
}
