using System.Text;

namespace Attractor.Reports;

/// <summary>What a document says, what was found, and why the two differ. On a narrow page every row is a block of its own.</summary>
public sealed record ComparisonTable(IReadOnlyList<ComparisonRow> Rows) : Element
{
    private static readonly string[] s_headings = ["", "Document", "Here", "Difference", "Why"];

    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<table class=\"comparison\"><thead><tr>");
        for (int i = 0; i < s_headings.Length; i++)
            html.Append(IsNumber(i) ? "<th class=\"number\">" : "<th>").Append(s_headings[i]).Append("</th>");
        html.Append("</tr></thead><tbody>");
        string why = "";
        foreach (ComparisonRow row in Rows)
        {
            string[] cells = [row.Quantity, row.Document, row.Here, row.Difference, row.Why == why ? "as above" : row.Why];
            why = row.Why;
            html.Append("<tr>");
            for (int i = 0; i < cells.Length; i++)
                html.Append("<td data-label=\"").Append(s_headings[i]).Append(IsNumber(i) ? "\" class=\"number\">" : "\">")
                    .Append(Escape(cells[i])).Append("</td>");
            html.Append("</tr>");
        }
        html.Append("</tbody></table>\n");
    }

    private static bool IsNumber(int column) => column is > 0 and < 4;
}
