namespace Attractor.Dynamics;

/// <summary>A flat piece of an invariant manifold: a segment, or a convex polygon.</summary>
/// <param name="Vertices">Two ends, or three and more corners in their order around: D values each.</param>
public sealed record ManifoldPiece(IReadOnlyList<IReadOnlyList<double>> Vertices);
