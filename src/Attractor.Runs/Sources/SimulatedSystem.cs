using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>What a command line asks a recording of: a flow, a map or a delay equation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RecordingStep">The customary time between two rows; null of a map, which goes from step to step.</param>
/// <param name="IsDelayed">Whether it is a delay equation.</param>
/// <param name="Columns">Values in a row of its recording.</param>
/// <param name="Record">Its recording, given the rows, the time between them, the rows to drop and the seed.</param>
internal sealed record SimulatedSystem(
    string Name, double? RecordingStep, bool IsDelayed, int Columns, Func<int, double?, int?, ulong?, TimeSeries> Record)
{
    private const int UsualTransient = 10_000;

    /// <summary>Whether it goes from step to step.</summary>
    public bool IsMap => RecordingStep is null;

    /// <summary>Its recording.</summary>
    /// <param name="steps">Rows.</param>
    /// <param name="dt">The time between them; null for the customary one.</param>
    /// <param name="dropped">Rows to drop beforehand; null for the customary number.</param>
    /// <param name="seed">Of another initial condition; null for the customary one.</param>
    /// <exception cref="SettingException">There is no memory for so many.</exception>
    public TimeSeries Simulate(int steps, double? dt, int? dropped, ulong? seed)
    {
        MemoryNeed.RequireRows(steps, Columns, $"{nameof(steps):setting}");
        return Record(steps, dt, dropped, seed);
    }

    /// <summary>The series that <c>attractor simulate</c> writes.</summary>
    /// <param name="steps">Rows.</param>
    /// <param name="dt">The time between them; null for the customary one.</param>
    /// <param name="transient">The time to run through beforehand, of a map steps; null for the customary one.</param>
    /// <param name="standardize">Whether each variable is to have the mean 0 and the standard deviation 1, before the noise.</param>
    /// <param name="noise">Gaussian noise, in standard deviations.</param>
    /// <param name="seed">Of another initial condition and of the noise; null for the customary one and 0.</param>
    /// <returns>The series, and the time between two rows.</returns>
    /// <exception cref="SettingException">A value does not do.</exception>
    /// <exception cref="ArithmeticException">The orbit leaves the finite numbers.</exception>
    public (TimeSeries Series, double Dt) Make(int steps, double? dt, double? transient, bool standardize, double noise, long? seed)
    {
        if (steps < 1)
            throw new SettingException($"{nameof(steps):setting} must be positive, not {steps}");
        if (IsMap && dt is not null)
            throw new SettingException($"{nameof(dt):setting} has no meaning for {Name}: a map goes from step to step");
        double usual = RecordingStep ?? 1, step = dt ?? usual;
        if (!(step > 0) || !double.IsFinite(step))
            throw new SettingException($"{nameof(dt):setting} must be positive, not {step}");
        if (!(noise >= 0))
            throw new SettingException($"{nameof(noise):setting} must be at least 0");
        double dropped = (transient ?? UsualTransient * usual) / step;
        if (!(dropped >= 0 && dropped < int.MaxValue))
            throw new SettingException($"{nameof(transient):setting} must be a time of at least 0, and of fewer than 2 billion steps");
        if (seed < 0)
            throw new SettingException($"{nameof(seed):setting} must not be negative");
        TimeSeries series = Simulate(steps, IsMap ? null : step, (int)dropped, (ulong?)seed);
        if (standardize)
            series = series.Standardize();
        if (noise > 0)
            series = series.WithNoise(noise, (ulong)(seed ?? 0));
        return series.FindNonFinite() is { } lost
            ? throw new ArithmeticException(
                $"the series holds {lost}, and was not written: "
                + (noise > 0 ? "lower the noise" : "take other values of its parameters, or a smaller time step"))
            : (series, step);
    }

    /// <param name="subject">A name that <c>attractor systems</c> lists, or a file of equations.</param>
    /// <param name="parameters">Other values of parameters: <c>rho=30</c>.</param>
    public static SimulatedSystem Find(string subject, IReadOnlyList<string>? parameters)
    {
        if (DelaySystem.Find(subject) is { } delayed)
        {
            DelayDifferentialEquation equation = delayed.With([.. (parameters ?? []).Select(p => SystemSource.Assignment(p))]);
            return new(
                equation.Name, equation.DefaultStep, true, equation.Dimension,
                (rows, dt, dropped, seed) => equation.Simulate(rows, dt, dropped, seed));
        }
        SystemDefinition system = SystemSource.Find(subject, parameters);
        return new(
            system.Name,
            system.Kind is SystemKind.Flow ? system.RecordingStep : null,
            false,
            system.Dimension,
            (rows, dt, dropped, seed) => dropped is { } n ? system.Simulate(rows, dt, n, seed) : system.Simulate(rows, dt, seed: seed));
    }
}
