using System.Text.RegularExpressions;

namespace Attractor.Reports;

/// <summary>The style sheet's colours of light pages, which are those of paper.</summary>
internal static partial class SheetColors
{
    private static readonly Dictionary<string, string> s_colors = Read();

    /// <summary>The colour of a name such as <c>--true</c>; what is no name of the sheet is a colour itself.</summary>
    public static string Of(string name) => s_colors.GetValueOrDefault(name, name);

    private static Dictionary<string, string> Read()
    {
        using StreamReader reader = new(typeof(SheetColors).Assembly.GetManifestResourceStream("report.css")!);
        Dictionary<string, string> colors = new(StringComparer.Ordinal);
        // Those of light pages come first.
        foreach (Match match in Named().Matches(reader.ReadToEnd()))
            colors.TryAdd(match.Groups[1].Value, match.Groups[2].Value);
        return colors;
    }

    [GeneratedRegex(@"(--[a-z]+):\s*(#[0-9a-f]{3,8})")]
    private static partial Regex Named();
}
