using System.Globalization;
using System.Text;

namespace Attractor.Reports.Elements;

/// <summary>A score with what a perfect model would get.</summary>
/// <param name="Name">What it is: state-space divergence.</param>
/// <param name="Symbol">Its symbol: D_stsp.</param>
/// <param name="Value">The model's.</param>
/// <param name="Floor">A perfect model's; NaN if there is none.</param>
/// <param name="Explanation">What it says, in a sentence, with its unit.</param>
public sealed record ScoreRow(string Name, string Symbol, double Value, double Floor, string Explanation);

/// <summary>Scores beside their floors.</summary>
public sealed record ScoreTable(IReadOnlyList<ScoreRow> Rows) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<div class=\"wide\"><table class=\"scores\"><thead><tr><th>Score</th><th class=\"number\">Model</th><th class=\"number\">Floor</th><th>What it says</th></tr></thead><tbody>");
        foreach (ScoreRow row in Rows)
            html.Append("<tr><td>").Append(Escape(row.Name)).Append(" <span class=\"symbol\">").Append(Escape(row.Symbol)).Append("</span></td><td class=\"number\">")
                .Append(Number(row.Value)).Append("</td><td class=\"number\">").Append(double.IsNaN(row.Floor) ? "" : Number(row.Floor))
                .Append("</td><td>").Append(Escape(row.Explanation)).Append("</td></tr>");
        html.Append("</tbody></table></div>\n");
    }

    internal static string Number(double value) => double.IsFinite(value)
        ? value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 or 0 ? "G4" : "0.00e+0", CultureInfo.InvariantCulture)
        : "not finite";
}
