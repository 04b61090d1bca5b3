using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Reports;

/// <summary>A picture made of pixels, within the page itself.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Raster">The pixels.</param>
public sealed record Picture(string Title, string Caption, Raster Raster) : Element
{
    /// <summary>Pixels of the page for a pixel of the picture, where there is room.</summary>
    public double Scale { get; init; } = 2;

    internal override void AppendTo(StringBuilder html)
        => html.Append("<figure><h3>").Append(Escape(Title)).Append("</h3><img class=\"picture\" alt=\"").Append(Escape(Title))
            .Append("\" style=\"width:")
            .Append((Scale * Raster.Width).ToString("F0", CultureInfo.InvariantCulture)).Append("px\" src=\"data:image/png;base64,").Append(
                Convert.ToBase64String(Png.Encode(Raster)))
            .Append("\"><figcaption>").Append(Escape(Caption)).Append("</figcaption></figure>\n");
}
