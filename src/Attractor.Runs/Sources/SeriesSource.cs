using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A recording that a command line names: a file of data, the free run of a trained model, or a simulated system.</summary>
internal static class SeriesSource
{
    /// <summary>Whether the word names a file of data.</summary>
    public static bool IsData(string subject)
        => !IsRun(subject) && !SystemSource.IsFile(subject) && DataFile.IsData(subject);

    /// <param name="subject">A file of data, a run folder, a safetensors file, a name of the catalogue or a file of equations.</param>
    /// <param name="steps">Rows to let a model or a system run for.</param>
    /// <param name="dt">Time between two rows, if given.</param>
    /// <param name="parameters">Other values of the parameters of a system.</param>
    /// <param name="selection">What of a file of data is taken; null for what it holds.</param>
    /// <param name="isPooled">Whether all trials count, <see cref="Recording.Trials"/>, and not the longest alone.</param>
    public static Recording Read(
        string subject,
        int steps,
        double? dt,
        IReadOnlyList<string>? parameters = null,
        DataSelection? selection = null,
        bool isPooled = false)
    {
        RequirePositive(dt);
        if (IsData(subject))
        {
            DataReading reading = RecordingSource.Read(subject, (selection ?? new()) with { Dt = dt });
            RecordingChecks.RequireDynamics(subject, reading.Longest);
            FormattableString warning = RecordingChecks.Warning(reading.Longest) is { } found ? $"; {found}" : (FormattableString)$"";
            return new(reading.Longest, reading.Dt, reading, SettingSentence.Join(
                RecordingSource.Describe(subject, reading),
                isPooled ? RecordingSource.DescribePooled(reading) : RecordingSource.DescribeLongest(reading),
                warning));
        }
        if (selection is not null && selection != new DataSelection())
            throw new ArgumentException($"{subject} is no file of data, of which columns can be chosen");
        if (TrainedModel.IsNamedBy(subject))
        {
            TrainedModel source = TrainedModel.Load(subject);
            TimeSeries start = source.StartingData();
            long all = steps + (steps / 10L);
            MemoryNeed.RequireRows(all, source.Generative.Observed, $"{nameof(steps):setting}");
            TimeSeries orbit = source.Generative.Generate(start, checked((int)all), warmUp: source.WarmUp(start));
            double? step = dt ?? source.Dt;
            return new(new(orbit.Slice(steps / 10, steps).Values.ToArray(), orbit.Dimension, step ?? 1, orbit.Names), step, null, null);
        }
        SimulatedSystem system = SimulatedSystem.Find(subject, parameters);
        TimeSeries simulated = system.Simulate(steps, system.IsMap ? null : dt, null, null);
        return new(simulated, system.IsMap ? null : simulated.Dt, null, null);
    }

    /// <summary>The time step as given, if it is one.</summary>
    /// <exception cref="ArgumentException">It is not positive and finite.</exception>
    public static double? RequirePositive(double? dt)
        => dt is null or (> 0 and < double.PositiveInfinity)
            ? dt
            : throw new SettingException($"{nameof(dt):setting} must be positive, not {dt}");

    /// <summary>One variable of a recording, by name or number from 1.</summary>
    public static int Column(TimeSeries series, string? column)
    {
        if (column is null)
            return 0;
        for (int i = 0; i < series.Dimension; i++)
            if (series.Names[i] == column)
                return i;
        return int.TryParse(column, out int number) && number >= 1 && number <= series.Dimension
            ? number - 1
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(column):setting} must be a name or a number from 1 to {series.Dimension}, not '{column}'; ",
                $"the names are {string.Join(", ", series.Names.Take(20))}"));
    }

    // A folder of runs, or of a model, is none of trials, whatever lies beside it.
    private static bool IsRun(string subject) => Directory.Exists(subject)
        && (File.Exists(Path.Combine(subject, RunLayout.Config)) || File.Exists(Path.Combine(subject, RunLayout.Model))
            || RunLayout.Seeds(subject).Any());
}
