using System.Text.Json;

namespace Attractor.Reports.Tests;

/// <summary>Contours and axes that plotly.js does not have.</summary>
public sealed class ContourTests
{
    private static readonly double[] s_axis = [.. Enumerable.Range(0, 101).Select(i => -2 + (0.04 * i))];

    [Fact]
    public void Paths_go_around_a_region_and_the_other_way_round_its_holes()
    {
        // A ring between radii 0.5 and 1.5.
        double[] ring = [.. s_axis.SelectMany(y => s_axis.Select(x => 0.5 - Math.Abs(Math.Sqrt((x * x) + (y * y)) - 1)))];
        List<List<(double X, double Y)>> paths = Paths(Isoline.Around(s_axis, s_axis, ring, 0));
        Assert.Equal(2, paths.Count);
        double[] areas = [.. paths.Select(Area).OrderBy(a => a)];
        Assert.Equal(-Math.PI * 0.25, areas[0], 0.01);
        Assert.Equal(Math.PI * 2.25, areas[1], 0.01);
        foreach ((double x, double y) in paths.SelectMany(p => p))
            Assert.Equal(0.5, Math.Abs(Math.Sqrt((x * x) + (y * y)) - 1), 0.01);
    }

    [Fact]
    public void A_region_that_reaches_the_edge_is_closed_along_it()
    {
        double[] slope = [.. s_axis.SelectMany(_ => s_axis)];
        List<(double X, double Y)> path = Assert.Single(Paths(Isoline.Around(s_axis, s_axis, slope, 0.5)));
        Assert.Equal(1.5 * 4, Area(path), 1e-9);
        // Hardly more than its corners is left, and the end joins the start.
        Assert.InRange(path.Count, 5, 8);
        Assert.Equal(path[0], path[^1]);
        Assert.All(path, p => Assert.True(Math.Abs(p.X - 0.5) < 1e-9 || Math.Abs(p.X - 2) < 1e-9 || Math.Abs(p.Y) == 2));

        Assert.Equal(16, Area(Assert.Single(Paths(Isoline.Around(s_axis, s_axis, slope, -3)))), 1e-9);
        Assert.Empty(Isoline.Around(s_axis, s_axis, slope, 3));
    }

    [Fact]
    public void Of_two_opposite_corners_the_mean_says_whether_they_are_joined()
    {
        double[] saddle = [1, 0, 0, 1];
        Assert.Single(Paths(Isoline.Around([0, 1], [0, 1], saddle, 0.4)));
        List<List<(double X, double Y)>> apart = Paths(Isoline.Around([0, 1], [0, 1], saddle, 0.6));
        Assert.Equal(2, apart.Count);
        Assert.All(apart, p => Assert.Equal(0.08, Area(p), 1e-12));
    }

