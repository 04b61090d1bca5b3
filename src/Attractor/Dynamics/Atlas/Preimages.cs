using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>Where pieces come from.</summary>
/// <remarks>
/// With few boundaries all regions are tried. Otherwise those that were given, the one that a search from the piece's own region leads
/// to, and from each region with a part of the preimage the next one across every boundary that the part ends at: all of the preimage,
/// unless it has parts that hang together with none of these.
/// </remarks>
internal sealed class Preimages : IPieceStep
{
    private const int MostRounds = 60;

    private readonly IPiecewiseLinearMap _map;
    private readonly List<ulong[]> _given;
    private readonly Dictionary<ulong[], AffinePart?> _inverses = new(RegionComparer.Instance);
    private readonly double[] _values;

    public Preimages(IPiecewiseLinearMap map, IReadOnlyList<IReadOnlyList<ulong>>? regions)
    {
        _map = map;
        _values = new double[map.Boundaries];
        AllRegions = Dynamics.AllRegions.AreFew(map.Boundaries);
        _given = AllRegions
            ? [.. Dynamics.AllRegions.Of(map.Boundaries)]
            : [.. (regions ?? []).Select(r => r.ToArray())];
    }

    public bool AllRegions { get; }

    public int Singular => _inverses.Values.Count(i => i is null);

    public List<FlatPiece>? Of(List<FlatPiece> pieces, int most)
    {
        List<FlatPiece> found = [];
        HashSet<ulong[]> tried = new(RegionComparer.Instance);
        Queue<ulong[]> next = new();
        foreach (FlatPiece piece in pieces)
        {
            tried.Clear();
            foreach (ulong[] region in _given)
                Try(region);
            if (!AllRegions && Search(piece) is { } start)
                Try(start);
            while (next.TryDequeue(out ulong[]? region))
            {
                if (Inverse(region) is not { } inverse
                    || FlatPiece.Of(_map, [.. piece.Points.Select(inverse.Image)]).Within(region) is not { } preimage)
                    continue;
                found.Add(preimage);
                if (found.Count > most)
                    return null;
                if (!AllRegions)
                    foreach (int boundary in preimage.Ends())
                    {
                        ulong[] across = [.. region];
                        across[boundary >> 6] ^= 1UL << (boundary & 63);
                        Try(across);
                    }
            }
        }
        return found;

        void Try(ulong[] region)
        {
            if (tried.Add(region))
                next.Enqueue(region);
        }
    }

    /// <summary>The region of the point that the map takes to the middle of a piece, from virtual preimage to virtual preimage.</summary>
    private ulong[]? Search(FlatPiece piece)
    {
        double[] middle = [.. Enumerable.Range(0, _map.Dimension).Select(i => piece.Points.Average(p => p[i]))];
        ulong[] region = new ulong[RegionSequence.Words(_map)];
        piece.Region(region);
        for (int round = 0; round < MostRounds && Inverse(region) is { } inverse; round++)
        {
            _map.BoundaryValues(inverse.Image(middle), _values);
            ulong[] own = new ulong[region.Length];
            RegionSequence.RegionOf(_values, own);
            if (own.AsSpan().SequenceEqual(region))
                return region;
            region = own;
        }
        return null;
    }

    private AffinePart? Inverse(ulong[] region)
    {
        if (!_inverses.TryGetValue(region, out AffinePart? inverse))
            _inverses.Add([.. region], inverse = AffinePart.Of(_map, region).Inverse());
        return inverse;
    }
}
