namespace Attractor.Reports;

/// <summary>Points of a figure, with a name for the legend.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Color">A colour of the style sheet: <c>--true</c>, <c>--generated</c>, <c>--third</c> .. <c>--seventh</c>.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates, as many; what is not finite is a gap.</param>
public sealed record Curve(string Name, string Color, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>How the points are drawn.</summary>
    public CurveStyle Style { get; init; } = CurveStyle.Lines;

    /// <summary>
    /// Half the length of the error bar of each point, or what is above the point where what is below it differs; none if null.
    /// </summary>
    public IReadOnlyList<double>? Error { get; init; }

    /// <summary>The length of the error bar below each point; as above it if null.</summary>
    public IReadOnlyList<double>? ErrorBelow { get; init; }

    /// <summary>The colour of each dot; the curve's for all if null.</summary>
    public IReadOnlyList<string>? Colors { get; init; }

    /// <summary>The colour of a line around each dot, so that it stands out from what is under it; none if null.</summary>
    public string? Outline { get; init; }

    /// <summary>Whether the name stands in the figure too, amid the points, for who cannot tell the colours apart.</summary>
    public bool NamedInside { get; init; }

    /// <summary>Whether the line is dashed, so that another shows through it.</summary>
    public bool Dashed { get; init; }

    /// <summary>Width of the line, or diameter of the dots.</summary>
    public double Size { get; init; } = 1.5;
}
