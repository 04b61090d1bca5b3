using Attractor.Reports;

namespace Attractor.Cli.Output;

/// <summary>A figure as large as the terminal, in colours where it has them and nobody asks for none (no-color.org).</summary>
internal static class TerminalFigure
{
    // What is written into a file or a pipe has no size.
    private const int UsualColumns = 100, UsualRows = 30, MostColumns = 160, MostRows = 50;

    public static string Draw(Figure figure)
    {
        if (Console.IsOutputRedirected)
            return FigureText.Draw(figure, UsualColumns, UsualRows);
        // A line as long as the terminal is wide would be broken by some; the prompt needs one as well.
        int columns = Math.Clamp(Console.WindowWidth - 1, 30, MostColumns), rows = Math.Clamp(Console.WindowHeight - 2, 10, MostRows);
        return FigureText.Draw(figure, columns, rows, colored: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    }
}
