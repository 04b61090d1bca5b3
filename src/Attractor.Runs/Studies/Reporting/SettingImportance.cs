namespace Attractor.Runs;

/// <summary>How much of the differences between trials goes with one setting alone.</summary>
/// <remarks>
/// By a functional analysis of variance (<see cref="FunctionalAnova"/>) of the ranks of the objective: of a few diverging trials the values
/// would be all of the variance. Ranges are measured evenly, in the logarithm where they are drawn so, lists by their values. A setting
/// that is not there in a trial is in the middle of its range. What the shares leave to 1 is decided by settings together.
/// </remarks>
internal static class SettingImportance
{
    private const int Fewest = 10;

    /// <summary>The share of each dimension, from 0 to 1; null of one that does not vary, and of all where few trials completed.</summary>
    public static IReadOnlyList<double?> Of(StudySpace space, IReadOnlyList<SampledTrial> completed)
    {
        int[] varying = [.. Enumerable.Range(0, space.Dimensions.Count).Where(d => space.Dimensions[d].Varies)];
        double?[] shares = new double?[space.Dimensions.Count];
        if (completed.Count < Fewest || varying.Length == 0)
            return shares;
        double[] singles = new FunctionalAnova(
            [.. completed.Select(t => (double[])[.. varying.Select(d => Place(space.Dimensions[d], t.Point[d]))])],
            Ranks([.. completed.Select(t => t.Values[0])])).Singles();
        for (int i = 0; i < varying.Length; i++)
            shares[varying[i]] = singles[i];
        return shares;
    }

    // The n-th of N values of a list is the n-th of N equal parts.
    private static double Place(StudyDimension dimension, double coordinate)
    {
        if (double.IsNaN(coordinate))
            return 0.5;
        if (!dimension.IsRange)
            return (dimension.IndexOf(coordinate) + 0.5) / dimension.Count;
        return dimension.IsLogarithmic
            ? Math.Log(coordinate / dimension.Low) / Math.Log(dimension.High / dimension.Low)
            : (coordinate - dimension.Low) / (dimension.High - dimension.Low);
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
