using Attractor.Learning;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Ridge;

[Trait("Registers", "Any")]
public sealed class RecursiveLeastSquaresTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 1e-6)]
    public void A_hundred_ones_and_a_constant_share_the_target(int samples, double delta)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 101)];
        RecursiveLeastSquares squares = new(101, 1, delta);
        for (int t = 0; t < samples; t++)
            squares.Update(ones, [1]);
        foreach (double weight in squares.Weights)
            Assert.Equal(samples / (delta + (101.0 * samples)), weight, 1e-9);
    }

    [Fact]
    public void A_prediction_is_the_product_of_the_weights_and_the_features()
    {
        RegressionProblem problem = RegressionProblem.Random(5, 3, 40, seed: 2, offset: 1);
        RecursiveLeastSquares squares = new(5, 3, 0.1);
        for (int t = 0; t < problem.Samples; t++)
            squares.Update(problem.Features.Row(t).AsArray(), problem.Targets.Row(t).AsArray());
        double[] x = [0.5, -2, 1, 3, 0.25], outputs = new double[3];
        squares.Predict(x, outputs);
        for (int k = 0; k < 3; k++)
        {
            double expected = 0;
            for (int f = 0; f < 5; f++)
                expected += squares.Weights[(5 * k) + f] * x[f];
            Assert.Equal(expected, outputs[k], 1e-13);
        }
    }

    [Fact]
    public void The_exact_share_is_one_in_a_hundred_and_one()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 101)];
        RecursiveLeastSquares squares = new(101, 1, delta: 1e-6);
        for (int t = 0; t < 100; t++)
            squares.Update(ones, [1]);
        foreach (double weight in squares.Weights)
            Assert.Equal(1.0 / 101, weight, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]
    public void Without_forgetting_it_is_ridge_regression_on_all_samples_so_far(double delta)
    {
        RegressionProblem problem = RegressionProblem.Random(13, 3, 400, seed: 1, offset: 1);
        RecursiveLeastSquares squares = new(13, 3, delta);
        for (int t = 0; t < problem.Samples; t++)
        {
            squares.Update(problem.Features.Row(t).AsArray(), problem.Targets.Row(t).AsArray(), 0.5 + (t % 3));
            if (t is not (4 or 12 or 13 or 100 or 399))
                continue;
            using RidgeStatistics statistics = problem.Rows(0, t + 1).Statistics(weight: i => 0.5 + (i % 3));
            RegressionProblem.AssertClose(RidgeRegression.Solve(statistics, delta).Weights, squares.Weights.ToArray(), 1e-8);
        }
        Assert.Equal(400, squares.Samples);
    }

    [Fact]
    public void Forgetting_discounts_samples_and_the_ridge()
    {
        const double Forgetting = 0.97, Delta = 0.5;
        RegressionProblem problem = RegressionProblem.Random(6, 2, 60, seed: 2);
        RecursiveLeastSquares squares = new(6, 2, Delta, Forgetting);
        for (int t = 0; t < 60; t++)
            squares.Update(problem.Features.Row(t).AsArray(), problem.Targets.Row(t).AsArray());
        using RidgeStatistics statistics = problem.Statistics(weight: i => Math.Pow(Forgetting, 59 - i));
        RidgeFit expected = RidgeRegression.Solve(statistics, Delta * Math.Pow(Forgetting, 60));
        RegressionProblem.AssertClose(expected.Weights, squares.Weights.ToArray(), 1e-8);
    }

    [Fact]
    public void It_follows_weights_that_drift()
    {
        RandomStream random = new(3, "drift");
        RecursiveLeastSquares forgetting = new(3, 1, forgetting: 0.95), remembering = new(3, 1);
        double[] x = new double[3];
        for (int t = 0; t < 2000; t++)
        {
            for (int i = 0; i < 3; i++)
                x[i] = random.NextNormal();
            double y = t < 1000 ? x[0] + x[1] : x[0] - x[1];
            forgetting.Update(x, [y]);
            remembering.Update(x, [y]);
        }
        RegressionProblem.AssertClose([1, -1, 0], forgetting.Weights.ToArray(), 1e-10);
        Assert.Equal(0, remembering.Weights[1], 0.1);
    }

    // P = (P - P^2 x^2 / (lambda + x^2 P)) / lambda, w = P x y of the new P with nothing learnt before.
    [Fact]
    public void One_sample_is_discounted_as_by_hand()
    {
        RecursiveLeastSquares one = new(1, 1, delta: 1, forgetting: 0.5);
        one.Update([1], [3]);
        Assert.Equal(2.0 / 3, one.InverseCorrelation[0], 1e-15);
        Assert.Equal(2, one.Weights[0], 1e-15);
        // Without excitation P would double: it stays.
        one.Update([0], [3]);
        one.Update([0], [3]);
        Assert.Equal(2.0 / 3, one.InverseCorrelation[0], 1e-15);
    }

    [Fact]
    public void Without_excitation_the_inverse_stays_bounded()
    {
        RandomStream random = new(4, "excitation");
        RecursiveLeastSquares squares = new(3, 1, delta: 0.1, forgetting: 0.9);
        double[] both = [1, 2, 0];
        for (int t = 0; t < 5000; t++)
        {
            both[0] = random.NextNormal();
            squares.Update(both, [both[0]]);
            Assert.InRange(
                squares.InverseCorrelation[0] + squares.InverseCorrelation[4] + squares.InverseCorrelation[8], 0, 30 * (1 + 1e-12));
        }
        RegressionProblem.AssertClose([1, 0, 0], squares.Weights.ToArray(), 1e-4);
        // The third feature was 0 all the time: once it shows, it is learnt with the gain that it had at first.
        for (int t = 0; t < 50; t++)
            squares.Update([random.NextNormal(), 2, 1], [3]);
        Assert.True(squares.Weights.ToArray().All(w => Math.Abs(w) < 10));
    }

    [Fact]
    public void The_inverse_is_symmetric_and_right()
    {
        RegressionProblem problem = RegressionProblem.Random(20, 1, 500, seed: 5);
        RecursiveLeastSquares squares = new(20, 1, delta: 2);
        for (int t = 0; t < 500; t++)
            squares.Update(problem.Features.Row(t).AsArray(), problem.Targets.Row(t).AsArray());
        Matrix<double> p = Matrix<double>.Build.DenseOfRowMajor(20, 20, squares.InverseCorrelation.ToArray());
        Assert.Equal(p, p.Transpose());
        Matrix<double> x = problem.Features, gram = x.TransposeThisAndMultiply(x) + (2 * Matrix<double>.Build.DenseIdentity(20));
        Assert.Equal(0, ((p * gram) - Matrix<double>.Build.DenseIdentity(20)).FrobeniusNorm(), 1e-10);
    }

    [Fact]
    public void Missing_targets_and_weights_of_0_change_nothing()
    {
        RecursiveLeastSquares squares = new(2, 2, forgetting: 0.9);
        squares.Update([1, 2], [3, 4]);
        double[] weights = squares.Weights.ToArray(), inverse = squares.InverseCorrelation.ToArray();
        squares.Update([5, 6], [double.NaN, 1]);
        squares.Update([5, 6], [7, 1], weight: 0);
        Assert.Equal(1, squares.Samples);
        Assert.Equal(weights, squares.Weights);
        Assert.Equal(inverse, squares.InverseCorrelation);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("delta must be", Assert.Throws<ArgumentException>(() => new RecursiveLeastSquares(2, 1, 0)).Message);
        Assert.Contains("forgetting", Assert.Throws<ArgumentException>(() => new RecursiveLeastSquares(2, 1, 1, 1.01)).Message);
        Assert.Contains("forgetting", Assert.Throws<ArgumentException>(() => new RecursiveLeastSquares(2, 1, 1, 0)).Message);
        RecursiveLeastSquares squares = new(2, 1);
        Assert.Contains(
            "Expected 2 features and 1 targets, found 3 and 1",
            Assert.Throws<ArgumentException>(() => squares.Update([1, 2, 3], [1])).Message);
        Assert.Throws<ArgumentException>(() => squares.Predict([1, 2], new double[2]));
        Assert.Throws<ArgumentException>(() => squares.Update([1, double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => squares.Update([1, 2], [double.NegativeInfinity]));
        Assert.Contains("weight", Assert.Throws<ArgumentException>(() => squares.Update([1, 2], [1], -1)).Message);
    }
}
