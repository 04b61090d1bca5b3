using Attractor.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Ridge;

[Trait("Registers", "Any")]
public sealed class RidgeRegressionTests
{
    [Fact]
    public void Orthogonal_features_shrink_the_weights_by_a_known_factor()
    {
        double[,] weights = { { 1, 0, -1, 0.5 }, { 0, 2, 0, -0.5 } };
        Matrix<double> x = 2 * Matrix<double>.Build.DenseIdentity(4), w = Matrix<double>.Build.DenseOfArray(weights);
        using RidgeStatistics statistics = new RegressionProblem(x, x * w.Transpose()).Statistics();

        RidgeFit fit = RidgeRegression.Solve(statistics, 0.25);

        RegressionProblem.AssertClose(RegressionProblem.RowMajor((w * 4 / 4.25).Transpose()), fit.Weights, 1e-10);
        // Each of the targets 2 w is missed by 2 w (1 - 4 / 4.25).
        double missed = 2 * (1 - (4 / 4.25)), squares = w.Enumerate().Sum(v => v * v);
        Assert.Equal(missed * missed * squares, fit.SquaredError, 1e-12);
        Assert.Equal(fit.SquaredError + (0.25 * squares * Math.Pow(4 / 4.25, 2)), fit.Loss, 1e-12);
        Assert.Equal([0.0, 0.0], fit.Constants);
    }

    [Theory]
    [InlineData(1, 1, 10, 1e-3)]
    [InlineData(3, 2, 20, 1e-6)]
    [InlineData(8, 1, 100, 1)]
    [InlineData(17, 3, 60, 1e-2)]
    [InlineData(30, 2, 20, 0.1)]
    [InlineData(64, 5, 500, 10)]
    public void Four_ways_to_the_same_weights(int features, int targets, int samples, double ridge)
    {
        RegressionProblem problem = RegressionProblem.Random(features, targets, samples, seed: 1);
        (Matrix<double> x, Matrix<double> y) = problem.Augmented(ridge);
        double[] byQr = RegressionProblem.RowMajor(x.QR().Solve(y)), bySvd = RegressionProblem.RowMajor(x.Svd().Solve(y));
        using RidgeStatistics statistics = problem.Statistics();

        RidgeFit byCholesky = RidgeRegression.Solve(statistics, ridge), byEigenvalues = new RidgePath(statistics).Solve(ridge);

        RegressionProblem.AssertClose(byQr, byCholesky.Weights, 1e-10);
        RegressionProblem.AssertClose(byQr, byEigenvalues.Weights, 1e-10);
        RegressionProblem.AssertClose(bySvd, byCholesky.Weights, 1e-10);
        Matrix<double> residuals = problem.Targets - (problem.Features * x.QR().Solve(y));
        Assert.Equal(1, byCholesky.SquaredError / Math.Pow(residuals.FrobeniusNorm(), 2), 1e-9);
        Assert.Equal(1, byEigenvalues.SquaredError / Math.Pow(residuals.FrobeniusNorm(), 2), 1e-9);
    }

    [Fact]
    public void More_samples_than_features_need_no_ridge()
    {
        RegressionProblem problem = RegressionProblem.Random(12, 2, 80, seed: 2);
        using RidgeStatistics statistics = problem.Statistics();
        double[] expected = RegressionProblem.RowMajor(problem.Features.QR().Solve(problem.Targets));
        RegressionProblem.AssertClose(expected, RidgeRegression.Solve(statistics, 0).Weights, 1e-9);
        RegressionProblem.AssertClose(expected, new RidgePath(statistics).Solve(0).Weights, 1e-9);
    }

