namespace Attractor.Reports;

/// <summary>A variable of a graphical model.</summary>
/// <param name="Symbol">Its symbol: Greek letters by their names, the subscript after an underscore, as in <c>mu_k</c>.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Kind">Whether it is inferred, observed or fixed.</param>
/// <param name="X">Abscissa of its centre, in pixels to the right.</param>
/// <param name="Y">Ordinate of its centre, in pixels downwards.</param>
public sealed record DiagramNode(string Symbol, string Meaning, DiagramNodeKind Kind, double X, double Y)
{
    /// <summary>Radius of the circle of a variable that is inferred or observed, in pixels.</summary>
    public const double CircleRadius = 21;

    /// <summary>Radius of the dot of one that is fixed, in pixels.</summary>
    public const double DotRadius = 4;

    /// <summary>Radius of what is drawn.</summary>
    public double Radius => Kind == DiagramNodeKind.Fixed ? DotRadius : CircleRadius;

    /// <summary>On which side of a dot its symbol stands: to the right, or to the left.</summary>
    public bool SymbolOnTheLeft { get; init; }
}
