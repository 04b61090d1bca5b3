using System.Globalization;
using Attractor.Learning;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The tables and pictures of a report.</summary>
internal static class EstimatorFigures
{
    private const int Drawn = 20_000;

    private static readonly string[] s_colors = ["--true", "--generated", "--third", "--fourth", "--fifth", "--sixth", "--seventh"];
    private static readonly string[] s_parameters = ["the mean of q", "the logarithm of its deviation"];

    /// <summary>One objective on its way.</summary>
    public static IReadOnlyList<Element> Of(IReadOnlyList<EstimatorTable> tables)
    {
        List<Element> elements = [];
        foreach (EstimatorTable table in tables)
        {
            elements.Add(new Paragraph(Sentence(table)));
            elements.Add(Table(table));
        }
        if (tables.Count > 1)
            elements.AddRange(s_parameters.Select((_, j) => Along(tables, j)));
        elements.AddRange(s_parameters.Select((_, j) => Spread(tables[0], j)));
        return elements;
    }

    /// <summary>What is estimated.</summary>
    public static string Sentence(EstimatorTable table)
    {
        string what = table.Request.Objective == Objective.Expectation ? "E_q[f]" : "evidence lower bound";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"q = N({table.Q.Mean[0]:G6}, {table.Q.StandardDeviation[0]:G6}^2): {what} {table.Objective:G8}, its derivative by the mean "
            + $"{Small(table.Gradient[0]):G8}, by the logarithm of the deviation {Small(table.Gradient[1]):G8}, by quadrature.");
    }

    private static double Small(double value) => Math.Abs(value) < 1e-12 ? 0 : value;

    /// <summary>The cells of an estimator: its name, n, and by each parameter the mean, its error and the variance.</summary>
    public static string[] Cells(MeasuredEstimator row) =>
    [
        row.Name,
        row.Samples.ToString(CultureInfo.InvariantCulture),
        .. s_parameters.SelectMany((_, j) => (string[])
        [
            Number(row.Mean[j], "G5", 1e-14), Number(row.MeanError[j], "G2", 1e-14), Number(row.Variance[j], "G4", 1e-26)
        ]),
    ];

    private static TableElement Table(EstimatorTable table) => new(
        ["estimator", "n#", "by the mean#", "error bar#", "variance#", "by log deviation#", "error bar#", "variance#"],
        [.. table.Rows.Select(Cells)]);

    private static LineFigure Along(IReadOnlyList<EstimatorTable> tables, int parameter)
    {
        double[] way = [.. tables.Select(t => t.Way)];
        return new(
            $"Variance on the way, by {s_parameters[parameter]}",
            "For each sample. An estimator whose curve ends before 1 has no variance left at the posterior.",
            "way of q to the posterior",
            "variance",
            [.. tables[0].Rows.Select((row, i) => new Curve(
                row.Name,
                s_colors[i],
                way,
                [.. tables.Select(t => t.Rows[i].Variance[parameter] is var v && v > 1e-20 ? v : double.NaN)])
            {
                Style = CurveStyle.LinesAndDots,
            })])
        {
            LogY = true,
            Height = 400,
        };
    }

    private static HistogramFigure Spread(EstimatorTable table, int parameter)
    {
        GradientEstimator[] shown = table.Request.Objective == Objective.Expectation
            ? [GradientEstimator.ScoreFunction, GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.PathDerivative]
            : [GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.TotalDerivative, GradientEstimator.StickingTheLanding];
        Histogram[] histograms =
        [
            .. shown.Select((e, i) => new Histogram(e.Name, s_colors[i], table.Request.Draw(e, table.Q, Drawn)[parameter]))
        ];
        double[] widest = [.. histograms.SelectMany(h => h.Sample).Order()];
        return new(
            $"Estimates by {s_parameters[parameter]}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Drawn:N0} estimates from {table.Request.Samples} samples each, for q as in the first table. All have the same mean."),
            "derivative",
            histograms)
        {
            // The tails of the noisiest would squeeze the others.
            Range = (widest[widest.Length / 200], widest[^((widest.Length / 200) + 1)]),
            Bins = 80,
        };
    }

    // What rounding leaves of a 0 is no news.
    private static string Number(double value, string format, double least)
        => (Math.Abs(value) < least ? 0 : value).ToString(format, CultureInfo.InvariantCulture);
}
