using System.Net;
using System.Text.RegularExpressions;

namespace Attractor.Reports;

/// <summary>The one piece of markup that texts of figures have, exponents of ticks above all.</summary>
internal static partial class Superscripts
{
    private const double RaisedBy = 4, RaisedSize = 9;

    /// <summary>A superscript; its first group is what is raised.</summary>
    [GeneratedRegex("<sup>(.*?)</sup>")]
    public static partial Regex Pattern();

    /// <summary>The parts of a markup from left to right, without it: each with the size of its letters and how far it is raised.</summary>
    public static IEnumerable<(string Text, double Size, double Up)> Parts(string markup, double size)
        => Pattern().Split(markup).Select((part, i) => i % 2 == 1
            ? (WebUtility.HtmlDecode(part), RaisedSize, RaisedBy)
            : (WebUtility.HtmlDecode(part), size, 0)).Where(p => p.Item1.Length > 0);

    /// <summary>Digits and signs as the raised characters of Unicode; others follow a caret.</summary>
    public static string Raised(string text)
    {
        const string Plain = "0123456789+-\u2212", High = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b";
        return text.All(c => Plain.Contains(c, StringComparison.Ordinal))
            ? string.Concat(text.Select(c => High[Plain.IndexOf(c, StringComparison.Ordinal)]))
            : "^" + text;
    }
}
