namespace Attractor.Reports;

/// <summary>Figures in a terminal.</summary>
public static class FigureText
{
    private const int LeastColumns = 30, LeastRows = 10, Most = 1000;

    /// <summary>A figure as lines of text, drawn with Braille's dots.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="columns">Characters of a line at most, 30 to 1,000.</param>
    /// <param name="rows">Lines, 10 to 1,000.</param>
    /// <param name="colored">With ANSI's sequences for colours of 24 bits.</param>
    /// <returns>The lines, each with its end.</returns>
    /// <exception cref="ArgumentException">There are too few or too many of them.</exception>
    public static string Draw(Figure figure, int columns = 100, int rows = 30, bool colored = false)
    {
        if (columns is < LeastColumns or > Most || rows is < LeastRows or > Most)
            throw new ArgumentException(
                FormattableString.Invariant($"A figure of text has {LeastColumns} to {Most} columns and {LeastRows} to {Most} rows, ")
                + FormattableString.Invariant($"not {columns} and {rows}."));
        TerminalDrawing sheet = new(columns, rows);
        FigureDrawing.Draw(sheet, FigureFiles.Spec(figure), columns * TerminalDrawing.CellWidth, rows * TerminalDrawing.CellHeight);
        return sheet.ToText(colored);
    }
}
