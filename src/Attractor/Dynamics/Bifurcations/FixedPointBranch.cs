namespace Attractor.Dynamics;

/// <summary>The fixed point of one region along a parameter.</summary>
/// <param name="Region">The region: bit i % 64 of word i / 64 for g_i(z) > 0.</param>
/// <param name="Points">One for each value of the parameter: real, virtual, or null where there is no isolated one.</param>
public sealed record FixedPointBranch(IReadOnlyList<ulong> Region, IReadOnlyList<RegionFixedPoint?> Points);
