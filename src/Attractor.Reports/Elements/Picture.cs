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

    /// <summary>Labels to the left of the picture, each with how far down it stands, 0 to 1.</summary>
    public IReadOnlyList<(double Place, string Label)> Side { get; init; } = [];

    /// <summary>Labels under the picture, each with how far to the right it stands, 0 to 1.</summary>
    public IReadOnlyList<(double Place, string Label)> Foot { get; init; } = [];

    internal override void AppendTo(StringBuilder html)
    {
        bool framed = Side.Count + Foot.Count > 0;
        html.Append("<figure><h3>").Append(Escape(Title)).Append("</h3>");
        if (framed)
        {
            html.Append("<div class=\"framed\" style=\"max-width:calc(").Append(Width).Append(" + 3.4rem)\">");
            AppendLabels(html, "side", "top", Side);
        }
        html.Append("<img class=\"picture\" alt=\"").Append(Escape(Title)).Append("\" style=\"width:").Append(Width)
            .Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(Png.Encode(Raster))).Append("\">");
        if (framed)
        {
            AppendLabels(html, "foot", "left", Foot);
            html.Append("</div>");
        }
        html.Append("<figcaption>").Append(Escape(Caption)).Append("</figcaption></figure>\n");
    }

    private string Width => (Scale * Raster.Width).ToString("F0", CultureInfo.InvariantCulture) + "px";

    private static void AppendLabels(StringBuilder html, string name, string edge, IReadOnlyList<(double Place, string Label)> labels)
    {
        html.Append("<div class=\"").Append(name).Append("\">");
        foreach ((double place, string label) in labels)
            html.Append("<span style=\"").Append(edge).Append(':').Append((100 * place).ToString("F2", CultureInfo.InvariantCulture))
                .Append("%\">").Append(Escape(label)).Append("</span>");
        html.Append("</div>");
    }
}
