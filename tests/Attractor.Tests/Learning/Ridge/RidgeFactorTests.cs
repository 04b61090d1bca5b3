using Attractor.Learning;

namespace Attractor.Tests.Learning.Ridge;

/// <summary>The factor of the samples against the factor of their products, where both can.</summary>
public sealed class RidgeFactorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-3)]
    [InlineData(10)]
    public void It_gives_the_weights_that_the_products_give(double ridge)
    {
        RegressionProblem problem = RegressionProblem.Random(7, 2, 300, 3, offset: 1);
        RidgeFit expected = RidgeRegression.Solve(problem.Statistics(), ridge), actual = Factor(problem).Solve(ridge);
        RegressionProblem.AssertClose(expected.Weights, actual.Weights, 1e-10);
        Assert.Equal(expected.SquaredError, actual.SquaredError, 1e-9 * expected.SquaredError);
        Assert.InRange(actual.ReciprocalCondition / expected.ReciprocalCondition, 0.3, 3);
    }

    [Fact]
    public void A_column_that_a_small_row_hardly_turns_keeps_all_digits()
    {
        // The norm of (0.5, 1e-5) is 0.5 to ten digits: the difference of the two would have six left.
        RidgeFactor factor = new(2, 1);
        factor.Add([0.5, 1], [1]);
        // Whoever takes a factor in reduces it to its triangle.
        new RidgeFactor(2, 1).Add(factor);
        factor.Add([1e-5, 3], [2]);
        RidgeFit fit = factor.Solve(0);
        // 0.5 a + b = 1 and 1e-5 a + 3 b = 2.
        double determinant = (0.5 * 3) - 1e-5;
        Assert.Equal((3 - 2) / determinant, fit.Weights[0], 1e-13);
        Assert.Equal((1 - 1e-5) / determinant, fit.Weights[1], 1e-13);
    }

    [Fact]
    public void Merged_parts_give_the_whole()
    {
        RegressionProblem problem = RegressionProblem.Random(5, 2, 200, 4);
        RidgeFactor merged = Factor(problem.Rows(0, 90));
        merged.Add(Factor(problem.Rows(90, 110)));
        Assert.Equal(200, merged.Samples);
        RegressionProblem.AssertClose(Factor(problem).Solve(0.1).Weights, merged.Solve(0.1).Weights, 1e-12);
    }

    [Fact]
    public void Cross_validation_scores_as_the_products_score()
    {
        RegressionProblem problem = RegressionProblem.Random(6, 2, 120, 5);
        double[] ridges = [1e-4, 1, 100];
        IReadOnlyList<RidgePoint> expected = new RidgePath(problem.Statistics()).GeneralizedCrossValidation(ridges),
            actual = Factor(problem).GeneralizedCrossValidation(ridges);
        RegressionProblem.AssertClose([.. expected.Select(p => p.Score)], [.. actual.Select(p => p.Score)], 1e-9);
        RegressionProblem.AssertClose(
            [.. expected.Select(p => p.DegreesOfFreedom)], [.. actual.Select(p => p.DegreesOfFreedom)], 1e-9);
        RegressionProblem others = RegressionProblem.Random(6, 2, 50, 6);
        RegressionProblem.AssertClose(
            [.. new RidgePath(problem.Statistics()).Validation(others.Statistics(), ridges).Select(p => p.Score)],
            [.. Factor(problem).Validation(Factor(others), ridges).Select(p => p.Score)], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1048576.0)]
    [InlineData(1 / 1048576.0)]
    public void The_condition_does_not_depend_on_the_units(double unit)
    {
        RidgeFactor factor = new(2, 1);
        foreach (double[] row in (double[][])[[3, 0], [0, 1], [3, 0], [0, 1]])
            factor.Add([row[0] * unit, row[1] * unit], [1]);
        // Of the products diag(18, 2).
        Assert.Equal(1.0 / 9, factor.Solve(0).ReciprocalCondition, 1e-12);
    }

    [Fact]
    public void Dependent_features_are_refused_without_a_penalty()
    {
        RidgeFactor factor = new(2, 1);
        for (int i = 1; i <= 5; i++)
            factor.Add([i, 2 * i], [i]);
        Assert.Contains("rank is 1 of 2", Assert.Throws<ArgumentException>(() => factor.Solve(0)).Message, StringComparison.Ordinal);
        // Of all weights with 1 w1 + 2 w2 = 1 the shortest.
        RegressionProblem.AssertClose([0.2, 0.4], factor.Solve(1e-9).Weights, 1e-6);
    }

    private static RidgeFactor Factor(RegressionProblem problem)
    {
        RidgeFactor factor = new(problem.Features.ColumnCount, problem.Targets.ColumnCount);
        for (int i = 0; i < problem.Samples; i++)
            factor.Add(problem.Features.Row(i).AsArray(), problem.Targets.Row(i).AsArray());
        return factor;
    }
}
