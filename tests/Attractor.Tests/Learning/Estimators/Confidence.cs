using Attractor.Learning;

namespace Attractor.Tests.Learning.Estimators;

/// <summary>Whether measured moments agree with exact ones.</summary>
internal static class Confidence
{
    /// <summary>
    /// The largest distance of a mean from the gradient, in standard errors; that of a mean without variance is 0 or infinite.
    /// </summary>
    public static double Distance(EstimatorStatistics measured, IReadOnlyList<double> exact)
    {
        double largest = 0;
        for (int j = 0; j < exact.Count; j++)
        {
            double error = Math.Abs(measured.Mean[j] - exact[j]), standardError = measured.StandardError[j];
            // An estimator without variance is right up to rounding or not at all.
            largest = Math.Max(largest, error <= 1e-12 * Math.Max(1, Math.Abs(exact[j])) ? 0 : error / standardError);
        }
        return largest;
    }

    /// <summary>
    /// Whether a measured variance of n values agrees with an exact one: within 5 of its standard errors, for which the fourth moment is
    /// bounded by that of the values' kind.
    /// </summary>
    public static void AssertVariance(double exact, double measured, long count, double kurtosis = 15)
        => Assert.InRange(
            measured, exact - (5 * exact * Math.Sqrt(kurtosis / count)) - 1e-20, exact + (5 * exact * Math.Sqrt(kurtosis / count)) + 1e-20);
}
