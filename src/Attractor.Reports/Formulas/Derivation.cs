using System.Text;

namespace Attractor.Reports;

/// <summary>A short derivation: sentences, and the formulas that they lead to.</summary>
/// <param name="Steps">Words, each followed by a formula; no formula where the words stand alone.</param>
public sealed record Derivation(IReadOnlyList<(string Words, string? Formula)> Steps) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<div class=\"derivation\">\n");
        foreach ((string words, string? formula) in Steps)
        {
            new Paragraph(words).AppendTo(html);
            if (formula is not null)
                new Formula(formula).AppendTo(html);
        }
        html.Append("</div>\n");
    }
}
