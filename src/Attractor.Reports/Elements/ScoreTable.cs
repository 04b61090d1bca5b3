using System.Globalization;
using System.Text;

namespace Attractor.Reports;

/// <summary>Scores beside their floors.</summary>
public sealed record ScoreTable(IReadOnlyList<ScoreRow> Rows) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append(
            "<div class=\"wide\"><table class=\"scores\"><thead><tr><th>Score</th><th class=\"number\">Model</th><th "
            + "class=\"number\">Floor</th><th>What it says</th></tr></thead><tbody>");
        foreach (ScoreRow row in Rows)
            html.Append("<tr><td>").Append(Escape(row.Name)).Append(" <span class=\"symbol\">").Append(Escape(row.Symbol))
                .Append("</span></td><td class=\"number\">")
                .Append(Number(row.Value)).Append("</td><td class=\"number\">").Append(double.IsNaN(row.Floor) ? "" : Number(row.Floor))
                .Append("</td><td class=\"words\">").Append(Escape(row.Explanation)).Append("</td></tr>");
        html.Append("</tbody></table></div>\n");
    }

    // What is left of a floor of 0 by rounding.
    private const double Rounding = 1e-15;

    internal static string Number(double value) => !double.IsFinite(value) ? "not finite"
        : Math.Abs(value) < Rounding ? "0"
        : value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 ? "G4" : "0.00e+0", CultureInfo.InvariantCulture);
}
