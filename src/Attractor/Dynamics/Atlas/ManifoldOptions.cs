namespace Attractor.Dynamics;

/// <summary>How far an invariant manifold is traced.</summary>
public sealed record ManifoldOptions
{
    /// <summary>Times that the map, or its inverse, is applied to the piece at the cycle.</summary>
    public int Iterations { get; init; } = 200;

    /// <summary>Pieces after which tracing ends.</summary>
    public int MostPieces { get; init; } = 20_000;

    /// <summary>A box outside of which pieces are dropped, its lower and upper corner; none if null.</summary>
    public (IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)? Within { get; init; }

    /// <summary>
    /// Regions in which preimages are sought besides those that hang together with the manifold, for a map of more than
    /// <see cref="InvariantManifold.MostBoundaries"/> boundaries that cannot be inverted; none if null.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ulong>>? Regions { get; init; }
}
