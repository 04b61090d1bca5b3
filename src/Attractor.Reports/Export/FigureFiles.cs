using System.Text;
using Attractor.Data;

namespace Attractor.Reports;

/// <summary>The figures of a page as files of their own: SVG or PDF for a paper, PNG for slides, CSV for another program.</summary>
public static class FigureFiles
{
    private const int LongestName = 60;

    /// <summary>Writes every figure of a page as <c>NN-title.svg</c>, or in another format, and its data as <c>NN-title.csv</c>.</summary>
    /// <param name="page">The HTML file of a report.</param>
    /// <param name="folder">The folder, made if it is not there; files of the same names are replaced.</param>
    /// <param name="width">The width of a figure, in millimetres: 85 is a column of many journals, 170 both.</param>
    /// <param name="format">The format of the figures.</param>
    /// <returns>The files, in the order of the page.</returns>
    /// <exception cref="InvalidDataException">The page has no figures.</exception>
    public static IReadOnlyList<string> Write(string page, string folder, double width = 170, FigureFormat format = FigureFormat.Svg)
    {
        Check(width);
        IReadOnlyList<FigureSpec> figures = FigureSpec.OfPage(File.ReadAllText(page));
        if (figures.Count == 0)
            throw new InvalidDataException($"{page} has no figures");
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach ((int index, FigureSpec figure) in figures.Index())
        {
            string stem = Path.Combine(folder, FormattableString.Invariant($"{index + 1:00}-{Name(figure.Title)}"));
            foreach ((string extension, byte[] contents) in (IEnumerable<(string, byte[])>)
                [(Extension(format), FigureSheet.Draw(figure, format, width)), (".csv", Encoding.UTF8.GetBytes(figure.ToCsv()))])
            {
                AtomicFile.Write(stem + extension, stream => stream.Write(contents));
                written.Add(stem + extension);
            }
        }
        return written;
    }

    /// <summary>One figure as the contents of a file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="format">The format.</param>
    /// <param name="width">Its width in millimetres.</param>
    public static byte[] Draw(Figure figure, FigureFormat format, double width = 170)
    {
        Check(width);
        return FigureSheet.Draw(Spec(figure), format, width);
    }

    /// <summary>One figure as SVG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">Its width in millimetres.</param>
    public static string ToSvg(Figure figure, double width = 170)
    {
        Check(width);
        return FigureSheet.ToSvg(Spec(figure), width);
    }

    /// <summary>What the name of a file of the format ends with: <c>.svg</c>, <c>.pdf</c> or <c>.png</c>.</summary>
    public static string Extension(FigureFormat format) => format switch
    {
        FigureFormat.Svg => ".svg",
        FigureFormat.Pdf => ".pdf",
        FigureFormat.Png => ".png",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>What of a figure is drawn.</summary>
    internal static FigureSpec Spec(Figure figure)
    {
        StringBuilder html = new();
        figure.AppendTo(html);
        return FigureSpec.OfPage(html.ToString())[0];
    }

    private static void Check(double width)
    {
        if (width is not (>= 20 and <= 1000))
            throw new ArgumentException(FormattableString.Invariant($"The width must be 20 to 1000 mm, not {width}."), nameof(width));
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
