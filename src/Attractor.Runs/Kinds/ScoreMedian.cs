namespace Attractor.Runs;

/// <summary>The median of scores.</summary>
internal static class ScoreMedian
{
    /// <summary>What is no number counts as the worst there is; where that is the median it is none either.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Select(v => double.IsNaN(v) ? double.PositiveInfinity : v).Order()];
        double middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return double.IsInfinity(middle) ? double.NaN : middle;
    }
}
