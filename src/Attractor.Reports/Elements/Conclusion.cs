using System.Text;

namespace Attractor.Reports;

/// <summary>What it comes to, in a few sentences that stand out.</summary>
public sealed record Conclusion(string Text) : Element
{
    internal override void AppendTo(StringBuilder html)
        => html.Append("<p class=\"verdict\">").Append(Escape(Text)).Append("</p>\n");
}
