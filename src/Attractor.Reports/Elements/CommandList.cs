using System.Text;

namespace Attractor.Reports;

/// <summary>Commands to type, each with what it does.</summary>
public sealed record CommandList(IReadOnlyList<(string Purpose, string Command)> Commands) : Element
{
    internal override void AppendTo(StringBuilder html)
    {
        foreach ((string purpose, string command) in Commands)
            html.Append("<p class=\"purpose\">").Append(Escape(purpose)).Append("</p><pre><code>").Append(Escape(command))
                .Append("</code></pre>\n");
    }
}
