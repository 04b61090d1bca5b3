using System.Net;

namespace Attractor.Reports;

/// <summary>Text as HTML and XML.</summary>
internal static class Markup
{
    private const char Replacement = '\uFFFD';

    /// <summary>Escapes text; control characters, which no XML may hold, and halves of pairs become U+FFFD.</summary>
    public static string Escape(string text)
        => WebUtility.HtmlEncode(Fit(text));

    /// <summary>The same text without what no XML may hold, not escaped.</summary>
    public static string Fit(string text) => !text.Any(IsUnfit) ? text : string.Create(text.Length, text, (fit, all) =>
    {
        for (int i = 0; i < fit.Length; i++)
        {
            bool isPair = char.IsSurrogate(all[i])
                && (char.IsHighSurrogate(all[i]) ? i + 1 < all.Length && char.IsLowSurrogate(all[i + 1])
                    : i > 0 && char.IsHighSurrogate(all[i - 1]));
            fit[i] = IsUnfit(all[i]) && !isPair ? Replacement : all[i];
        }
    });

    private static bool IsUnfit(char c)
        => (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF';
}
