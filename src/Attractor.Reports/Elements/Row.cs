using System.Text;

namespace Attractor.Reports;

/// <summary>Elements side by side; one below the other where the page is narrow.</summary>
public sealed record Row(IReadOnlyList<Element> Elements) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<div class=\"row\">\n");
        foreach (Element element in Elements)
            element.AppendTo(html);
        html.Append("</div>\n");
    }
}
