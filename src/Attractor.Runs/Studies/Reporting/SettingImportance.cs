namespace Attractor.Runs;

/// <summary>How much of the differences between trials goes with one setting alone.</summary>
/// <remarks>
/// The first-order share of variance (I. M. Sobol, Mathematical Modelling and Computational Experiments 1, 1993) of the ranks of the
/// objective: trials are grouped by the values of the setting, or by five parts of its range with as many trials in each, and the share is
/// that of the variance between the groups, less what groups of that size have by chance (epsilon squared; T. L. Kelley, PNAS 21, 1935).
/// It is simpler than a functional analysis of variance on a forest and sees no interactions: what matters only together with another
/// setting gets nothing. Trials that learn from earlier ones crowd where it is good, which makes all shares smaller.
/// </remarks>
internal static class SettingImportance
{
    private const int Parts = 5, Fewest = 10;

    /// <summary>The share of each dimension, from 0 to 1; null where too few trials say anything.</summary>
    public static IReadOnlyList<double?> Of(StudySpace space, IReadOnlyList<SampledTrial> completed)
    {
        double[] ranks = Ranks([.. completed.Select(t => t.Values[0])]);
        return [.. Enumerable.Range(0, space.Dimensions.Count).Select(d => Share(space.Dimensions[d], d, completed, ranks))];
    }

    private static double? Share(StudyDimension dimension, int d, IReadOnlyList<SampledTrial> completed, double[] ranks)
    {
        int[] there = [.. Enumerable.Range(0, completed.Count).Where(i => !double.IsNaN(completed[i].Point[d]))];
        if (there.Length < Fewest)
            return null;
        int[] order = [.. there.OrderBy(i => completed[i].Point[d])];
        int[][] groups = dimension.IsRange
            ? [.. order.Select((i, place) => (i, Part: place * Parts / order.Length)).GroupBy(p => p.Part)
                .Select(g => g.Select(p => p.i).ToArray())]
            : [.. order.GroupBy(i => completed[i].Point[d]).Select(g => g.ToArray())];
        if (groups.Length < 2 || groups.Length >= there.Length)
            return null;
        double mean = there.Average(i => ranks[i]), total = there.Sum(i => Math.Pow(ranks[i] - mean, 2));
        double between = groups.Sum(g => g.Length * Math.Pow(g.Average(i => ranks[i]) - mean, 2));
        double within = (total - between) / (there.Length - groups.Length);
        return total > 0 ? Math.Clamp((between - ((groups.Length - 1) * within)) / total, 0, 1) : 0;
    }

    // Of equal values the mean of their places.
    private static double[] Ranks(double[] values)
    {
        double[] ranks = new double[values.Length];
        foreach (IGrouping<double, (double Value, int Index, int Place)> same in values
            .Select((value, index) => (value, index)).OrderBy(v => v.value).Select((v, place) => (v.value, v.index, place))
            .GroupBy(v => v.value))
            foreach ((_, int index, _) in same)
                ranks[index] = same.Average(v => (double)v.Place);
        return ranks;
    }
}
