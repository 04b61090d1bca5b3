using System.Text.Json;
using Attractor.Evaluation;
using Attractor.Numerics;

namespace Attractor.Tests.Evaluation;

/// <summary>Two-sample tests against two_sample_golden.py, which asks SciPy, and against what they promise.</summary>
public sealed class TwoSampleTestsTests
{
    private static readonly JsonElement s_golden = Golden.Read("two_sample.golden.json");

    [Fact]
    public void Kolmogorov_Smirnov_agrees_with_SciPy()
    {
        foreach (JsonElement expected in s_golden.GetProperty("kolmogorovSmirnov").EnumerateArray())
        {
            double[] first = expected.GetProperty("first").Doubles(), second = expected.GetProperty("second").Doubles();
            TwoSampleTest test = KolmogorovSmirnov.TwoSample(first, second);
            Assert.Equal(expected.GetProperty("statistic").GetDouble(), test.Statistic, 1e-14);
            AssertClose(expected.GetProperty("p").GetDouble(), test.PValue);
            // The law of finite samples is not far from its limit.
            if (first.Length > 100)
                Assert.Equal(expected.GetProperty("pFinite").GetDouble(), test.PValue, 0.04);
            Assert.Equal(test, KolmogorovSmirnov.TwoSample(second, first));
        }
    }

    [Fact]
    public void The_distribution_of_Kolmogorov_agrees_with_SciPy()
    {
        foreach (JsonElement pair in s_golden.GetProperty("survival").EnumerateArray())
            AssertClose(pair[1].GetDouble(), KolmogorovSmirnov.Survival(pair[0].GetDouble()));
    }

    [Fact]
    public void Chi_squared_agrees_with_SciPy()
    {
        foreach (JsonElement expected in s_golden.GetProperty("chiSquared").EnumerateArray())
        {
            long[] first = [.. expected.GetProperty("first").Doubles().Select(c => (long)c)],
                second = [.. expected.GetProperty("second").Doubles().Select(c => (long)c)];
            TwoSampleTest test = ChiSquared.Homogeneity(first, second);
            AssertClose(expected.GetProperty("statistic").GetDouble(), test.Statistic);
            AssertClose(expected.GetProperty("p").GetDouble(), test.PValue);
            // A category that nobody has is none.
            Assert.Equal(test, ChiSquared.Homogeneity([.. first, 0], [.. second, 0]));
        }
    }

    [Fact]
    public void Under_one_distribution_p_values_are_uniform()
    {
        const int repeats = 2000;
        double[] ks = new double[repeats], chi = new double[repeats];
        for (int r = 0; r < repeats; r++)
        {
            RandomStream random = new(5, "p-values", (ulong)r);
            double[] a = [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())],
                b = [.. Enumerable.Range(0, 300).Select(_ => random.NextNormal())];
            ks[r] = KolmogorovSmirnov.TwoSample(a, b).PValue;
            chi[r] = ChiSquared.Homogeneity(Counts(a), Counts(b)).PValue;
        }
        // Five standard errors of a proportion around the level.
        foreach (double level in (double[])[0.01, 0.1, 0.5])
            foreach (double[] values in (double[][])[ks, chi])
                Assert.InRange(
                    values.Count(p => p <= level) / (double)repeats, level - Margin(level) - (0.04 * level), level + Margin(level));

        static double Margin(double level) => 5 * Math.Sqrt(level * (1 - level) / repeats);

        static long[] Counts(double[] sample) =>
        [
            sample.Count(x => x < -0.7),
            sample.Count(x => x is >= -0.7 and < 0.2),
            sample.Count(x => x is >= 0.2 and < 1),
            sample.Count(x => x >= 1)
        ];
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        static void Throws(string part, Action action)
            => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
        Throws("at least one number", () => KolmogorovSmirnov.TwoSample([], [1]));
        Throws("NaN", () => KolmogorovSmirnov.TwoSample([1], [2, double.NaN]));
        Throws("2 categories, found 3", () => ChiSquared.Homogeneity([1, 2], [1, 2, 3]));
        Throws("at least one count", () => ChiSquared.Homogeneity([1, 2], [0, 0]));
        Throws("second", () => ChiSquared.Homogeneity([1, 2], [3, -1]));
        Assert.Equal(0.5, KolmogorovSmirnov.TwoSample([double.NegativeInfinity, 0], [0, double.PositiveInfinity]).Statistic);
        Assert.Equal(new(0, 1), ChiSquared.Homogeneity([3], [8]));
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-11 * Math.Abs(expected));
}
