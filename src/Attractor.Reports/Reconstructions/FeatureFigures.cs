using System.Globalization;
using Attractor.Dynamics;
using Attractor.Models;

namespace Attractor.Reports;

/// <summary>The features of the subjects of a hierarchical model, and what becomes of the dynamics where they move.</summary>
public static class FeatureFigures
{
    private const double DotSize = 9;

    /// <summary>The number, from 0, of the feature that differs most between subjects.</summary>
    public static int MostVaried(HierarchicalShallowPlrnn model) => ByVariance(model)[0];

    /// <summary>
    /// Each subject as a point by the two features that differ most, coloured by its largest exponent; by the only feature and the exponent
    /// where there is one.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="exponents">The exponent of each subject; NaN for none.</param>
    /// <param name="unit">What exponents are per: "step", "unit of time".</param>
    public static LineFigure Plane(HierarchicalShallowPlrnn model, IReadOnlyList<double> exponents, string unit)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(exponents);
        int[] order = ByVariance(model);
        double[] finite = [.. exponents.Where(double.IsFinite).DefaultIfEmpty()];
        (double least, double most) = (finite.Min(), finite.Max());
        double range = most > least ? most - least : 1;
        IReadOnlyList<double> Feature(int i) => [.. Enumerable.Range(0, model.Subjects.Count).Select(s => model.FeaturesOf(s)[i])];
        return new(
            "Features of the subjects",
            string.Create(
                CultureInfo.InvariantCulture,
                $"A point for each subject. Its colour is the largest Lyapunov exponent of its network per {unit}, from {least:G3} (dark) ")
            + string.Create(CultureInfo.InvariantCulture, $"to {most:G3} (light); grey where its orbit leaves every bound."),
            FormattableString.Invariant($"feature {order[0] + 1}"),
            order.Length > 1 ? FormattableString.Invariant($"feature {order[1] + 1}") : $"largest exponent per {unit}",
            [
                new("subjects", "--true", Feature(order[0]), order.Length > 1 ? Feature(order[1]) : exponents)
                {
                    Style = CurveStyle.Dots,
                    Size = DotSize,
                    Colors = [.. exponents.Select(e => double.IsFinite(e) ? ColorScale.Of((e - least) / range) : "#888888")],
                },
            ]);
    }

    /// <summary>The largest exponent of subjects over a feature, beside what it becomes where that feature alone moves.</summary>
    /// <param name="model">The model.</param>
    /// <param name="feature">The feature, from 0.</param>
    /// <param name="exponents">The exponent of each subject, per <paramref name="unit"/>.</param>
    /// <param name="line">Where the feature moves, exponents per step.</param>
    /// <param name="dt">Time of a step; 1 where exponents are per step.</param>
    /// <param name="unit">What exponents are per.</param>
    public static LineFigure Line(
        HierarchicalShallowPlrnn model,
        int feature,
        IReadOnlyList<double> exponents,
        IReadOnlyList<FeaturePoint> line,
        double dt,
        string unit)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(line);
        double[] own = [.. Enumerable.Range(0, model.Subjects.Count).Select(s => model.FeaturesOf(s)[feature])];
        return new(
            FormattableString.Invariant($"Moving feature {feature + 1}"),
            "Dots are the subjects. The line is the network whose other features stay at their means: where it crosses 0, chaos begins or "
            + "ends; where it breaks off, orbits leave every bound.",
            FormattableString.Invariant($"feature {feature + 1}"),
            $"largest exponent per {unit}",
            [
                new("one feature moves", "--generated", [.. line.Select(p => p.Features[feature])], [.. line.Select(p => p.Exponent / dt)]),
                new("subjects", "--true", own, exponents)
                {
                    Style = CurveStyle.Dots,
                    Size = DotSize,
                },
            ]);
    }

    private static int[] ByVariance(HierarchicalShallowPlrnn model)
    {
        ArgumentNullException.ThrowIfNull(model);
        double[][] all = [.. Enumerable.Range(0, model.Subjects.Count).Select(model.FeaturesOf)];
        return [.. Enumerable.Range(0, model.Features).OrderByDescending(i =>
        {
            double mean = all.Average(p => p[i]);
            return all.Sum(p => (p[i] - mean) * (p[i] - mean));
        })];
    }
}
