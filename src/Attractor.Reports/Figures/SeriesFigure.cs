namespace Attractor.Reports;

/// <summary>A quick look at a series.</summary>
public static class SeriesFigure
{
    // More points than a picture has room for are left out evenly.
    private const int MostPoints = 20_000;

    private static readonly string[] s_colors = ["--true", "--generated", "--third", "--fourth", "--fifth", "--sixth", "--seventh"];

    /// <summary>The figure of a series: of three variables or more the first three in space, of two a plane, of one over time.</summary>
    /// <param name="series">The series; of more than 40,000 rows some are left out, evenly.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="timeStep">Time from one row to the next; null where rows are numbered.</param>
    /// <param name="overTime">Whether every variable, of up to seven, is drawn over time however many there are.</param>
    public static Figure Of(TimeSeries series, string title, double? timeStep = null, bool overTime = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(title);
        int stride = Math.Max(1, series.Length / MostPoints);
        int[] rows = [.. Enumerable.Range(0, (series.Length + stride - 1) / stride).Select(i => i * stride)];
        if (overTime || series.Dimension == 1)
        {
            double[] times = [.. rows.Select(t => t * (timeStep ?? 1))];
            return new LineFigure(title, "", timeStep is null ? "row" : "time", series.Dimension == 1 ? series.Names[0] : "value", [
                .. Enumerable.Range(0, Math.Min(series.Dimension, s_colors.Length)).Select(n
                    => new Curve(series.Names[n], s_colors[n], times, [.. rows.Select(t => series.Row(t)[n])])),
            ]);
        }
        return series.Dimension == 2
            ? new LineFigure(title, "", series.Names[0], series.Names[1], [
                new("", s_colors[0], [.. rows.Select(t => series.Row(t)[0])], [.. rows.Select(t => series.Row(t)[1])]),
            ])
            : new OrbitFigure(title, "", s_colors[0], [.. series.Names.Take(3)], [.. rows.Select(t => series.Row(t)[..3].ToArray())]);
    }
}
