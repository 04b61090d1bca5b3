using System.Globalization;
using System.Text.RegularExpressions;

namespace Attractor.Runs;

/// <summary>
/// Numbers as command lines and files write them, whatever the language of the machine: digits, a decimal point, an exponent.
/// </summary>
internal static partial class NumberText
{
    /// <summary>A finite number; null of any other text, one with separators between thousands or a decimal comma among them.</summary>
    public static double? Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>A whole number; null of any other text.</summary>
    public static long? Whole(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    // Longer text is no number that somebody meant.
    private const int LongestNumber = 100;

    /// <summary>What to write instead of a text that is no number, as the end of a sentence; nothing if nothing can be guessed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="whole">Whether only whole numbers will do.</param>
    public static string Advice(string text, bool whole)
    {
        if (text.Length == 0)
            return "an empty word";
        if (text.Length > LongestNumber)
            return "";
        if (WholeNumber().IsMatch(text) && whole && Whole(text) is null)
            return FormattableString.Invariant($", which is beyond {long.MaxValue}");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsInfinity(value)
            && text.Any(char.IsAsciiDigit))
            return ", which is beyond 1.8e308";
        string[] meant = [.. Meant(text, whole).Distinct()];
        return meant.Length == 0 ? "" : $"; write {string.Join(" or ", meant)}";
    }

    private static IEnumerable<string> Meant(string text, bool whole)
    {
        string bare = Blank().Replace(text, "");
        if (!Separated().IsMatch(bare))
            return [];
        IEnumerable<string> readings = bare.Contains(',', StringComparison.Ordinal) ? WithCommas(bare, whole)
            : bare.Count(c => c == '.') > 1 ? Thousands().IsMatch(bare) ? [bare.Replace(".", "", StringComparison.Ordinal)] : []
            : [bare];
        return whole ? readings.Select(ToWhole).OfType<string>() : readings.Where(r => Number(r) is not null);
    }

    // 0,05 is a decimal comma, 1,000,000 are thousands, 1.000,5 and 1,000.5 are both; 1,234 may be either.
    private static IEnumerable<string> WithCommas(string text, bool whole)
    {
        int comma = text.LastIndexOf(','), point = text.LastIndexOf('.');
        if (point > comma)
            return [text.Replace(",", "", StringComparison.Ordinal)];
        string decimals = text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        string thousands = text.Replace(",", "", StringComparison.Ordinal);
        if (text.Count(c => c == ',') > 1)
            return Thousands().IsMatch(text) ? [thousands] : [];
        return point < 0 && Thousands().IsMatch(text) ? whole ? [thousands] : [decimals, thousands] : [decimals];
    }

    private static string? ToWhole(string text)
        => Number(text) is { } value && value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("^[+-]?[0-9]+$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"[ '_\u00a0\u2009\u202f\u2019]")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[+-]?[0-9.,]*[0-9][.,]?([eE][+-]?[0-9]{1,3})?$")]
    private static partial Regex Separated();

    [GeneratedRegex(@"^[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+$")]
    private static partial Regex Thousands();
}
