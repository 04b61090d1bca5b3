using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>How a cell of text that is no number would be one.</summary>
internal static partial class CsvAdvice
{
    /// <summary>What to do, as the end of a sentence.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="isFirst">Whether it stands in the first line, which may be meant for a header.</param>
    public static string For(ReadOnlySpan<byte> cell, int columns, bool isFirst)
    {
        string text = Excerpt.Of(cell);
        if (isFirst)
            return "; in a header, no name may be a number";
        if (cell.Contains((byte)0))
            return "; it holds zero bytes, as a write that was cut short leaves: write or fetch the file again";
        if (Grouped().IsMatch(text))
            return "; write nothing between thousands, and decimals with a point";
        if (columns == 1 && SeparatedOtherwise().IsMatch(text))
            return "; separate cells by commas, semicolons or tabs";
        if (cell.Contains((byte)','))
            return "; write decimals with a point";
        if (cell.ContainsAny((byte)':', (byte)'/') && char.IsAsciiDigit((char)cell[0]))
            return "; write times such as 2024-12-31T12:30:00 or 12:30:00, or seconds";
        return WithUnit().IsMatch(text)
            ? "; write the unit into the header, and numbers alone below it"
            : "; leave a missing value empty or write NaN";
    }

    /// <summary>A number with a unit before or after it.</summary>
    [GeneratedRegex(@"^[$\u20AC\u00A3]? ?[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)? ?[%$\u20AC\u00A3\u00B0\p{L}\u00B2\u00B3/]{0,8}$")]
    public static partial Regex WithUnit();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}([ ',.\u2019\u00A0\u2009\u202F][0-9]{3})+([.,][0-9]+)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?[0-9.,eE+-]+([ :^~!&][ ]*[+-]?[0-9.,eE+-]+)+$")]
    private static partial Regex SeparatedOtherwise();
}
