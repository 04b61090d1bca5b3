using System.Text;

namespace Attractor.Reports;

/// <summary>A typeset formula on a line of its own. It is MathML: neither a script nor a network is needed to read it.</summary>
/// <param name="Source">
/// In a part of TeX's notation: <c>\frac{a}{b}</c>, <c>\sum_{n=1}^N</c>, <c>x_n^2</c>, <c>\lambda</c>, <c>\log</c>, <c>\text{if}</c>.
/// </param>
public sealed record Formula(string Source) : Element
{
    /// <exception cref="ArgumentException">The notation has something that is not known.</exception>
    internal override void AppendTo(StringBuilder html)
        => html.Append("<div class=\"wide formula\">").Append(MathMarkup.Of(Source)).Append("</div>\n");
}
