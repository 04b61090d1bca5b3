using System.Globalization;
using System.Net;
using System.Text;
using Attractor.Reports;

namespace Attractor.Interactive;

/// <summary>Pieces of HTML for a cell's answer.</summary>
internal static class HtmlText
{
    // About as wide as a notebook, on paper.
    private const double Width = 150;

    /// <summary>A figure. It is a picture of its own: what one drawing calls by a name another may call by the same.</summary>
    public static string Picture(Figure figure)
    {
        string svg = Convert.ToBase64String(Encoding.UTF8.GetBytes(FigureFiles.ToSvg(figure, Width)));
        return $"<img alt=\"{WebUtility.HtmlEncode(figure.Title)}\" src=\"data:image/svg+xml;base64,{svg}\">";
    }

    /// <summary>A line of text.</summary>
    public static string Line(string text) => $"<div>{WebUtility.HtmlEncode(text)}</div>";

    /// <summary>A table.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
        => $"<table><thead>{Row(head, "th")}</thead><tbody>{string.Concat(rows.Select(r => Row(r, "td")))}</tbody></table>";

    /// <summary>A report within the notebook.</summary>
    public static string Page(Report report) => $"<iframe title=\"{WebUtility.HtmlEncode(report.Title)}\" width=\"100%\" height=\"700\" "
        + $"style=\"border:0\" srcdoc=\"{WebUtility.HtmlEncode(report.ToHtml())}\"></iframe>";

    /// <summary>A number of four digits.</summary>
    public static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    private static string Row(IReadOnlyList<string> cells, string tag)
        => $"<tr>{string.Concat(cells.Select(c => $"<{tag}>{WebUtility.HtmlEncode(c)}</{tag}>"))}</tr>";
}
