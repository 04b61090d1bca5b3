using System.Text;

namespace Attractor.Reports;

/// <summary>What the colours of a picture stand for.</summary>
/// <param name="Entries">A colour and what it is of.</param>
public sealed record ColorLegend(IReadOnlyList<(string Color, string Text)> Entries) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<ul class=\"legend\">");
        foreach ((string color, string text) in Entries)
            html.Append("<li><span style=\"background:").Append(Escape(color)).Append("\"></span>").Append(Escape(text)).Append("</li>");
        html.Append("</ul>\n");
    }
}
