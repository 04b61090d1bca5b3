using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Reports;

/// <summary>
/// Posterior means in a plane, coloured by label: the two latent variables themselves, or of more the two principal components.
/// </summary>
internal static class LatentPlane
{
    private const int MostPoints = 3000;

    // Of equal axes where one direction has next to nothing a figure would be a line in an empty page.
    private const double MostRatio = 4;

    /// <summary>Null for fewer than two latent variables or three points.</summary>
    /// <param name="means">n x L.</param>
    /// <param name="latent">L.</param>
    /// <param name="labels">n labels, or none.</param>
    public static LineFigure? Of(float[] means, int latent, IReadOnlyList<int> labels)
    {
        int rows = Math.Min(MostPoints, means.Length / latent);
        if (latent < 2 || rows < 3)
            return null;
        (double[] x, double[] y, string[] axes) = Project(means, latent, rows);
        bool labelled = labels.Count >= rows;
        List<Curve> curves = [];
        if (labelled)
        {
            foreach (IGrouping<int, int> group in Enumerable.Range(0, rows).GroupBy(i => labels[i]).OrderBy(g => g.Key))
                curves.Add(Dots(
                    group.Key.ToString(CultureInfo.InvariantCulture),
                    Palette.Color(group.Key),
                    [.. group.Select(i => x[i])],
                    [.. group.Select(i => y[i])]) with
                {
                    NamedInside = true
                });
        }
        else
        {
            curves.Add(Dots("samples", "--true", x, y));
        }
        return new(
            "The latent plane",
            $"Posterior means of {rows:N0} samples{(labelled ? ", coloured by their labels, which the model has never seen" : "")}.",
            axes[0],
            axes[1],
            curves)
        {
            EqualAspect = Ratio(x, y) < MostRatio,
            Height = 520,
        };
    }

    private static double Ratio(double[] x, double[] y)
    {
        double width = x.Max() - x.Min(), height = y.Max() - y.Min();
        return Math.Max(width, height) / Math.Min(width, height);
    }

    private static Curve Dots(string name, string color, double[] x, double[] y)
        => new(name, color, x, y) { Style = CurveStyle.Dots, Size = 4 };

    private static (double[] X, double[] Y, string[] Axes) Project(float[] means, int latent, int rows)
    {
        if (latent == 2)
            return (
                [.. Enumerable.Range(0, rows).Select(i => (double)means[2 * i])],
                [.. Enumerable.Range(0, rows).Select(i => (double)means[(2 * i) + 1])],
                ["z1", "z2"]);
        Matrix<double> z = Matrix<double>.Build.Dense(rows, latent, (i, j) => means[(i * latent) + j]);
        PrincipalPlane plane = PrincipalPlane.Of(z);
        (double X, double Y)[] points = [.. Enumerable.Range(0, rows).Select(i => plane.Project(z.Row(i)))];
        return ([.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], [plane.Axes.X, plane.Axes.Y]);
    }
}
