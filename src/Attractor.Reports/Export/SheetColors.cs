using System.Globalization;
using System.Text.RegularExpressions;

namespace Attractor.Reports;

/// <summary>The style sheet's colours of light pages, which are those of paper.</summary>
internal static partial class SheetColors
{
    private static readonly Dictionary<string, string> s_colors = Read();

    /// <summary>The colour of a name such as <c>--true</c>; what is no name of the sheet is a colour itself.</summary>
    public static string Of(string name) => s_colors.GetValueOrDefault(name, name);

    /// <summary>The colour of a name as bytes, the last its opacity: of three, six or eight hexadecimal digits, as CSS has them.</summary>
    /// <exception cref="ArgumentException">The name is no colour of the sheet, nor one in such digits.</exception>
    public static (byte Red, byte Green, byte Blue, byte Opacity) Rgba(string name)
    {
        string digits = Of(name).TrimStart('#');
        if (digits.Length == 3)
            digits = string.Concat(digits.SelectMany(d => new[] { d, d }));
        if (digits.Length == 6)
            digits += "ff";
        if (digits.Length != 8 || !uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint rgba))
            throw new ArgumentException($"'{name}' is no colour of the style sheet, nor one in hexadecimal digits.", nameof(name));
        return ((byte)(rgba >> 24), (byte)(rgba >> 16), (byte)(rgba >> 8), (byte)rgba);
    }

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
