using Attractor.Dynamics;

namespace Attractor.Runs;

/// <summary>A manifold of a cycle that was found, or why there is none to show.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Stable">Whether it is the stable one.</param>
/// <param name="Manifold">The manifold; null with <paramref name="WhyNot"/>.</param>
/// <param name="WhyNot">One sentence.</param>
internal sealed record TracedManifold(Cycle Cycle, bool Stable, InvariantManifold? Manifold, string? WhyNot);
