using System.Globalization;
using System.Net;
using System.Text;

namespace Attractor.Reports;

/// <summary>A drawing as lines of a terminal: eight dots of Braille to a character, letters as letters.</summary>
/// <param name="columns">Characters of a line.</param>
/// <param name="rows">Lines.</param>
internal sealed class TerminalDrawing(int columns, int rows) : IDrawing
{
    /// <summary>Pixels of the page that a character stands for: it is as wide as a letter of a figure and twice as high.</summary>
    public const int CellWidth = 7, CellHeight = 14;

    private const int DotsAcross = 2, DotsDown = 4;
    private const char Blank = '\u2800', Full = '\u28FF';

    // The bit of each dot, column by column from the top (Unicode, "Braille Patterns").
    private static readonly int[] s_bits = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];

    private readonly char[] _cells = [.. Enumerable.Repeat(Blank, columns * rows)];
    private readonly string?[] _colors = new string?[columns * rows];
    private (double Left, double Top, double Right, double Bottom)? _plot;

    /// <inheritdoc/>
    public void Rectangle(double x, double y, double width, double height, string color)
    {
        for (double down = DotSize.Y / 2; down < height; down += DotSize.Y)
            Line(x, y + down, x + width, y + down, color);
    }

    /// <inheritdoc/>
    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false)
    {
        // A grid would be as heavy as what is drawn on it.
        if (color == "--grid" || !double.IsFinite(x1 + y1 + x2 + y2) || !Clip(ref x1, ref y1, ref x2, ref y2))
            return;
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(x2 - x1) / DotSize.X, Math.Abs(y2 - y1) / DotSize.Y));
        for (int i = 0; i <= steps; i++)
            if (!dashed || i % 4 < 2)
                Dot(x1 + ((x2 - x1) * i / Math.Max(1, steps)), y1 + ((y2 - y1) * i / Math.Max(1, steps)), color);
    }

    /// <inheritdoc/>
    public void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12)
    {
        string plain = WebUtility.HtmlDecode(Superscripts.Pattern().Replace(text, m => Superscripts.Raised(m.Groups[1].Value)));
        int row = (int)((y - 4) / CellHeight), column = (int)(x / CellWidth);
        if (turn != 0)
        {
            // Letters stand below each other instead of lying on their side.
            for (int i = 0; i < plain.Length; i++)
                Letter(column, row - (plain.Length / 2) + i, plain[i], color);
            return;
        }
        column -= anchor switch { "start" => 0, "end" => plain.Length - 1, _ => plain.Length / 2 };
        for (int i = 0; i < plain.Length; i++)
            Letter(column + i, row, plain[i], color);
    }

    /// <inheritdoc/>
    public void Path(
        IReadOnlyList<(double X, double Y)> points,
        string stroke,
        double width,
        string? fill = null,
        double filled = 1,
        bool dashed = false,
        double opacity = 1)
    {
        for (int i = 1; i < points.Count && width > 0; i++)
            Line(points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y, stroke, width, dashed);
    }

    /// <inheritdoc/>
    public void Symbol(double x, double y, double size, string? symbol, string color, string? outline) => Dot(x, y, color);

    /// <inheritdoc/>
    public void BeginPlot(double x, double y, double width, double height) => _plot = (x, y, x + width, y + height);

    /// <inheritdoc/>
    public void EndPlot() => _plot = null;

    /// <summary>The lines, each with its end; colours as ANSI's sequences where they are wanted.</summary>
    public string ToText(bool colored)
    {
        StringBuilder text = new();
        for (int row = 0; row < rows; row++)
        {
            int last = columns - 1;
            while (last >= 0 && _cells[(row * columns) + last] == Blank)
                last--;
            string? now = null;
            for (int column = 0; column <= last; column++)
            {
                int cell = (row * columns) + column;
                string? color = colored && _cells[cell] != Blank ? _colors[cell] : now;
                if (color != now)
                    text.Append(color is null ? "\e[0m" : Sequence(color));
                now = color;
                text.Append(_cells[cell] == Blank ? ' ' : _cells[cell]);
            }
            text.Append(now is null ? "\n" : "\e[0m\n");
        }
        return text.ToString();
    }

    private static (double X, double Y) DotSize => ((double)CellWidth / DotsAcross, (double)CellHeight / DotsDown);

    // What is written in the colour of the page's text has that of the terminal's.
    private static string? Hue(string color)
        => color is not ("--text" or "--faint" or "--line") && SheetColors.Of(color) is ['#', _, _, _, _, _, _] hue ? hue : null;

    private static string Sequence(string color)
    {
        int value = int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"\e[38;2;{value >> 16};{(value >> 8) & 255};{value & 255}m");
    }

    private void Dot(double x, double y, string color)
    {
        if (_plot is { } plot && !(x >= plot.Left && x <= plot.Right && y >= plot.Top && y <= plot.Bottom))
            return;
        int across = (int)Math.Floor(x / DotSize.X), down = (int)Math.Floor(y / DotSize.Y);
        int column = across / DotsAcross, row = down / DotsDown, cell = (row * columns) + column;
        // Letters stay.
        if (across < 0 || down < 0 || column >= columns || row >= rows || _cells[cell] is < Blank or > Full)
            return;
        _cells[cell] |= (char)s_bits[(across % DotsAcross * DotsDown) + (down % DotsDown)];
        _colors[cell] = Hue(color);
    }

    private void Letter(int column, int row, char letter, string color)
    {
        if (column < 0 || row < 0 || column >= columns || row >= rows)
            return;
        _cells[(row * columns) + column] = letter;
        _colors[(row * columns) + column] = Hue(color);
    }

    // What lies outside may be as long as numbers are (Liang and Barsky 1984).
    private bool Clip(ref double x1, ref double y1, ref double x2, ref double y2)
    {
        double from = 0, to = 1, dx = x2 - x1, dy = y2 - y1;
        foreach ((double step, double room) in (ReadOnlySpan<(double, double)>)
            [(-dx, x1), (dx, (columns * CellWidth) - x1), (-dy, y1), (dy, (rows * CellHeight) - y1)])
        {
            if (step == 0 && room < 0)
                return false;
            if (step < 0)
                from = Math.Max(from, room / step);
            else if (step > 0)
                to = Math.Min(to, room / step);
        }
        if (from > to)
            return false;
        (x1, y1, x2, y2) = (x1 + (from * dx), y1 + (from * dy), x1 + (to * dx), y1 + (to * dy));
        return true;
    }
}
