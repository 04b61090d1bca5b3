using System.Text;

namespace Attractor.Reports;

/// <summary>A question and its answer.</summary>
public sealed record Question(string Text, string Answer) : Element
{
    internal override void AppendTo(StringBuilder html)
        => html.Append("<p class=\"question\">").Append(Escape(Text)).Append("</p><p>").Append(Escape(Answer)).Append("</p>\n");
}
