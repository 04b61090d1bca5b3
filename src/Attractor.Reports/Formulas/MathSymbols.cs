namespace Attractor.Reports;

/// <summary>What the names of symbols stand for in MathML.</summary>
internal static class MathSymbols
{
    private static readonly Dictionary<string, string> s_letters = new(StringComparer.Ordinal)
    {
        ["alpha"] = "\u03b1",
        ["beta"] = "\u03b2",
        ["gamma"] = "\u03b3",
        ["delta"] = "\u03b4",
        ["epsilon"] = "\u03b5",
        ["eta"] = "\u03b7",
        ["theta"] = "\u03b8",
        ["lambda"] = "\u03bb",
        ["mu"] = "\u03bc",
        ["nu"] = "\u03bd",
        ["xi"] = "\u03be",
        ["pi"] = "\u03c0",
        ["rho"] = "\u03c1",
        ["sigma"] = "\u03c3",
        ["tau"] = "\u03c4",
        ["phi"] = "\u03c6",
        ["Phi"] = "\u03a6",
        ["psi"] = "\u03c8",
        ["Delta"] = "\u0394",
        ["Sigma"] = "\u03a3",
        ["Gamma"] = "\u0393",
        ["infty"] = "\u221e",
        ["ell"] = "\u2113",
    };

    private static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        ["cdot"] = "\u22c5",
        ["times"] = "\u00d7",
        ["le"] = "\u2264",
        ["ge"] = "\u2265",
        ["ne"] = "\u2260",
        ["approx"] = "\u2248",
        ["sim"] = "\u223c",
        ["propto"] = "\u221d",
        ["to"] = "\u2192",
        ["mapsto"] = "\u21a6",
        ["in"] = "\u2208",
        ["odot"] = "\u2299",
        ["partial"] = "\u2202",
        ["nabla"] = "\u2207",
        ["dots"] = "\u2026",
        ["cdots"] = "\u22ef",
        ["pm"] = "\u00b1",
        ["|"] = "\u2016",
        ["{"] = "{",
        ["}"] = "}",
        ["gg"] = "\u226b",
        ["ll"] = "\u226a",
        ["top"] = "\u22a4",
        ["mid"] = "\u2223",
    };

    private static readonly Dictionary<string, string> s_sums = new(StringComparer.Ordinal)
    {
        ["sum"] = "\u2211",
        ["prod"] = "\u220f",
    };

    private static readonly HashSet<string> s_functions = new(StringComparer.Ordinal)
    {
        "log", "ln", "exp", "tanh", "softmax", "relu", "det", "tr", "var", "cov", "sign"
    };

    private static readonly HashSet<string> s_limits = new(StringComparer.Ordinal) { "max", "min", "lim", "argmax", "argmin" };

    private static readonly Dictionary<string, string> s_spaces = new(StringComparer.Ordinal)
    {
        [","] = "0.17em",
        [";"] = "0.28em",
        ["quad"] = "1em",
        ["qquad"] = "2em",
    };

    private static readonly Dictionary<string, string> s_accents = new(StringComparer.Ordinal)
    {
        ["hat"] = "^",
        ["tilde"] = "~",
        ["bar"] = "\u00af",
    };

    /// <summary>The mark above a letter; null if the name is of none.</summary>
    public static string? Accent(string name) => s_accents.GetValueOrDefault(name);

    /// <summary>A symbol, and whether its scripts stand above and below it; null if the name is not known.</summary>
    public static (string Markup, bool Limits)? Find(string name)
    {
        if (s_letters.TryGetValue(name, out string? letter))
            return ($"<mi>{letter}</mi>", false);
        if (s_operators.TryGetValue(name, out string? sign))
            return ($"<mo stretchy=\"false\">{sign}</mo>", false);
        if (s_sums.TryGetValue(name, out string? sum))
            return ($"<mo>{sum}</mo>", true);
        if (name == "int")
            return ("<mo>\u222b</mo>", false);
        if (s_functions.Contains(name))
            return ($"<mspace width=\"0.17em\"/><mi mathvariant=\"normal\">{name}</mi><mspace width=\"0.17em\"/>", false);
        if (s_limits.Contains(name))
            return ($"<mi mathvariant=\"normal\">{name}</mi>", true);
        return s_spaces.TryGetValue(name, out string? width) ? ($"<mspace width=\"{width}\"/>", false) : null;
    }
}
