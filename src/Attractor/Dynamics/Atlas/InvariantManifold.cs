using System.Numerics.Tensors;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// A stable or unstable manifold of a cycle of a piecewise-linear map, of one or two dimensions, exact but for rounding: flat
/// pieces, cut where the map bends.
/// </summary>
/// <remarks>
/// At the cycle the manifold is the eigenspace of the eigenvalues within, or outside of, the unit circle, as far as no boundary is reached.
/// The unstable one is the union of the images of that piece, the stable one of its preimages, of which a map that cannot be inverted may
/// have several. In each region the map, and its inverse, takes a segment to a segment and a polygon to a polygon.
/// </remarks>
/// <param name="Stable">Whether orbits on it come to the cycle as time goes on; else as it goes back.</param>
/// <param name="Dimension">1 or 2.</param>
/// <param name="Pieces">Segments or convex polygons.</param>
/// <param name="Iterations">Times that the map, or its inverse, was applied.</param>
/// <param name="Complete">Whether all of it is there that the iterations asked for reach; false where there would have been too many
/// pieces.</param>
/// <param name="AllRegions">Whether preimages were sought in all regions; else in those that hang together with the manifold and in those
/// of the options.</param>
/// <param name="Singular">Regions that were left out of the search for preimages because their map cannot be inverted.</param>
public sealed record InvariantManifold(
    bool Stable, int Dimension, IReadOnlyList<ManifoldPiece> Pieces, int Iterations, bool Complete, bool AllRegions, int Singular)
{
    /// <summary>The number of boundaries up to which all regions, 2^G, are tried for preimages.</summary>
    public const int MostBoundaries = Dynamics.AllRegions.MostBoundaries;

    /// <summary>The unstable manifold: the points whose past comes from the cycle.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cycle">A saddle or unstable cycle of it, with one or two eigenvalues outside of the unit circle.</param>
    /// <param name="options">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">It has no unstable manifold, or one of more than two dimensions, or lies on a
    /// boundary.</exception>
    public static InvariantManifold UnstableOf(
        IPiecewiseLinearMap map, Cycle cycle, ManifoldOptions? options = null, CancellationToken cancellationToken = default)
        => Trace(map, cycle, stable: false, options ?? new(), cancellationToken);

    /// <summary>The stable manifold: the points whose future leads to the cycle.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cycle">A saddle or stable cycle of it, with one or two eigenvalues within the unit circle.</param>
    /// <param name="options">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">It has no stable manifold, or one of more than two dimensions, or lies on a
    /// boundary.</exception>
    public static InvariantManifold StableOf(
        IPiecewiseLinearMap map, Cycle cycle, ManifoldOptions? options = null, CancellationToken cancellationToken = default)
        => Trace(map, cycle, stable: true, options ?? new(), cancellationToken);

    private static InvariantManifold Trace(
        IPiecewiseLinearMap map, Cycle cycle, bool stable, ManifoldOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(cycle);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Iterations, nameof(options.Iterations));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MostPieces, nameof(options.MostPieces));
        LocalManifold local = LocalManifold.Of(map, cycle, stable);
        IPieceStep step = stable ? new Preimages(map, options.Regions) : new Images(map);
        List<FlatPiece> traced = [FlatPiece.Of(map, local.Whole)], at = traced;
        // The flat piece at each other point of the cycle, then what the rim of the first one leads to.
        for (int k = 1; k < cycle.Order; k++)
            traced.AddRange(at = step.Of(at, int.MaxValue)!);
        at = [.. local.Ring.Select(r => FlatPiece.Of(map, r))];
        int done = 0;
        for (; done < options.Iterations && at.Count > 0; done++)
        {
            token.ThrowIfCancellationRequested();
            if (step.Of(at, options.MostPieces - traced.Count) is not { } next)
                break;
            at = next.FindAll(p => IsIn(p, options.Within));
            traced.AddRange(at);
        }
        return new(
            stable,
            local.Dimension,
            [.. traced.Select(p => new ManifoldPiece([.. p.Points]))],
            done,
            done == options.Iterations || at.Count == 0,
            step.AllRegions,
            step.Singular);
    }

    private static bool IsIn(FlatPiece piece, (IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)? box)
    {
        if (!piece.Points.All(p => TensorPrimitives.IsFiniteAll<double>(p)))
            return false;
        if (box is not var (lower, upper))
            return true;
        for (int i = 0; i < lower.Count; i++)
            if (piece.Points.All(p => p[i] < lower[i]) || piece.Points.All(p => p[i] > upper[i]))
                return false;
        return true;
    }
}
