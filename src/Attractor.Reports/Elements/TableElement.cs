using System.Text;

namespace Attractor.Reports;

/// <summary>A table of text.</summary>
/// <param name="Headings">One for each column; one that ends in a hash is of a column of numbers, set
/// flush right, and is shown without it.</param>
/// <param name="Rows">As many cells as there are headings in each.</param>
public sealed record TableElement(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) : Element
{
    // Characters of a cell from which on it is a sentence, which a narrow page must not set in a column of single words.
    private const int FewestWords = 40;

    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<div class=\"wide\"><table class=\"scores\"><thead><tr>");
        foreach (string heading in Headings)
            Cell(html, "th", heading.TrimEnd('#'), heading);
        html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in Rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < Headings.Count; i++)
                Cell(html, "td", row[i], Headings[i]);
            html.Append("</tr>");
        }
        html.Append("</tbody></table></div>\n");
    }

    private static void Cell(StringBuilder html, string tag, string text, string heading)
        => html.Append('<').Append(tag)
            .Append(heading.EndsWith('#') ? " class=\"number\">" : text.Length > FewestWords ? " class=\"words\">" : ">")
            .Append(Escape(text)).Append("</").Append(tag).Append('>');
}
