using Attractor.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Ridge;

[Trait("Registers", "Any")]
public sealed class RidgePathTests
{
    private static readonly double[] s_ridges = [1e-3, 0.1, 2, 50];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_validation_is_what_the_hat_matrix_says(bool intercept)
    {
        RegressionProblem problem = RegressionProblem.Random(6, 2, 25, seed: 1, offset: 1), centred = problem.Centred();
        int n = problem.Samples;
        using RidgeStatistics statistics = problem.Statistics(intercept);

        IReadOnlyList<RidgePoint> path = new RidgePath(statistics).GeneralizedCrossValidation(s_ridges);

        Matrix<double> x = intercept ? centred.Features : problem.Features;
        for (int i = 0; i < s_ridges.Length; i++)
        {
            Matrix<double> inverse = (x.TransposeThisAndMultiply(x) + (s_ridges[i] * Matrix<double>.Build.DenseIdentity(6))).Inverse();
            Matrix<double> hat = x * inverse * x.Transpose();
            if (intercept)
                hat += 1.0 / n;
            double error = Math.Pow((problem.Targets - (hat * problem.Targets)).FrobeniusNorm(), 2), left = n - hat.Trace();
            Assert.Equal(1, path[i].Score / (n * error / (left * left)), 1e-9);
            Assert.Equal(hat.Trace(), path[i].DegreesOfFreedom, 1e-10);
            Assert.Equal(s_ridges[i], path[i].Ridge);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Validation_is_what_refits_say(bool intercept)
    {
        RegressionProblem problem = RegressionProblem.Random(6, 2, 60, seed: 2, offset: 3),
            fitted = problem.Rows(0, 40), held = problem.Rows(40, 20);
        using RidgeStatistics statistics = fitted.Statistics(intercept), heldOut = held.Statistics(intercept);

        IReadOnlyList<RidgePoint> path = new RidgePath(statistics).Validation(heldOut, s_ridges);

        for (int i = 0; i < s_ridges.Length; i++)
        {
            RidgeFit fit = RidgeRegression.Solve(statistics, s_ridges[i]);
            double error = 0;
            for (int t = 0; t < held.Samples; t++)
                for (int k = 0; k < 2; k++)
                {
                    double y = fit.Constants[k];
                    for (int j = 0; j < 6; j++)
                        y += fit.Weights[(k * 6) + j] * held.Features[t, j];
                    error += Math.Pow(held.Targets[t, k] - y, 2);
                }
            Assert.Equal(1, path[i].Score / (error / (held.Samples * 2)), 1e-9);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Degrees_of_freedom_do_not_depend_on_how_the_ridge_is_chosen(bool intercept)
    {
        RegressionProblem problem = RegressionProblem.Random(5, 1, 30, seed: 3);
        using RidgeStatistics statistics = problem.Statistics(intercept);
        RidgePath path = new(statistics);
        Assert.Equal(
            path.GeneralizedCrossValidation(s_ridges).Select(p => p.DegreesOfFreedom),
            path.Validation(statistics, s_ridges).Select(p => p.DegreesOfFreedom),
            Close);
    }

    [Fact]
    public void Held_out_samples_must_be_of_the_same_kind()
    {
        using RidgeStatistics statistics = RegressionProblem.Random(5, 1, 30, seed: 3).Statistics(),
            other = RegressionProblem.Random(4, 1, 30, seed: 3).Statistics();
        Assert.Contains("other features", Assert.Throws<ArgumentException>(() => new RidgePath(statistics).Validation(other)).Message);
    }

    [Fact]
    public void The_rank_is_that_of_the_features()
    {
        RegressionProblem problem = RegressionProblem.Random(9, 1, 6, seed: 4);
        using RidgeStatistics statistics = problem.Statistics(), centred = problem.Statistics(intercept: true);
        Assert.Equal(6, new RidgePath(statistics).Rank);
        Assert.Equal(5, new RidgePath(centred).Rank);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-10;
}
