using System.IO.Compression;
using System.Text;
using Attractor.Data;
using Attractor.Reports;

namespace Attractor;

/// <summary>A report as one HTML file that opens without a network, in light and dark, on paper and on a phone.</summary>
/// <remarks>The same report gives the same bytes: nothing of the time or the machine goes into it unless it is in the sections.</remarks>
public sealed partial record Report(string Title, string Subtitle, IReadOnlyList<Section> Sections)
{
    /// <summary>The whole page.</summary>
    public string ToHtml()
    {
        StringBuilder html = new();
        html.Append(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
            + "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<link rel=\"icon\" href=\"data:,\">\n<title>")
            .Append(Markup.Escape(Title)).Append("</title>\n<style>\n").Append(Resource("report.css"))
            .Append("</style>\n</head>\n<body>\n<header><div><h1>").Append(Markup.Escape(Title)).Append("</h1><p>").Append(
                Markup.Escape(Subtitle))
            .Append(
                "</p></div><button id=\"theme\" type=\"button\" aria-label=\"Switch between light and dark\" title=\"Light or "
                + "dark\">&#9680;</button></header>\n<main>\n")
            .Append("<noscript><p class=\"note\">The figures need JavaScript; scores, settings and commands do not.</p></noscript>\n");
        foreach (Section section in Sections)
        {
            html.Append("<section>\n<h2>").Append(Markup.Escape(section.Heading)).Append("</h2>\n");
            foreach (Element element in section.Elements)
                element.AppendTo(html);
            html.Append("</section>\n");
        }
        html.Append(
            "</main>"
            + "\n<footer>Made by Attractor. Figures by plotly.js (MIT licence, copyright Plotly, Inc.), embedded in this file.</footer>\n")
            .Append("<script type=\"application/octet-stream\" id=\"plotly\">")
            .Append(Convert.ToBase64String(CompressedPlotly.Value)).Append("</script>\n<script>\n")
            .Append(Resource("figures.js")).Append(Resource("report.js")).Append("</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>Writes the page; a file of the same name is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml())));

    private static readonly Lazy<byte[]> CompressedPlotly = new(() =>
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        using (Stream plotly = Open("plotly.js"))
            plotly.CopyTo(gzip);
        return compressed.ToArray();
    });

    private static string Resource(string name)
    {
        using StreamReader reader = new(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name)
        => typeof(Report).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
}
