namespace Attractor.Experiments;

/// <summary>The median over seeds.</summary>
internal static class Median
{
    /// <summary>Of those that are finite; NaN if none is.</summary>
    public static double Of(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite).Order()];
        return finite.Length == 0 ? double.NaN : (finite[(finite.Length - 1) / 2] + finite[finite.Length / 2]) / 2;
    }
}
