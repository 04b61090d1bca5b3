using System.Globalization;

namespace Attractor.Reports;

/// <summary>The symbol of a variable: Greek letters by their names, the subscript after an underscore.</summary>
internal static class DiagramSymbol
{
    private static readonly string[] s_greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi",
        "rho", "", "sigma", "tau",
        "upsilon", "phi", "chi", "psi", "omega",
    ];

    /// <summary>The letter and its subscript, which may be empty.</summary>
    public static (string Letter, string Subscript) Split(string symbol)
    {
        int underscore = symbol.IndexOf('_', StringComparison.Ordinal);
        return underscore < 0
            ? (Letter(symbol), "")
            : (Letter(symbol[..underscore]), string.Join(' ', symbol[(underscore + 1)..].Split('_').Select(Letter)));
    }

    /// <summary>As the text of an SVG: the subscript smaller, and lower by as much as it can be read.</summary>
    public static string ToSvg(string symbol)
    {
        (string letter, string subscript) = Split(symbol);
        return $"<tspan class=\"letter\">{Markup.Escape(letter)}</tspan>"
            + (subscript.Length == 0 ? "" : $"<tspan class=\"subscript\" dx=\"1\" dy=\"5\">{Markup.Escape(subscript)}</tspan>");
    }

    /// <summary>As HTML.</summary>
    public static string ToHtml(string symbol)
    {
        (string letter, string subscript) = Split(symbol);
        return $"<i>{Markup.Escape(letter)}</i>" + (subscript.Length == 0 ? "" : $"<sub>{Markup.Escape(subscript)}</sub>");
    }

    private static string Letter(string name)
    {
        // The letters follow each other from alpha on, with the final sigma between rho and sigma.
        int index = name.Length == 0 ? -1 : Array.IndexOf(s_greek, name.ToLower(CultureInfo.InvariantCulture));
        if (index < 0 || name[1..] != s_greek[index][1..])
            return name;
        return ((char)((char.IsUpper(name[0]) ? '\u0391' : '\u03b1') + index)).ToString();
    }
}
