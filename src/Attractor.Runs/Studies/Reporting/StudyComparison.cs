using System.Globalization;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Two sets of runs by one number: which is better, and whether that may be chance.</summary>
/// <remarks>
/// The test is that of Mann and Whitney (Annals of Mathematical Statistics 18, 1947) in its normal approximation with ties: the share of
/// pairs in which the first is better, and how probable a share so far from a half is where both are alike.
/// </remarks>
internal sealed record StudyComparison(string Metric, bool Maximize, double[] First, double[] Second)
{
    /// <summary>The share of pairs of which the first is better, ties counting as half.</summary>
    public double ShareBetter
        => First.Sum(a => Second.Sum(b => a == b ? 0.5 : (a < b) != Maximize ? 1.0 : 0)) / (First.Length * Second.Length);

    /// <summary>The two-sided probability of such a share by chance; NaN where one set is empty.</summary>
    public double Probability
    {
        get
        {
            double n = First.Length, m = Second.Length, all = n + m;
            if (n == 0 || m == 0)
                return double.NaN;
            double ties = First.Concat(Second).GroupBy(v => v).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
            double variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
            double distance = Math.Max(0, Math.Abs((ShareBetter - 0.5) * n * m) - 0.5);
            return variance > 0 ? MathNet.Numerics.SpecialFunctions.Erfc(distance / Math.Sqrt(2 * variance)) : 1;
        }
    }

    /// <summary>What one set is like.</summary>
    public JsonObject ToJson(double[] values) => new()
    {
        ["completed"] = values.Length,
        ["best"] = values.Length > 0 ? Json.Number(Maximize ? values.Max() : values.Min()) : null,
        ["median"] = values.Length > 0 ? Json.Number(Median(values)) : null,
        ["mean"] = values.Length > 0 ? Json.Number(values.Average()) : null,
        ["worst"] = values.Length > 0 ? Json.Number(Maximize ? values.Min() : values.Max()) : null,
    };

    /// <summary>What one set is like, in words.</summary>
    public string ToText(double[] values) => values.Length == 0 ? "nothing completed" : string.Create(
        CultureInfo.InvariantCulture,
        $"{values.Length} completed, best {(Maximize ? values.Max() : values.Min()):G4}, median {Median(values):G4}, "
        + $"worst {(Maximize ? values.Min() : values.Max()):G4}");

    private static double Median(double[] values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
