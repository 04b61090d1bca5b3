using System.Text;

namespace Attractor.Reports;

/// <summary>A few sentences.</summary>
public sealed record Paragraph(string Text) : Element
{
    internal override void AppendTo(StringBuilder html) => html.Append("<p>").Append(Escape(Text)).Append("</p>\n");
}
