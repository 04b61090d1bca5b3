using System.Text;
using Attractor.Data;

namespace Attractor.Reports;

/// <summary>The figures of a page as files of their own: SVG for a paper, CSV for another program.</summary>
public static class FigureFiles
{
    private const int LongestName = 60;

    /// <summary>Writes every figure of a page as <c>NN-title.svg</c> and its data as <c>NN-title.csv</c>.</summary>
    /// <param name="page">The HTML file of a report.</param>
    /// <param name="folder">The folder, made if it is not there; files of the same names are replaced.</param>
    /// <param name="width">The width of a figure, in millimetres: 85 is a column of many journals, 170 both.</param>
    /// <returns>The files, in the order of the page.</returns>
    /// <exception cref="InvalidDataException">The page has no figures.</exception>
    public static IReadOnlyList<string> Write(string page, string folder, double width = 170)
    {
        if (!(width is >= 20 and <= 1000))
            throw new ArgumentException(FormattableString.Invariant($"The width must be 20 to 1000 mm, not {width}."), nameof(width));
        IReadOnlyList<FigureSpec> figures = FigureSpec.OfPage(File.ReadAllText(page));
        if (figures.Count == 0)
            throw new InvalidDataException($"{page} has no figures");
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach ((int index, FigureSpec figure) in figures.Index())
        {
            string stem = Path.Combine(folder, FormattableString.Invariant($"{index + 1:00}-{Name(figure.Title)}"));
            foreach ((string extension, string text) in (IEnumerable<(string, string)>)
                [(".svg", SvgFigure.Draw(figure, width)), (".csv", figure.ToCsv())])
            {
                AtomicFile.Write(stem + extension, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
                written.Add(stem + extension);
            }
        }
        return written;
    }

    /// <summary>One figure as SVG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">Its width in millimetres.</param>
    public static string ToSvg(Figure figure, double width = 170)
    {
        StringBuilder html = new();
        figure.AppendTo(html);
        return SvgFigure.Draw(FigureSpec.OfPage(html.ToString())[0], width);
    }

    private static string Name(string title)
    {
        StringBuilder name = new();
        foreach (char c in title.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        return name.ToString(0, Math.Min(name.Length, LongestName)).Trim('-') is { Length: > 0 } found ? found : "figure";
    }
}
