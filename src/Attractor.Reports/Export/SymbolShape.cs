namespace Attractor.Reports;

/// <summary>The shapes of plotly's symbols.</summary>
internal static class SymbolShape
{
    private const string Open = "-open";

    /// <summary>The corners of a symbol of radius 1, none of a circle, and whether it is an outline alone.</summary>
    public static ((double Across, double Down)[] Corners, bool IsHollow) Of(string? symbol)
    {
        (double, double)[] corners = symbol?.Replace(Open, "", StringComparison.Ordinal) switch
        {
            "square" => [(-1, -1), (1, -1), (1, 1), (-1, 1)],
            "diamond" => [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
            "triangle-up" => [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
            _ => [],
        };
        return (corners, symbol?.EndsWith(Open, StringComparison.Ordinal) == true);
    }
}
