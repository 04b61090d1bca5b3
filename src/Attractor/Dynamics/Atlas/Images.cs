using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>Where a map takes pieces.</summary>
internal sealed class Images(IPiecewiseLinearMap map) : IPieceStep
{
    private readonly ulong[] _region = new ulong[RegionSequence.Words(map)];
    private readonly Dictionary<ulong[], AffinePart> _known = new(RegionComparer.Instance);

    public bool AllRegions => true;

    public int Singular => 0;

    public List<FlatPiece>? Of(List<FlatPiece> pieces, int most)
    {
        List<FlatPiece> images = [];
        foreach (FlatPiece whole in pieces)
            foreach (FlatPiece piece in whole.Cut())
            {
                piece.Region(_region);
                if (!_known.TryGetValue(_region, out AffinePart? part))
                    _known.Add([.. _region], part = AffinePart.Of(map, _region));
                images.Add(FlatPiece.Of(map, [.. piece.Points.Select(part.Image)]));
                if (images.Count > most)
                    return null;
            }
        return images;
    }
}
