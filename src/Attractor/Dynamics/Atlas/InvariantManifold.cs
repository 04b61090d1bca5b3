using System.Numerics.Tensors;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Dynamics;

/// <summary>
/// A stable or unstable manifold of a cycle of a piecewise-linear map, of one or two dimensions, exact but for rounding: flat
/// pieces, cut where the map bends.
/// </summary>
/// <remarks>
/// At the cycle the manifold is the eigenspace of the eigenvalues within, or outside of, the unit circle, as far as no boundary is reached. The unstable
/// one is the union of the images of that piece, the stable one of its preimages, of which a map that cannot be inverted may have several. In each
/// region the map, and its inverse, takes a segment to a segment and a polygon to a polygon.
/// </remarks>
/// <param name="Stable">Whether orbits on it come to the cycle as time goes on; else as it goes back.</param>
/// <param name="Dimension">1 or 2.</param>
/// <param name="Pieces">Segments or convex polygons.</param>
/// <param name="Iterations">Times that the map, or its inverse, was applied.</param>
/// <param name="Complete">Whether all of it is there that so many iterations reach; false where there would have been too many pieces.</param>
/// <param name="AllRegions">Whether preimages were sought in all regions, rather than in some only.</param>
/// <param name="Singular">Regions that were left out of the search for preimages because their map cannot be inverted.</param>
public sealed record InvariantManifold(
    bool Stable, int Dimension, IReadOnlyList<ManifoldPiece> Pieces, int Iterations, bool Complete, bool AllRegions, int Singular)
{
    /// <summary>The number of boundaries up to which all regions, 2^G, are tried for preimages.</summary>
    public const int MostBoundaries = 10;

    /// <summary>The unstable manifold: the points whose past comes from the cycle.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cycle">A saddle or unstable cycle of it, with one or two eigenvalues outside of the unit circle.</param>
    /// <param name="options">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">It has no unstable manifold, or one of more than two dimensions, or lies on a boundary.</exception>
    public static InvariantManifold UnstableOf(
        IPiecewiseLinearMap map, Cycle cycle, ManifoldOptions? options = null, CancellationToken cancellationToken = default)
        => Trace(map, cycle, stable: false, options ?? new(), cancellationToken);

    /// <summary>The stable manifold: the points whose future leads to the cycle.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cycle">A saddle or stable cycle of it, with one or two eigenvalues within the unit circle.</param>
    /// <param name="options">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">It has no stable manifold, or one of more than two dimensions, or lies on a boundary.</exception>
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
        Preimages? preimages = stable ? new(map, options.Regions) : null;
        Images images = new(map);
        List<FlatPiece> pieces = [FlatPiece.Of(map, local.Corners)];
        int done = 0;
        bool complete = true;
        // The pieces of the last iterations, one for each point of the cycle.
        Queue<List<FlatPiece>> last = new([pieces]);
        while (done < options.Iterations)
        {
            token.ThrowIfCancellationRequested();
            List<FlatPiece>? next = (preimages is null ? images.Of(pieces, options) : preimages.Of(pieces, options))
                ?.FindAll(p => IsIn(p, options.Within));
            if (next is null)
            {
                complete = false;
                break;
            }
            done++;
            pieces = next;
            last.Enqueue(pieces);
            if (last.Count > cycle.Order)
                last.Dequeue();
        }
        return new(
            stable,
            local.Dimension,
            [.. last.SelectMany(l => l).Select(p => new ManifoldPiece([.. p.Points]))],
            done,
            complete,
            preimages?.All ?? true,
            preimages?.Singular ?? 0);
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

    /// <summary>Where the map takes pieces.</summary>
    private sealed class Images(IPiecewiseLinearMap map)
    {
        private readonly ulong[] _region = new ulong[RegionSequence.Words(map)];

        /// <summary>Null if there are too many.</summary>
        public List<FlatPiece>? Of(List<FlatPiece> pieces, ManifoldOptions options)
        {
            Dictionary<ulong[], AffinePart> known = new(RegionComparer.Instance);
            List<FlatPiece> images = [];
            foreach (FlatPiece whole in pieces)
                foreach (FlatPiece piece in whole.Cut())
                {
                    piece.Region(_region);
                    if (!known.TryGetValue(_region, out AffinePart? part))
                        known.Add([.. _region], part = AffinePart.Of(map, _region));
                    images.Add(FlatPiece.Of(map, [.. piece.Points.Select(part.Image)]));
                    if (images.Count > options.MostPieces)
                        return null;
                }
            return images;
        }
    }

    /// <summary>Where pieces come from.</summary>
    private sealed class Preimages
    {
        private readonly IPiecewiseLinearMap _map;
        private readonly List<(ulong[] Region, AffinePart Inverse)> _parts = [];

        public Preimages(IPiecewiseLinearMap map, IReadOnlyList<IReadOnlyList<ulong>>? regions)
        {
            _map = map;
            All = regions is null || map.Boundaries <= MostBoundaries;
            if (All && map.Boundaries > MostBoundaries)
                throw new ArgumentException(
                    $"With {map.Boundaries} boundaries there are too many regions to try all of them for preimages, more than "
                    + $"{MostBoundaries} boundaries have: give the regions that matter, such as those that an orbit visits.", nameof(regions));
            IEnumerable<ulong[]> candidates = All
                ? Enumerable.Range(0, 1 << map.Boundaries).Select(r => new[] { (ulong)r })
                : regions!.Select(r => r.ToArray());
            foreach (ulong[] region in candidates)
                if (AffinePart.Of(map, region).Inverse() is { } inverse)
                    _parts.Add((region, inverse));
                else
                    Singular++;
        }

        public bool All { get; }

        public int Singular { get; }

        /// <summary>Null if there are too many.</summary>
        public List<FlatPiece>? Of(List<FlatPiece> pieces, ManifoldOptions options)
        {
            List<FlatPiece> found = [];
            foreach (FlatPiece piece in pieces)
                foreach ((ulong[] region, AffinePart inverse) in _parts)
                {
                    if (FlatPiece.Of(_map, [.. piece.Points.Select(inverse.Image)]).Within(region) is { } preimage)
                        found.Add(preimage);
                    if (found.Count > options.MostPieces)
                        return null;
                }
            return found;
        }
    }
}
