namespace Attractor.Runs;

/// <summary>
/// What every model that goes on by itself in time can do, one of one's own among them: it is an
/// <see cref="Attractor.Models.IGenerativeModel"/>.
/// </summary>
public static class GenerativeCapabilities
{
    /// <summary>To generate an orbit, to evaluate it against a recording, to write a report.</summary>
    public static IReadOnlyList<Capability> All { get; } = [new OrbitGeneration(), new OrbitEvaluation(), new OrbitReport()];

    /// <summary>Whether models of a kind go on by themselves in time, and can be judged by it.</summary>
    internal static bool Has(ModelKind kind) => kind.Capabilities.Any(capability => capability is OrbitEvaluation);

    /// <summary>What may be typed with a run: <see cref="ModelKind.Uses"/>.</summary>
    /// <param name="run">The run's folder, quoted.</param>
    /// <param name="settings">Its settings, which name its data.</param>
    public static IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("generate", $"attractor generate {run} --steps 10000 -o orbit.npy"),
        ("evaluate", RunCommands.Evaluate(run, settings.Data)),
    ];
}
