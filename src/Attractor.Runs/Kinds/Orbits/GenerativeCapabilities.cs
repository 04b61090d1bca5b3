namespace Attractor.Runs;

/// <summary>What every model that goes on by itself in time can do.</summary>
internal static class GenerativeCapabilities
{
    public static IReadOnlyList<Capability> All { get; } = [new OrbitGeneration(), new OrbitEvaluation(), new OrbitReport()];

    public static IEnumerable<(string Purpose, string Command)> Uses(string run) =>
    [
        ("generate", $"attractor generate {run} --steps 10000 -o orbit.npy"),
        ("evaluate", $"attractor evaluate {run} test.npy"),
    ];
}
