using System.Globalization;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>How a readout came to its ridge parameter.</summary>
internal static class RidgePathFigures
{
    /// <summary>The path of a run; nothing of one whose ridge parameter was given.</summary>
    /// <param name="run">Its folder.</param>
    public static IReadOnlyList<Element> Of(string run)
    {
        RidgePoint[] path = [.. RunFolder.ReadRidgePath(run).Where(p => p.Ridge > 0 && double.IsFinite(p.Score)).OrderBy(p => p.Ridge)];
        if (path.Length < 2)
            return [];
        RidgePoint best = path.MinBy(p => p.Score);
        double[] ridge = [.. path.Select(p => p.Ridge)];
        (double, string) mark = (best.Ridge, string.Create(CultureInfo.InvariantCulture, $"taken: {best.Ridge:G3}"));
        return
        [
            new LineFigure(
                "Readout path",
                "What the readout would score at each ridge parameter, by cross-validation or on rows that were kept back; the least is "
                + "taken.",
                "ridge parameter", "score", [Line("score", "--generated", ridge, [.. path.Select(p => p.Score)])])
            {
                LogX = true,
                LogY = path.All(p => p.Score > 0),
                Mark = mark,
            },
            new LineFigure(
                "Degrees of freedom",
                "The trace of the hat matrix: how many weights the data determine at each ridge parameter.",
                "ridge parameter", "degrees of freedom", [Line("weights", "--true", ridge, [.. path.Select(p => p.DegreesOfFreedom)])])
            {
                LogX = true,
                Mark = mark,
            },
        ];
    }

    private static Curve Line(string name, string color, double[] x, double[] y)
        => new(name, color, x, y) { Style = CurveStyle.LinesAndDots };
}
