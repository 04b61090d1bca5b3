using System.Text;
using Attractor.Data;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Attractor.Reports;

/// <summary>Draws a figure as the contents of a file.</summary>
internal static class FigureSheet
{
    private const double MillimetresPerInch = 25.4, PointsPerInch = 72, DotsPerInch = 300;

    // Letters of 12 pixels are to be 8 points high on paper, whatever the width: what journals ask for is 6 to 8.
    private const double PixelsPerMillimetre = 12.0 / 8 * PointsPerInch / MillimetresPerInch;

    // A page is about so wide. Where paper is narrower a figure is lower as well, but not so flat that nothing is seen.
    private const double PageWidth = 640, LeastPartOfHeight = 0.7;

    /// <summary>The contents of the file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="format">The format.</param>
    /// <param name="millimetres">The width on paper.</param>
    public static byte[] Draw(FigureSpec figure, FigureFormat format, double millimetres) => format switch
    {
        FigureFormat.Svg => Encoding.UTF8.GetBytes(ToSvg(figure, millimetres)),
        FigureFormat.Pdf => ToPdf(figure, millimetres),
        FigureFormat.Png => ToPng(figure, millimetres),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The document.</summary>
    public static string ToSvg(FigureSpec figure, double millimetres)
    {
        (double width, double height) = Size(figure, millimetres);
        SvgDrawing sheet = new();
        FigureDrawing.Draw(sheet, figure, width, height);
        return sheet.ToDocument(width, height, millimetres, figure.Title);
    }

    private static byte[] ToPdf(FigureSpec figure, double millimetres)
    {
        const double Scale = PointsPerInch / MillimetresPerInch / PixelsPerMillimetre;
        (double width, double height) = Size(figure, millimetres);
        using PdfDocument document = new();
        document.Info.Title = figure.Title;
        document.Info.Creator = "Attractor";
        PdfPage page = document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(Scale * width), XUnit.FromPoint(Scale * height));
        using (PdfDrawing sheet = new(page, Scale))
            FigureDrawing.Draw(sheet, figure, width, height);
        using MemoryStream file = new();
        document.Save(file, closeStream: false);
        return file.ToArray();
    }

    private static byte[] ToPng(FigureSpec figure, double millimetres)
    {
        const double Scale = DotsPerInch / MillimetresPerInch / PixelsPerMillimetre;
        (double width, double height) = Size(figure, millimetres);
        RasterDrawing sheet = new((int)Math.Round(Scale * width), (int)Math.Round(Scale * height), Scale);
        FigureDrawing.Draw(sheet, figure, width, height);
        return Png.Encode(sheet.ToRaster(), DotsPerInch);
    }

    private static (double Width, double Height) Size(FigureSpec figure, double millimetres)
    {
        double width = PixelsPerMillimetre * millimetres;
        return (width, figure.Height * Math.Max(LeastPartOfHeight, width / PageWidth));
    }
}
