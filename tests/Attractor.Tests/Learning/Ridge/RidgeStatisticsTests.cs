using Attractor.Learning;

namespace Attractor.Tests.Learning.Ridge;

[Trait("Registers", "Any")]
public sealed class RidgeStatisticsTests
{
    private const double Ridge = 0.3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_weight_is_a_number_of_repetitions(bool intercept)
    {
        RegressionProblem problem = RegressionProblem.Random(7, 2, 50, seed: 1, offset: 2),
            held = RegressionProblem.Random(7, 2, 30, seed: 2, offset: 2);
        using RidgeStatistics weighted = problem.Statistics(intercept, i => i % 4), repeated = Repeated(problem, intercept);
        using RidgeStatistics heldWeighted = held.Statistics(intercept, i => i % 4), heldRepeated = Repeated(held, intercept);

        RidgeFit fit = RidgeRegression.Solve(weighted, Ridge), expected = RidgeRegression.Solve(repeated, Ridge);

        RegressionProblem.AssertClose(expected.Weights, fit.Weights, 1e-11);
        Assert.Equal(expected.Constants[0], fit.Constants[0], 1e-10);
        Assert.Equal(1, fit.SquaredError / expected.SquaredError, 1e-10);
        Assert.Equal(37, weighted.Samples);
        Assert.Equal(repeated.Samples, weighted.Weight, 1e-12);
        AssertSame(new RidgePath(repeated).GeneralizedCrossValidation(), new RidgePath(weighted).GeneralizedCrossValidation());
        AssertSame(new RidgePath(repeated).Validation(heldRepeated), new RidgePath(weighted).Validation(heldWeighted));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_target_leaves_the_row_out(bool intercept)
    {
        RegressionProblem problem = RegressionProblem.Random(4, 2, 40, seed: 2);
        using RidgeStatistics masked = new(4, 2, intercept), kept = new(4, 2, intercept);
        for (int i = 0; i < problem.Samples; i++)
        {
            double[] x = problem.Features.Row(i).AsArray(), y = problem.Targets.Row(i).AsArray();
            masked.Add(x, i % 3 == 0 ? [y[0], double.NaN] : y);
            if (i % 3 != 0)
                kept.Add(x, y);
        }
        Assert.Equal(kept.Samples, masked.Samples);
        Assert.Equal(RidgeRegression.Solve(kept, Ridge).Weights, RidgeRegression.Solve(masked, Ridge).Weights);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1000)]
    public void Merged_series_are_one_series(bool intercept, double offset)
    {
        RegressionProblem problem = RegressionProblem.Random(12, 2, 1500, seed: 3, offset);
        using RidgeStatistics whole = problem.Statistics(intercept), forwards = new(12, 2, intercept), backwards = new(12, 2, intercept);
        RidgeStatistics[] parts = [.. Enumerable.Range(0, 15).Select(s => problem.Rows(100 * s, 100).Statistics(intercept))];
        foreach (RidgeStatistics part in parts)
            forwards.Add(part);
        foreach (RidgeStatistics part in parts.Reverse())
            backwards.Add(part);

        RidgeFit expected = RidgeRegression.Solve(whole, Ridge),
            fit = RidgeRegression.Solve(forwards, Ridge), reversed = RidgeRegression.Solve(backwards, Ridge);

        Assert.Equal(1500, forwards.Samples);
        RegressionProblem.AssertClose(expected.Weights, fit.Weights, 1e-10);
        RegressionProblem.AssertClose(expected.Weights, reversed.Weights, 1e-10);
        Assert.Equal(1, fit.SquaredError / expected.SquaredError, 1e-8);
        for (int k = 0; k < 2; k++)
            Assert.Equal(expected.Constants[k], reversed.Constants[k], 1e-10 * (1 + offset));
        RidgeStatistics.Moments one = forwards.ToMoments(), other = backwards.ToMoments();
        RegressionProblem.AssertClose(one.Gram, other.Gram, 1e-10);
        RegressionProblem.AssertClose(one.Cross, other.Cross, 1e-10);
        RegressionProblem.AssertClose(one.Mean, other.Mean, 1e-12);
        foreach (RidgeStatistics part in parts)
            part.Dispose();
    }

    [Fact]
    public void Samples_can_be_added_after_a_fit()
    {
        RegressionProblem problem = RegressionProblem.Random(5, 1, 61, seed: 4);
        using RidgeStatistics whole = problem.Statistics(intercept: true), growing = problem.Rows(0, 29).Statistics(intercept: true);
        RidgeRegression.Solve(growing, Ridge);
        for (int i = 29; i < 61; i++)
            growing.Add(problem.Features.Row(i).AsArray(), problem.Targets.Row(i).AsArray());
        RegressionProblem.AssertClose(RidgeRegression.Solve(whole, Ridge).Weights, RidgeRegression.Solve(growing, Ridge).Weights, 1e-11);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using RidgeStatistics statistics = new(2, 1), intercept = new(2, 1, intercept: true);
        Assert.Contains(
            "Expected 2 features and 1 targets, found 3 and 1",
            Assert.Throws<ArgumentException>(() => statistics.Add([1, 2, 3], [1])).Message);
        Assert.Throws<ArgumentException>(() => statistics.Add([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => statistics.Add([1, double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => statistics.Add([1, 2], [double.PositiveInfinity]));
        Assert.Contains("weight", Assert.Throws<ArgumentException>(() => statistics.Add([1, 2], [1], -1)).Message);
        Assert.Contains("same features", Assert.Throws<ArgumentException>(() => statistics.Add(intercept)).Message);
        Assert.Equal(0, statistics.Samples);
    }

    private static RidgeStatistics Repeated(RegressionProblem problem, bool intercept)
    {
        RidgeStatistics statistics = new(problem.Features.ColumnCount, problem.Targets.ColumnCount, intercept);
        for (int i = 0; i < problem.Samples; i++)
            for (int n = 0; n < i % 4; n++)
                statistics.Add(problem.Features.Row(i).AsArray(), problem.Targets.Row(i).AsArray());
        return statistics;
    }

    private static void AssertSame(IReadOnlyList<RidgePoint> expected, IReadOnlyList<RidgePoint> actual)
    {
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(1, actual[i].Score / expected[i].Score, 1e-9);
            Assert.Equal(expected[i].DegreesOfFreedom, actual[i].DegreesOfFreedom, 1e-9);
        }
    }
}
