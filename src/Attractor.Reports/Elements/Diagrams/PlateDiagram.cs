using System.Globalization;
using System.Text;

namespace Attractor.Reports;

/// <summary>A directed graphical model in plate notation (Buntine 1994): a list under it says what each variable is.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Nodes">The variables, in the order in which the list explains them.</param>
/// <param name="Edges">The arrows.</param>
/// <param name="Plates">What is there more than once.</param>
public sealed record PlateDiagram(
    string Title,
    string Caption,
    IReadOnlyList<DiagramNode> Nodes,
    IReadOnlyList<DiagramEdge> Edges,
    IReadOnlyList<DiagramPlate> Plates) : Element
{
    // Room for the symbol beside a dot, the length of an arrow's head and half its width.
    private const double Margin = 8, SymbolRoom = 34, Head = 9, HalfHead = 3.6;

    /// <summary>Where an arrow leaves the rim of its parent and where it meets the rim of its child.</summary>
    internal static (double X1, double Y1, double X2, double Y2) Clip(DiagramNode from, DiagramNode to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length <= from.Radius + to.Radius)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{from.Symbol} and {to.Symbol} are {length:G3} pixels apart, which leaves no room for an arrow between circles of "
                    + $"{from.Radius} and {to.Radius}."),
                nameof(to));
        double ux = dx / length, uy = dy / length;
        return (from.X + (from.Radius * ux), from.Y + (from.Radius * uy), to.X - (to.Radius * ux), to.Y - (to.Radius * uy));
    }

    internal override void AppendTo(StringBuilder html)
    {
        (double left, double top, double right, double bottom) = Bounds();
        html.Append("<figure><h3>").Append(Escape(Title))
            .Append("</h3><div class=\"wide\"><svg class=\"diagram\" role=\"img\" aria-label=\"").Append(Escape(Title))
            .Append("\" viewBox=\"").Append(Svg.Join(left, top, right - left, bottom - top))
            .Append("\" style=\"width:").Append(Svg.Pixels(right - left)).Append("px\">");
        foreach (DiagramPlate plate in Plates)
            html.Append("<rect class=\"plate\" x=\"").Append(Svg.Pixels(plate.X)).Append("\" y=\"").Append(Svg.Pixels(plate.Y))
                .Append("\" width=\"").Append(Svg.Pixels(plate.Width))
                .Append("\" height=\"").Append(Svg.Pixels(plate.Height))
                .Append("\" rx=\"10\"/><text class=\"count\" text-anchor=\"end\" x=\"").Append(Svg.Pixels(plate.X + plate.Width - 9))
                .Append("\" y=\"").Append(Svg.Pixels(plate.Y + plate.Height - 8))
                .Append("\">").Append(DiagramSymbol.ToSvg(plate.Label)).Append("</text>");
        foreach (DiagramEdge edge in Edges)
            AppendArrow(html, Nodes[edge.From], Nodes[edge.To]);
        foreach (DiagramNode node in Nodes)
            AppendNode(html, node);
        html.Append("</svg></div>");
        if (Caption.Length > 0)
            html.Append("<figcaption>").Append(Escape(Caption)).Append("</figcaption>");
        html.Append("<dl class=\"config symbols\">");
        foreach (DiagramNode node in Nodes.DistinctBy(n => (n.Symbol, n.Meaning)))
            html.Append("<div><dt>").Append(DiagramSymbol.ToHtml(node.Symbol)).Append("</dt><dd>").Append(Escape(node.Meaning))
                .Append("</dd></div>");
        html.Append("</dl></figure>\n");
    }

    private static void AppendArrow(StringBuilder html, DiagramNode from, DiagramNode to)
    {
        (double x1, double y1, double x2, double y2) = Clip(from, to);
        double length = Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))), ux = (x2 - x1) / length, uy = (y2 - y1) / length;
        // The line ends within the head, so that its blunt end does not show at the tip.
        double bx = x2 - (Head * ux), by = y2 - (Head * uy);
        html.Append("<path class=\"arrow\" d=\"M").Append(Svg.Join(x1, y1)).Append('L').Append(Svg.Join(bx, by))
            .Append("\"/><path class=\"head\" d=\"M").Append(Svg.Join(x2, y2))
            .Append('L').Append(Svg.Join(bx - (HalfHead * uy), by + (HalfHead * ux)))
            .Append('L').Append(Svg.Join(bx + (HalfHead * uy), by - (HalfHead * ux))).Append("Z\"/>");
    }

    private static void AppendNode(StringBuilder html, DiagramNode node)
    {
        bool dot = node.Kind == DiagramNodeKind.Fixed;
        double aside = dot ? (node.SymbolOnTheLeft ? -9 : 9) : 0;
        html.Append("<circle class=\"")
            .Append(node.Kind switch { DiagramNodeKind.Latent => "latent", DiagramNodeKind.Observed => "observed", _ => "fixed" })
            .Append("\" cx=\"").Append(Svg.Pixels(node.X)).Append("\" cy=\"").Append(Svg.Pixels(node.Y)).Append("\" r=\"").Append(
                Svg.Pixels(node.Radius))
            .Append("\"/><text text-anchor=\"").Append(!dot ? "middle" : node.SymbolOnTheLeft ? "end" : "start").Append("\" x=\"").Append(
                Svg.Pixels(node.X + aside))
            .Append("\" y=\"").Append(Svg.Pixels(node.Y + 5)).Append("\">").Append(DiagramSymbol.ToSvg(node.Symbol)).Append("</text>");
    }

    private (double Left, double Top, double Right, double Bottom) Bounds()
    {
        double left = double.PositiveInfinity, top = left, right = -left, bottom = -left;
        foreach (DiagramNode node in Nodes)
        {
            double aside = node.Kind == DiagramNodeKind.Fixed ? SymbolRoom : 0;
            Include(node.X - node.Radius - (node.SymbolOnTheLeft ? aside : 0), node.Y - Math.Max(node.Radius, 12));
            Include(node.X + node.Radius + (node.SymbolOnTheLeft ? 0 : aside), node.Y + Math.Max(node.Radius, 12));
        }
        foreach (DiagramPlate plate in Plates)
        {
            Include(plate.X, plate.Y);
            Include(plate.X + plate.Width, plate.Y + plate.Height);
        }
        return Nodes.Count + Plates.Count == 0 ? (0, 0, 1, 1) : (left - Margin, top - Margin, right + Margin, bottom + Margin);

        void Include(double x, double y)
        {
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }
    }
}
