using System.Globalization;
using Attractor.Reports;
using Attractor.Studio.Curves;

namespace Attractor.Studio.Figures;

/// <summary>The curves of one run or several over the updates.</summary>
internal static class CurveFigures
{
    private static readonly string[] s_colors = ["--true", "--generated", "--third", "--fourth", "--fifth", "--sixth", "--seventh"];

    /// <summary>A figure for each key.</summary>
    /// <param name="runs">The names of the runs, and their curves.</param>
    public static IEnumerable<LineFigure> Of(IReadOnlyList<(string Name, IReadOnlyList<(string Key, ExtremesCurve Curve)> Curves)> runs)
    {
        foreach (string key in runs.SelectMany(r => r.Curves.Select(c => c.Key)).Distinct())
        {
            List<Curve> drawn = [];
            List<string> notes = [];
            for (int i = 0; i < runs.Count; i++)
            {
                if (runs[i].Curves.FirstOrDefault(c => c.Key == key).Curve is not { Count: > 0 } curve)
                    continue;
                (double[] x, double[] y) = curve.Points();
                drawn.Add(new(runs.Count == 1 ? Words(key) : runs[i].Name, Color(i), x, y)
                {
                    Style = curve.Count == 1 ? CurveStyle.Dots : CurveStyle.Lines,
                    Size = curve.Count == 1 ? 6 : 1.4,
                });
                if (curve.PointsOfStretch > 1)
                    notes.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{curve.Count:N0} points: of every {curve.PointsOfStretch:N0} the least and the largest."));
                if (curve.NotFinite > 0)
                    notes.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{curve.NotFinite:N0} values that are not finite are left out."));
            }
            if (drawn.Count == 0)
                continue;
            bool isLog = drawn.SelectMany(c => c.Y).All(v => v > 0) && key is not "alpha" and not "beta";
            yield return new(Title(key), string.Join(' ', notes.Distinct()), "update", Words(key), drawn) { LogY = isLog, Height = 280 };
        }
    }

    /// <summary>The colour of a run among several.</summary>
    public static string Color(int i) => s_colors[i % s_colors.Length];

    /// <summary>A key as a word of a sentence.</summary>
    public static string Words(string key) => key switch
    {
        "elbo" => "ELBO",
        "d_stsp" => "D_stsp",
        "d_hellinger" => "D_H",
        "lyapunov_max" => "largest Lyapunov exponent",
        "lyapunov_max_per_step" => "largest Lyapunov exponent, per step",
        _ => key.Replace('_', ' '),
    };

    private static string Title(string key) => Words(key) is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : key;
}