    [Fact]
    public void An_intercept_is_the_fit_on_centred_data()
    {
        RegressionProblem problem = RegressionProblem.Random(9, 2, 70, seed: 3, offset: 5), centred = problem.Centred();
        using RidgeStatistics statistics = problem.Statistics(intercept: true), plain = centred.Statistics();

        RidgeFit fit = RidgeRegression.Solve(statistics, 0.7), expected = RidgeRegression.Solve(plain, 0.7);

        RegressionProblem.AssertClose(expected.Weights, fit.Weights, 1e-11);
        Assert.Equal(1, fit.SquaredError / expected.SquaredError, 1e-10);
        for (int k = 0; k < 2; k++)
        {
            double mean = problem.Targets.Column(k).Average();
            for (int i = 0; i < 9; i++)
                mean -= expected.Weights[(k * 9) + i] * problem.Features.Column(i).Average();
            Assert.Equal(mean, fit.Constants[k], 1e-10);
        }
    }

    [Fact]
    public void An_intercept_takes_up_a_large_offset_of_a_feature()
    {
        const double Offset = 1e6;
        RegressionProblem problem = RegressionProblem.Random(5, 2, 200, seed: 4);
        RegressionProblem moved = problem with { Features = problem.Features.MapIndexed((_, j, value) => j == 2 ? value + Offset : value) };
        using RidgeStatistics statistics = problem.Statistics(intercept: true), offset = moved.Statistics(intercept: true);

        RidgeFit expected = RidgeRegression.Solve(statistics, 0.1), fit = RidgeRegression.Solve(offset, 0.1);

        RegressionProblem.AssertClose(expected.Weights, fit.Weights, 1e-9);
        for (int k = 0; k < 2; k++)
            Assert.Equal(expected.Constants[k], fit.Constants[k] + (fit.Weights[(k * 5) + 2] * Offset), 1e-6);
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_ridge_out_of_range_is_refused(double ridge)
    {
        using RidgeStatistics statistics = RegressionProblem.Random(2, 1, 10, seed: 5).Statistics();
        Assert.Contains("ridge lambda must be", Assert.Throws<ArgumentException>(() => RidgeRegression.Solve(statistics, ridge)).Message);
        Assert.Throws<ArgumentException>(() => new RidgePath(statistics).Solve(ridge));
    }

    [Fact]
    public void Without_samples_there_is_no_fit()
    {
        using RidgeStatistics statistics = new(2, 1);
        Assert.Contains("no samples", Assert.Throws<ArgumentException>(() => RidgeRegression.Solve(statistics, 1)).Message);
        Assert.Throws<ArgumentException>(() => new RidgePath(statistics));
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(0)]
    public void Dependent_features_without_a_ridge_are_refused_by_their_rank(double independence)
    {
        RegressionProblem problem = RegressionProblem.Random(5, 1, 40, seed: 6);
        Matrix<double> x = problem.Features.Clone();
        x.SetColumn(3, x.Column(0) - (2 * x.Column(1)) + (independence * x.Column(3)));
        x.SetColumn(4, 3 * x.Column(2));
        using RidgeStatistics statistics = (problem with { Features = x }).Statistics();
        string message = Assert.Throws<ArgumentException>(() => RidgeRegression.Solve(statistics, 0)).Message;
        Assert.Contains("their rank is 3 of 5", message);
        Assert.Contains("take a ridge above 0", message);
    }

    [Fact]
    public void Features_that_are_all_zero_have_rank_0()
    {
        using RidgeStatistics statistics = new(2, 1);
        statistics.Add([0, 0], [1]);
        Assert.Contains("their rank is 0 of 2", Assert.Throws<ArgumentException>(() => RidgeRegression.Solve(statistics, 0)).Message);
        Assert.Equal([0.0, 0.0], RidgeRegression.Solve(statistics, 1e-3).Weights);
    }

    [Fact]
    public void A_ridge_below_the_rounding_of_the_products_still_gives_the_shortest_weights()
    {
        RegressionProblem problem = RegressionProblem.Random(6, 2, 30, seed: 7);
        Matrix<double> x = problem.Features.Clone();
        x.SetColumn(5, x.Column(0));
        using RidgeStatistics statistics = (problem with { Features = x }).Statistics();

        double[] weights = RidgeRegression.Solve(statistics, 1e-6).Weights;

        double[] expected = RegressionProblem.RowMajor(x.PseudoInverse() * problem.Targets);
        RegressionProblem.AssertClose(expected, weights, 1e-6);
    }
}