    [Fact]
    public void Bands_lie_over_each_other_with_a_scale_in_powers_of_ten_and_the_curves_on_top()
    {
        double[] axis = [0, 1, 2];
        ContourFigure figure = new(
            "c", "", "x", "y", "loss", axis, axis, [0, 1, 10, 100, 1000, 1e4, 1e30, double.NaN, double.PositiveInfinity])
        {
            Decades = (0, 3),
            LevelsPerDecade = 1,
            Curves = [new("point", "--third", [1], [1]) { Style = CurveStyle.Dots, Outline = "#ffffff" }],
        };
        Assert.Equal([0, 1, 2, 3], figure.Levels);
        JsonElement spec = Spec(figure);
        JsonElement[] traces = [.. spec.GetProperty("data").EnumerateArray()];
        // The ground, four levels, the scale, the curve.
        Assert.Equal(7, traces.Length);
        string[] colors = [.. traces[..5].Select(t => t.GetProperty("fillcolor").GetString()!)];
        Assert.Equal("#440154", colors[0]);
        Assert.Equal("#fde725", colors[4]);
        Assert.Equal(5, colors.Distinct().Count());
        JsonElement bar = traces[5].GetProperty("marker");
        Assert.Equal(
            ["1", "10", "10<sup>2</sup>", "10<sup>3</sup>"],
            bar.GetProperty("colorbar").GetProperty("ticktext").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal((-1, 4), (bar.GetProperty("cmin").GetDouble(), bar.GetProperty("cmax").GetDouble()));
        // Each band of the scale has the colour of the band in the plane: 0 to 0.2 of it the ground.
        Assert.Equal(colors.SelectMany(c => new[] { c, c }), bar.GetProperty("colorscale").EnumerateArray().Select(s => s[1].GetString()));
        Assert.Equal("point", traces[6].GetProperty("name").GetString());
        Assert.Equal("#ffffff", traces[6].GetProperty("marker").GetProperty("line").GetProperty("color").GetString());
        Assert.Equal(
            [0, 2], spec.GetProperty("layout").GetProperty("xaxis").GetProperty("range").EnumerateArray().Select(e => e.GetDouble()));
    }

    [Fact]
    public void A_symmetric_logarithm_is_linear_around_zero_and_logarithmic_beyond()
    {
        SymmetricLog axis = new(0.1);
        Assert.Equal([0, 0.5, 1, 2, 5], new double[] { 0, 0.05, 0.1, 1, 1000 }.Select(axis.Place), Close);
        Assert.Equal([0, -0.5, -1, -2, -5], new double[] { 0, -0.05, -0.1, -1, -1000 }.Select(axis.Place), Close);
        (double[] places, string[] labels) = axis.Ticks(-3, 20);
        Assert.Equal([0, 1, -1, 2, -2, 3, -3, 4], places);
        Assert.Equal(
            ["0", "10<sup>\u22121</sup>", "\u221210<sup>\u22121</sup>", "1", "\u22121", "10", "\u221210", "10<sup>2</sup>"], labels);
        // Over many powers of ten a few of them, on the side that has them.
        (places, labels) = new SymmetricLog(1).Ticks(-0.5, 1e12);
        Assert.Equal(["0", "10<sup>4</sup>", "10<sup>8</sup>", "10<sup>12</sup>"], labels);
        Assert.Equal([0, 5, 9, 13], places);
    }

    [Fact]
    public void A_curve_over_a_symmetric_logarithmic_ordinate_keeps_its_values_in_the_text()
    {
        LineFigure figure = new("l", "", "k", "g", [new("g", "--true", [0, 1, 2], [-1e4, 0.5, double.NaN])]) { SymmetricLogY = 1 };
        JsonElement trace = Spec(figure).GetProperty("data")[0];
        Assert.Equal(-5, trace.GetProperty("y")[0].GetDouble());
        Assert.Equal(0.5, trace.GetProperty("y")[1].GetDouble());
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("y")[2].ValueKind);
        Assert.Equal("-1E+04", trace.GetProperty("text")[0].GetString());
        Assert.Contains(
            "0",
            Spec(figure).GetProperty("layout").GetProperty("yaxis").GetProperty("ticktext").EnumerateArray().Select(t => t.GetString()));
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static List<List<(double X, double Y)>> Paths(IEnumerable<(double X, double Y)> points)
    {
        List<List<(double X, double Y)>> paths = [];
        List<(double X, double Y)> path = [];
        foreach ((double x, double y) in points)
        {
            if (!double.IsNaN(x))
            {
                path.Add((x, y));
                continue;
            }
            paths.Add(path);
            path = [];
        }
        return paths;
    }

    // Positive against the clock.
    private static double Area(List<(double X, double Y)> path)
    {
        double sum = 0;
        for (int i = 0; i + 1 < path.Count; i++)
            sum += (path[i].X * path[i + 1].Y) - (path[i + 1].X * path[i].Y);
        return sum / 2;
    }

    private static JsonElement Spec(Figure figure)
    {
        string html = new Report("t", "s", [new("h", [figure])]).ToHtml();
        const string start = "<script type=\"application/json\">";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }
}
