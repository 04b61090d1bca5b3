using System.Globalization;
using System.Text;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>The graph of transitions between the regions of a map: a disc for each, as large as its occupancy, and an arrow for each
/// transition, as wide as its probability.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Atlas">The regions.</param>
public sealed record TransitionDiagram(string Title, string Caption, RegionAtlas Atlas) : Element
{
    /// <summary>Regions that are shown, the most visited ones.</summary>
    public const int MostRegions = 12;

    private const double Radius = 150, Smallest = 13, Largest = 30, Margin = 46, Head = 8, HalfHead = 3.4, Bend = 0.16;

    // Arrows rarer than this would hide the others.
    private const double Rarest = 1e-4;

    internal override void AppendTo(StringBuilder html)
    {
        AtlasRegion[] shown = [.. Atlas.Regions.Take(MostRegions)];
        double size = 2 * (Radius + Margin);
        html.Append("<figure><h3>").Append(Escape(Title))
            .Append("</h3><div class=\"wide\"><svg class=\"diagram\" role=\"img\" aria-label=\"").Append(Escape(Title))
            .Append("\" viewBox=\"").Append(Svg.Join(-size / 2, -size / 2, size, size))
            .Append("\" style=\"width:").Append(Svg.Pixels(size + 60)).Append("px\">");
        foreach (RegionTransition edge in Atlas.Transitions)
            if (edge.From != edge.To && edge.From < shown.Length && edge.To < shown.Length && edge.Probability >= Rarest)
                AppendArrow(html, shown, edge);
        foreach (AtlasRegion region in shown)
        {
            (double x, double y) = Centre(region.Symbol, shown.Length);
            html.Append("<circle class=\"region\" fill=\"").Append(Palette.Color(region.Symbol)).Append("\" cx=\"").Append(Svg.Pixels(x))
                .Append("\" cy=\"").Append(Svg.Pixels(y)).Append("\" r=\"").Append(Svg.Pixels(DiscRadius(region))).Append("\"><title>")
                .Append(Escape(Description(region))).Append("</title></circle><text class=\"name\" text-anchor=\"middle\" x=\"")
                .Append(Svg.Pixels(x)).Append("\" y=\"").Append(Svg.Pixels(y + 5)).Append("\">")
                .Append(region.Symbol.ToString(CultureInfo.InvariantCulture)).Append("</text>");
        }
        html.Append("</svg></div>");
        if (Caption.Length > 0)
            html.Append("<figcaption>").Append(Escape(Caption)).Append("</figcaption>");
        html.Append("</figure>\n");
    }

    private void AppendArrow(StringBuilder html, AtlasRegion[] shown, RegionTransition edge)
    {
        (double x1, double y1) = Centre(edge.From, shown.Length);
        (double x2, double y2) = Centre(edge.To, shown.Length);
        double dx = x2 - x1, dy = y2 - y1;
        // Bent to one side, so that the way back is another line.
        double cx = ((x1 + x2) / 2) - (Bend * dy), cy = ((y1 + y2) / 2) + (Bend * dx);
        (x1, y1) = Towards(x1, y1, cx, cy, DiscRadius(shown[edge.From]) + 2);
        (double tipX, double tipY) = Towards(x2, y2, cx, cy, DiscRadius(shown[edge.To]) + 2);
        (double bx, double by) = Towards(x2, y2, cx, cy, DiscRadius(shown[edge.To]) + 2 + Head);
        double ux = (tipX - bx) / Head, uy = (tipY - by) / Head;
        double leaving = Math.Max(1e-9, 1 - StayProbability(edge.From));
        double width = 0.8 + (2.7 * edge.Probability / leaving);
        html.Append("<path class=\"arrow\" style=\"stroke-width:").Append(Svg.Pixels(width))
            .Append("\" d=\"M").Append(Svg.Join(x1, y1)).Append('Q')
            .Append(Svg.Join(cx, cy, bx, by)).Append("\"/><path class=\"head\" d=\"M").Append(Svg.Join(tipX, tipY))
            .Append('L').Append(Svg.Join(bx - ((HalfHead + width) * uy), by + ((HalfHead + width) * ux)))
            .Append('L').Append(Svg.Join(bx + ((HalfHead + width) * uy), by - ((HalfHead + width) * ux))).Append("Z\"/>");
    }

    private double StayProbability(int symbol)
        => Atlas.Transitions.Where(t => t.From == symbol && t.To == symbol).Select(t => t.Probability).FirstOrDefault();

    private static string Description(AtlasRegion region)
        => string.Create(
            CultureInfo.InvariantCulture, $"region {region.Symbol}: {region.Occupancy:P1} of the steps, pattern {region.Pattern}");

    private static double DiscRadius(AtlasRegion region) => Smallest + ((Largest - Smallest) * Math.Sqrt(region.Occupancy));

    private static (double X, double Y) Centre(int symbol, int of)
    {
        double angle = (Math.Tau * symbol / of) - (Math.PI / 2);
        return of == 1 ? (0, 0) : (Radius * Math.Cos(angle), Radius * Math.Sin(angle));
    }

    private static (double X, double Y) Towards(double x, double y, double toX, double toY, double by)
    {
        double length = Math.Max(1e-9, double.Hypot(toX - x, toY - y));
        return (x + (by * (toX - x) / length), y + (by * (toY - y) / length));
    }
}
