using System.Text;

namespace Attractor.Reports;

/// <summary>Names and values: a configuration.</summary>
public sealed record KeyValueTable(IReadOnlyList<(string Key, string Value)> Rows) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<dl class=\"config\">");
        foreach ((string key, string value) in Rows)
            html.Append("<div><dt>").Append(Escape(key)).Append("</dt><dd>").Append(Escape(value)).Append("</dd></div>");
        html.Append("</dl>\n");
    }
}
