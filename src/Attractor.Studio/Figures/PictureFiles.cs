using System.Globalization;
using System.Text;
using Attractor.Data;
using Attractor.Reports;

namespace Attractor.Studio.Figures;

/// <summary>A picture of pixels as files.</summary>
internal static class PictureFiles
{
    /// <summary>As PNG in the address of a link.</summary>
    public static string Png(Picture picture) => "data:image/png;base64," + Convert.ToBase64String(Data.Png.Encode(picture.Raster));

    /// <summary>As SVG: the pixels in a frame that can be made larger without being smoothed.</summary>
    public static string Svg(Picture picture)
    {
        (double width, double height) = (picture.Scale * picture.Raster.Width, picture.Scale * picture.Raster.Height);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:F0}\" height=\"{height:F0}\" viewBox=\"0 0 {width:F0} {height:F0}\">"
            + $"<image width=\"{width:F0}\" height=\"{height:F0}\" style=\"image-rendering:pixelated\" href=\"{Png(picture)}\"/></svg>\n");
    }

    /// <summary>Its levels, 0 to 255, a line for each row of pixels; of several channels one after the other in a row.</summary>
    public static string Csv(Picture picture)
    {
        Raster raster = picture.Raster;
        StringBuilder csv = new();
        int line = raster.Width * raster.Channels;
        for (int y = 0; y < raster.Height; y++)
            csv.AppendJoin(',', raster.Samples.Slice(y * line, line).ToArray()).Append('\n');
        return csv.ToString();
    }
}
