namespace Attractor.Benchmarks;

/// <summary>A loop that takes the time of a product, and what it has to do.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Size">How large.</param>
/// <param name="Unit">What <see cref="Units"/> counts, in the singular.</param>
/// <param name="Units">How many a run does.</param>
/// <param name="Operations">Additions and multiplications that the mathematics asks for; what is computed twice counts once.</param>
/// <param name="Bytes">What a run moves to and from beyond the first cache.</param>
/// <param name="Level">Where these lie: L2, L3 or memory.</param>
/// <param name="IsDouble">Whether the operations are float64, of which a register holds half as many.</param>
/// <param name="Run">A run, of some milliseconds at most.</param>
/// <param name="Seconds">The time of a run where it measures itself; else null.</param>
internal sealed record HotLoop(
    string Name,
    string Size,
    string Unit,
    double Units,
    double Operations,
    double Bytes,
    string Level,
    bool IsDouble,
    Action Run,
    Func<double>? Seconds = null);
