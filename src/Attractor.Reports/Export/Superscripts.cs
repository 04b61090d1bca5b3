using System.Text.RegularExpressions;

namespace Attractor.Reports;

/// <summary>The one piece of markup that texts of figures have, exponents of ticks above all.</summary>
internal static partial class Superscripts
{
    /// <summary>A superscript; its first group is what is raised.</summary>
    [GeneratedRegex("<sup>(.*?)</sup>")]
    public static partial Regex Pattern();
}
