using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>What a command line asks a recording of: a flow, a map or a delay equation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RecordingStep">The customary time between two rows; null of a map, which goes from step to step.</param>
/// <param name="IsDelayed">Whether it is a delay equation.</param>
/// <param name="Simulate">Its recording, given the rows, the time between them, the rows to drop and the seed.</param>
internal sealed record SimulatedSystem(
    string Name, double? RecordingStep, bool IsDelayed, Func<int, double?, int?, ulong?, TimeSeries> Simulate)
{
    /// <summary>Whether it goes from step to step.</summary>
    public bool IsMap => RecordingStep is null;

    /// <param name="subject">A name that <c>attractor systems</c> lists, or a file of equations.</param>
    /// <param name="parameters">Other values of parameters: <c>rho=30</c>.</param>
    public static SimulatedSystem Find(string subject, IReadOnlyList<string>? parameters)
    {
        if (DelaySystem.Find(subject) is { } delayed)
        {
            DelayDifferentialEquation equation = delayed.With([.. (parameters ?? []).Select(SystemSource.Assignment)]);
            return new(equation.Name, equation.DefaultStep, true, (rows, dt, dropped, seed) => equation.Simulate(rows, dt, dropped, seed));
        }
        SystemDefinition system = SystemSource.Find(subject, parameters);
        return new(
            system.Name,
            system.Kind is SystemKind.Flow ? system.RecordingStep : null,
            false,
            (rows, dt, dropped, seed) => dropped is { } n ? system.Simulate(rows, dt, n, seed) : system.Simulate(rows, dt, seed: seed));
    }
}
