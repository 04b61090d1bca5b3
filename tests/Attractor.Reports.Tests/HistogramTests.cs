using System.Text.Json;

namespace Attractor.Reports.Tests;

/// <summary>Histograms and grouped bars.</summary>
public sealed class HistogramTests
{
    [Fact]
    public void A_histogram_has_the_area_of_the_part_it_shows()
    {
        double[] edges = [0, 1, 2, 3, 4];
        Assert.Equal([0.25, 0.25, 0, 0.5], HistogramFigure.Heights([0.5, 1, 3, 4], edges));
        // What lies outside, and what is not finite, counts and has no bin.
        Assert.Equal([0.125, 0.125, 0, 0.25], HistogramFigure.Heights([0.5, 1, 3, 4, -1, 9, double.NaN, double.PositiveInfinity], edges));
        double[] wide = HistogramFigure.Heights(
            [.. Enumerable.Range(0, 1000).Select(i => 7 + (0.003 * i))], [.. Enumerable.Range(0, 31).Select(i => 7 + (0.1 * i))]);
        Assert.Equal(1, wide.Sum() * 0.1, 1e-12);
    }

    [Fact]
    public void Bins_are_common_to_all_samples_and_reach_from_the_least_to_the_largest_number()
    {
        HistogramFigure figure = Figure([1, 2], [0, double.NaN, 5]);
        Assert.Equal([0, 1.25, 2.5, 3.75, 5], (figure with { Bins = 4 }).Edges());
        Assert.Equal([-1, 1], (figure with { Bins = 1, Range = (-1, 1) }).Edges());
        // One number repeated, or none, has a bin all the same.
        Assert.Equal([6.5, 7.5], (Figure([7, 7]) with { Bins = 1 }).Edges());
        Assert.Equal(2, (Figure([]) with { Bins = 1 }).Edges().Length);
    }

    [Fact]
    public void A_histogram_is_drawn_as_steps_from_zero_to_zero()
    {
        JsonElement trace = Trace(Figure([0, 0.5, 1.5, 2]) with { Bins = 2 });
        Assert.Equal("hv", trace.GetProperty("line").GetProperty("shape").GetString());
        Assert.Equal([0, 0, 1, 2], Numbers(trace, "x"));
        Assert.Equal([0, 0.5, 0.5, 0], Numbers(trace, "y"));
        // On a logarithmic axis there is no zero to draw.
        JsonElement logarithmic = Trace(Figure([0, 0.5, 3]) with { Bins = 3, LogY = true });
        Assert.Equal(JsonValueKind.Null, logarithmic.GetProperty("y")[1].ValueKind);
    }

    [Fact]
    public void Bars_of_a_group_stand_beside_each_other_around_their_category()
    {
        BarFigure figure = new(
            "b", "", "class", "share", ["<a>", "b"], [new("one", "--true", [0.25, 0.75]), new("two", "--third", [0.5, double.NaN])]);
        string html = new Report("t", "s", [new("h", [figure])]).ToHtml();
        Assert.DoesNotContain("<a>", html, StringComparison.Ordinal);
        JsonElement first = Trace(figure), second = Trace(figure, 1);
        Assert.Equal(12, first.GetProperty("x").GetArrayLength());
        // The one that is not finite has no bar.
        Assert.Equal(6, second.GetProperty("x").GetArrayLength());
        double end = first.GetProperty("x")[2].GetDouble(), start = second.GetProperty("x")[0].GetDouble();
        Assert.True(end < start && -0.5 < first.GetProperty("x")[0].GetDouble() && second.GetProperty("x")[2].GetDouble() < 0.5);
        Assert.Equal(-end, start, 1e-4);
        Assert.Equal(0.5, second.GetProperty("y")[1].GetDouble());
    }

    internal static HistogramFigure Figure(params double[][] samples)
        => new("Histograms", "", "x", [.. samples.Select((s, i) => new Histogram($"sample {i}", i == 0 ? "--true" : "--generated", s))]);

    private static double[] Numbers(JsonElement trace, string name)
        => [.. trace.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static JsonElement Trace(Figure figure, int index = 0)
    {
        string html = new Report("t", "s", [new("h", [figure])]).ToHtml();
        const string start = "<script type=\"application/json\">";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement.GetProperty(
            "data")[index];
    }
}
