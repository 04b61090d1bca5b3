using System.Text;

namespace Attractor.Reports;

/// <summary>A table whose rows begin with a link to another file.</summary>
/// <param name="Headings">One for each column, that of the links first.</param>
/// <param name="Rows">The file, relative to the page (none if empty), and as many cells as there are headings.</param>
public sealed record LinkTable(IReadOnlyList<string> Headings, IReadOnlyList<(string Target, IReadOnlyList<string> Cells)> Rows) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<table class=\"comparison\"><thead><tr>");
        foreach (string heading in Headings)
            html.Append("<th>").Append(Escape(heading)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach ((string target, IReadOnlyList<string> cells) in Rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < Headings.Count; i++)
            {
                html.Append("<td data-label=\"").Append(Escape(Headings[i])).Append("\">");
                if (i == 0 && target.Length > 0)
                    html.Append("<a href=\"").Append(Escape(string.Join('/', target.Split('/').Select(Uri.EscapeDataString)))).Append("\">")
                        .Append(Escape(cells[i])).Append("</a>");
                else
                    html.Append(Escape(cells[i]));
                html.Append("</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>\n");
    }
}
