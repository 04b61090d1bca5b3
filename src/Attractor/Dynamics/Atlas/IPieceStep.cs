namespace Attractor.Dynamics;

/// <summary>One application of a map, or of its inverse, to flat pieces.</summary>
internal interface IPieceStep
{
    /// <summary>Whether all that there is was found.</summary>
    bool AllRegions { get; }

    /// <summary>Regions that were left out because their map has no inverse.</summary>
    int Singular { get; }

    /// <summary>What the pieces are taken to; null if there are more pieces than <paramref name="most"/>.</summary>
    List<FlatPiece>? Of(List<FlatPiece> pieces, int most);
}
