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
