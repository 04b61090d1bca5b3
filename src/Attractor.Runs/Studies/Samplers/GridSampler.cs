using System.Runtime.CompilerServices;

namespace Attractor.Runs;

/// <summary>Every combination of the lists once, the last dimension first; combinations differ in dimensions that are there.</summary>
public sealed class GridSampler : StudySampler
{
    /// <summary>The most combinations.</summary>
    public const int MostPoints = 100_000;

    private static readonly ConditionalWeakTable<StudySpace, List<double[]>> s_points = [];

    /// <inheritdoc/>
    public override string Name => "grid";

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override long? CountOf(StudySpace space) => PointsOf(space).Count;

    /// <inheritdoc/>
    public override double[] Sample(StudySpace space, long seed, long number, IReadOnlyList<SampledTrial> ended)
    {
        List<double[]> points = PointsOf(space);
        return number >= 0 && number < points.Count
            ? [.. points[(int)number]]
            : throw new ArgumentOutOfRangeException(nameof(number), $"The grid has {points.Count} points, no point {number}.");
    }

    private static List<double[]> PointsOf(StudySpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return s_points.GetValue(space, List);
    }

    private static List<double[]> List(StudySpace space)
    {
        if (space.Dimensions.FirstOrDefault(d => d.IsRange) is { } range)
            throw new ArgumentException(
                $"a grid takes lists: give {range.Setting.Key} a number of values, such as "
                + $"{range.Setting.Key}={DimensionText.Of(range)}:5, or take another sampler");
        List<double[]> points = [];
        Add(space, new double[space.Dimensions.Count], 0, points);
        return points;
    }

    private static void Add(StudySpace space, double[] point, int d, List<double[]> points)
    {
        if (d == point.Length)
        {
            if (points.Count == MostPoints)
                throw new ArgumentException($"these lists have more than {MostPoints} combinations: shorten them, or take ranges");
            points.Add([.. point]);
            return;
        }
        if (!space.IsThere(point, d))
        {
            point[d] = double.NaN;
            Add(space, point, d + 1, points);
            return;
        }
        for (int i = 0; i < space.Dimensions[d].Count; i++)
        {
            point[d] = space.Dimensions[d].At(i);
            Add(space, point, d + 1, points);
        }
    }
}
