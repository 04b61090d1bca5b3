using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Attractor.Reports.Tests;

/// <summary>Figures as files: what is drawn lies where the axes say.</summary>
public sealed class FigureFilesTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_lies_where_its_axes_say()
    {
        XElement svg = Draw(new LineFigure("Decay", "", "time / s", "x < 9", [new Curve("x", "--true", [0, 1, 2], [0, 5, 10])]));
        (double X, double Y)[] line = Points(svg.Descendants(s_svg + "path").Single());
        (double X, double Y) tick0 = Tick(svg, "0"), tick2 = Tick(svg, "2");

        Assert.Equal(3, line.Length);
        Assert.Equal(tick0.X, line[0].X, 0.11);
        Assert.Equal(tick2.X, line[2].X, 0.11);
        Assert.Equal((line[0].Y + line[2].Y) / 2, line[1].Y, 0.11);
        Assert.True(line[0].Y > line[2].Y);
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value == "x < 9");
        Assert.Equal("170mm", svg.Attribute("width")!.Value);
    }

    /// <summary>No XML may hold control characters or half a pair; what is one, and what would be markup, is text.</summary>
    [Fact]
    public void Names_of_any_characters_are_text()
    {
        const string Name = "<b>&\x01\x1b\ud83d\ude00\ud83d";
        LineFigure figure = new(Name, "", Name, Name, [new Curve(Name, "--true", [0, 1, 2], [0, 5, 10])]);
        XElement svg = Draw(figure);
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value == "<b>&\ufffd\ufffd\ud83d\ude00\ufffd");
        string page = new Report(Name, Name, [new(Name, [figure])]).ToHtml();
        Assert.DoesNotContain('\x01', page);
        Assert.DoesNotContain('\x1b', page);
    }

    [Fact]
    public void Logarithms_are_evenly_spaced_and_gaps_are_gaps()
    {
        Curve powers = new("x", "--true", [1, 2, 3, 4, 5], [1, 100, double.NaN, 1e4, 1e6]);
        XElement svg = Draw(new LineFigure("Powers", "", "n", "x", [powers]) { LogY = true });
        XElement path = svg.Descendants(s_svg + "path").Single();
        (double X, double Y)[] line = Points(path);

        Assert.Equal(2, path.Attribute("d")!.Value.Count(c => c == 'M'));
        Assert.Equal(line[0].Y - line[1].Y, line[2].Y - line[3].Y, 0.21);
    }

    [Fact]
    public void An_orbit_keeps_its_shape_in_parallel_projection()
    {
        // The corners of a cube: opposite edges stay parallel and of one length.
        double[][] corners = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1], [1, 0, 1]];
        XElement svg = Draw(new OrbitFigure("Cube", "", "--true", ["x", "y", "z"], corners));
        (double X, double Y)[] p = Points(svg.Descendants(s_svg + "path").Single());

        Assert.Equal(p[1].X - p[0].X, p[2].X - p[3].X, 0.21);
        Assert.Equal(p[1].Y - p[0].Y, p[2].Y - p[3].Y, 0.21);
        Assert.Equal(p[1].X - p[0].X, p[6].X - p[5].X, 0.21);
        // What is higher is drawn higher.
        Assert.True(p[5].Y < p[4].Y);
        Assert.Equal(p[4].X, p[5].X, 0.11);
    }

    [Fact]
    public void All_figures_of_a_page_become_files_with_their_data()
    {
        string page = Path.Combine(_folder, "page.html"), folder = Path.Combine(_folder, "figures");
        new Report("Page", "", [new("One", [
            new LineFigure("A < B, and more", "", "x", "y", [new Curve("a, \"b\"", "--true", [1, 2], [3, double.NaN])]),
            new BarFigure("Bars", "", "kind", "n", ["one", "two"], [new("n", "--true", [1, 2])]),
            new HistogramFigure("Histogram", "", "x", [new("sample", "--true", [1, 2, 2, 3.0])]),
            new ContourFigure("Bands", "", "x", "y", "norm", [0, 1], [0, 1], [1, 10, 100, 1000]),
        ])]).Save(page);

        IReadOnlyList<string> written = FigureFiles.Write(page, folder, width: 85);

        Assert.Equal(
            ((string[])["01-a-b-and-more", "02-bars", "03-histogram", "04-bands"]).SelectMany(n => new[] { n + ".svg", n + ".csv" }),
            written.Select(f => Path.GetFileName(f)!));
        Assert.Equal("curve,x,y\n\"a, \"\"b\"\"\",1,3\n\"a, \"\"b\"\"\",2,\n", File.ReadAllText(written[1]));
        foreach (string file in written.Where(f => f.EndsWith(".svg", StringComparison.Ordinal)))
        {
            XElement svg = XElement.Parse(File.ReadAllText(file));
            Assert.Equal("85mm", svg.Attribute("width")!.Value);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("\"--", svg.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Letters_are_of_eight_points_however_narrow_the_column()
    {
        LineFigure figure = new("Decay", "", "time", "x", [new Curve("x", "--true", [0, 1000, 2000], [0, 5, 10])]);
        foreach (double width in (double[])[60, 85, 170])
        {
            XElement svg = XElement.Parse(FigureFiles.ToSvg(figure, width));
            double pixels = Number(svg.Attribute("viewBox")!.Value.Split(' ')[2]);
            double size = Number(svg.Descendants(s_svg + "text").First(), "font-size");

            Assert.Equal(8, size * width / pixels / 25.4 * 72, 0.01);
        }
    }

    [Fact]
    public void A_logarithmic_axis_within_a_decade_has_ticks_in_their_places()
    {
        XElement svg = Draw(new LineFigure("Loss", "", "update", "loss", [new Curve("x", "--true", [0, 1], [2.7, 3.6])]) { LogY = true });
        double At(string text) => Number(svg.Descendants(s_svg + "text").Single(t => t.Value == text), "y");

        Assert.Equal(Math.Log(3.2 / 3) / Math.Log(3.4 / 3), (At("3.2") - At("3")) / (At("3.4") - At("3")), 0.01);
    }

    [Fact]
    public void What_a_vertical_line_says_stands_above_the_curves()
    {
        XElement svg = Draw(new LineFigure("Forecast", "", "time", "x", [new Curve("x", "--true", [0, 1, 2], [0, 5, 10])])
        {
            Mark = (1, "valid for 1"),
        });
        XElement label = svg.Descendants(s_svg + "text").Single(t => t.Value == "valid for 1");

        Assert.True(Number(label, "y") < Points(svg.Descendants(s_svg + "path").Single()).Min(p => p.Y));
    }

    [Fact]
    public void Ends_of_parallel_axes_stand_above_and_below_them()
    {
        XElement svg = Draw(new ParallelCoordinatesFigure(
            "Runs", "", [new("lr", "0.001", "0.1"), new("score", "1", "2")], [("a", "--true", [0, 1])]));
        (double X, double Y) low = Tick(svg, "0.001"), high = Tick(svg, "0.1");

        Assert.Equal(low.X, high.X, 0.1);
        Assert.True(low.Y > high.Y + 50);
        Assert.DoesNotContain(svg.Descendants(s_svg + "text"), t => t.Value == "0.5");
    }

    [Fact]
    public void Labels_of_a_narrow_axis_do_not_touch()
    {
        LineFigure figure = new("Decay", "", "time", "x", [new Curve("x", "--true", [0, 450_000, 900_000], [0, 5, 10])]);
        XElement svg = XElement.Parse(FigureFiles.ToSvg(figure, 60));
        IEnumerable<XElement> labels = svg.Descendants(s_svg + "text").Where(t => t.Value.EndsWith("00000", StringComparison.Ordinal));
        double[] places = [.. labels.Select(t => Number(t, "x"))];

        Assert.True(places.Length >= 2);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First > 6 * 6.3));
    }

    [Fact]
    public void Long_labels_of_a_vertical_axis_leave_room_for_its_title_and_for_each_other()
    {
        Curve error = new("x", "--true", [0, 1, 2], [0.00101, 0.00113, 0.00121]);
        LineFigure figure = new("Error", "", "units", "one-step test MSE", [error]) { Height = 120 };
        XElement svg = XElement.Parse(FigureFiles.ToSvg(figure, 110));
        XElement[] labels = [.. svg.Descendants(s_svg + "text").Where(t => t.Attribute("text-anchor")!.Value == "end")];
        double[] heights = [.. labels.Select(t => Number(t, "y"))];
        XElement title = svg.Descendants(s_svg + "text").Single(t => t.Value == "one-step test MSE");

        Assert.All(labels, t => Assert.True(Number(t, "x") - (6.3 * t.Value.Length) > Number(title, "x") + 4, t.ToString()));
        Assert.True(heights.Length >= 2);
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.True(Math.Abs(pair.First - pair.Second) >= 12.9));
    }

    [Fact]
    public void A_white_dot_has_its_outline_in_the_legend()
    {
        XElement svg = Draw(new LineFigure("Path", "", "x", "y", [
            new Curve("way", "--true", [0, 1], [0, 1]), new("end", "#ffffff", [1], [1]) { Style = CurveStyle.Dots, Outline = "#f0409c" },
        ]));

        Assert.Equal(2, svg.Descendants(s_svg + "circle").Count(c => c.Attribute("stroke")?.Value == "#f0409c"));
    }

    [Fact]
    public void A_pdf_has_its_font_and_its_title_inside_and_the_size_that_was_asked()
    {
        LineFigure figure = new("Decay", "", "time", "10<sup>3</sup> \u2212 x", [new Curve("x", "--true", [0, 1, 2], [0, 5, 10])]);
        byte[] file = FigureFiles.Draw(figure, FigureFormat.Pdf, 85);
        string text = Encoding.Latin1.GetString(file);

        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF", text.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("/FontFile2", text, StringComparison.Ordinal);
        Assert.Contains("Arimo", text, StringComparison.Ordinal);
        Assert.Contains("(Decay)", text, StringComparison.Ordinal);
        // 85 mm in points.
        string box = text[(text.IndexOf("/MediaBox", StringComparison.Ordinal) + "/MediaBox".Length)..];
        Assert.Equal(85 / 25.4 * 72, Number(box.Split(['[', ']'])[1].Split(' ')[2]), 0.01);
        // A few letters of the font, not all of it.
        Assert.InRange(file.Length, 5_000, 30_000);
    }

    [Fact]
    public void A_page_without_figures_is_refused()
    {
        string page = Path.Combine(_folder, "page.html");
        File.WriteAllText(page, "<html></html>");

        string message = Assert.Throws<InvalidDataException>(() => FigureFiles.Write(page, _folder)).Message;
        Assert.Contains("has no figures", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FigureFiles.Write(page, _folder, width: 5));
    }

    private static XElement Draw(Figure figure) => XElement.Parse(FigureFiles.ToSvg(figure));

    private static (double X, double Y) Tick(XElement svg, string text)
    {
        XElement tick = svg.Descendants(s_svg + "text").First(t => t.Value == text && t.Attribute("text-anchor")!.Value == "middle");
        return (Number(tick, "x"), Number(tick, "y"));
    }

    private static double Number(XElement element, string name) => Number(element.Attribute(name)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static (double X, double Y)[] Points(XElement path)
    {
        string[] places = path.Attribute("d")!.Value.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries);
        return [.. places.Select(p => p.Split(' ')).Select(p => (Number(p[0]), Number(p[1])))];
    }
}
