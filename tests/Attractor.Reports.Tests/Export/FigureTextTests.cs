namespace Attractor.Reports.Tests;

/// <summary>Figures as text: every dot lies where it should.</summary>
public sealed class FigureTextTests
{
    [Fact]
    public void Dots_have_the_bits_of_Unicode_and_letters_stay()
    {
        TerminalDrawing sheet = new(columns: 4, rows: 2);
        // Seven pixels by fourteen to a character, three and a half to a dot: the left column, then the lower right dot.
        sheet.Line(1, 1, 1, 13, "--text");
        sheet.Symbol(13, 13, 6, null, "--true", null);
        sheet.Line(-1e9, 15, 1e9, 15, "--text");
        sheet.Text(14, 10, "a<sup>-2</sup>", "start");
        sheet.Line(0, 8, 27, 8, "--grid");

        Assert.Equal("\u2847\u2880a\u207b\n\u2809\u2809\u2809\u2809\n", sheet.ToText(colored: false));
        Assert.Equal("\u2847\e[38;2;11;98;168m\u2880\e[0ma\u207b\n\u2809\u2809\u2809\u2809\n", sheet.ToText(colored: true));
    }

    [Fact]
    public void What_lies_outside_of_the_axes_is_cut_off()
    {
        TerminalDrawing sheet = new(columns: 3, rows: 1);
        sheet.BeginPlot(7, 0, 6.9, 14);
        sheet.Line(0, 1, 21, 1, "--text");
        sheet.Line(double.NaN, 1, 21, 1, "--text");
        sheet.Line(double.MinValue, double.MinValue, double.MaxValue, -5, "--text");
        sheet.EndPlot();

        Assert.Equal(" \u2809\n", sheet.ToText(colored: false));
    }

    [Fact]
    public void A_figure_has_its_axes_names_and_curve()
    {
        LineFigure figure = new("Decay", "", "time", "x", [new Curve("x", "--true", [0, 1, 2], [0, 5, 10])]);
        string[] lines = FigureText.Draw(figure, columns: 60, rows: 16).TrimEnd('\n').Split('\n');

        Assert.InRange(lines.Length, 15, 16);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 60));
        Assert.Contains(lines, line => line.Contains("time", StringComparison.Ordinal));
        Assert.Contains("10", string.Concat(lines), StringComparison.Ordinal);
        // The line rises from the lower left to the upper right.
        int[] starts = [.. lines[2..10].Select(line => line.TakeWhile((c, i) => i < 12 || c == ' ').Count())];
        Assert.Equal(starts.OrderDescending(), starts);
        Assert.True(starts[0] > starts[^1] + 20);
        Assert.DoesNotContain('\e', string.Concat(lines));
        Assert.Contains('\e', FigureText.Draw(figure, colored: true));
    }

    [Theory]
    [InlineData(29, 30)]
    [InlineData(100, 9)]
    [InlineData(100, 1001)]
    public void Too_small_or_too_large_is_said(int columns, int rows) => Assert.Contains(
        "30 to 1000 columns", Assert.Throws<ArgumentException>(
            () => FigureText.Draw(new LineFigure("", "", "", "", []), columns, rows)).Message, StringComparison.Ordinal);
}
