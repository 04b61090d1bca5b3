using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Variational;

public sealed class VariationalInferenceTests
{
    private const int D = 10;

    [Fact]
    public void A_full_rank_fit_recovers_a_Gaussian_of_ten_dimensions()
    {
        (double[] mean, double[] covariance, LogJoint model) = CorrelatedGaussian();
        VariationalFit fit = VariationalInference.Fit(model, new() { Seed = 1 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Gaussian q = (Gaussian)fit.Distribution;
        double largest = 0;
        for (int i = 0; i < D; i++)
        {
            Assert.InRange(Math.Abs(q.Mean[i] - mean[i]), 0, 0.02 * Math.Sqrt(covariance[(i * D) + i]));
            for (int j = 0; j < D; j++)
                largest = Math.Max(
                    largest,
                    Math.Abs(Covariance(q, i, j) - covariance[(i * D) + j]) / Math.Sqrt(covariance[(i * D) + i] * covariance[(j * D) + j]));
        }
        Assert.InRange(largest, 0, 0.05);
        // The log joint is normalised, so that the bound is at most 0 and reached.
        Assert.InRange(fit.Bound, -0.01, 4 * fit.BoundStandardError + 1e-9);
        Assert.InRange(fit.ParetoShape, double.NegativeInfinity, 0.5);
        Assert.Contains("the approximation is good", fit.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_field_fit_has_the_conditional_variances()
    {
        // Of all independent Gaussians the closest in KL(q || p) has the mean and the inverse diagonal of the precision.
        (double[] mean, double[] covariance, LogJoint model) = CorrelatedGaussian();
        VariationalFit fit = VariationalInference.Fit(model, new() { Family = GaussianFamily.MeanField, Seed = 2 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        double[] precision = Inverse(covariance);
        for (int i = 0; i < D; i++)
        {
            Assert.InRange(fit.Distribution.Variance[i] * precision[(i * D) + i], 0.93, 1.07);
            Assert.InRange(Math.Abs(fit.Distribution.Mean[i] - mean[i]), 0, 0.1 * Math.Sqrt(covariance[(i * D) + i]));
        }
        Assert.True(fit.Bound < -0.5);
    }

    [Fact]
    public void Counts_with_a_gamma_prior_have_a_gamma_posterior()
    {
        // Counts 1, 2, 3 with rate ~ Gamma(1, 1): Gamma(7, 4), by way of log rate. Evidence: log of Gamma(7) / (4^7 1! 2! 3!).
        double evidence = Math.Log(720 / (Math.Pow(4, 7) * 12));
        LogJoint model = new([LatentVariable.Positive("rate")], z => (z["rate"].Log() * 6) - (z["rate"] * 4) - Math.Log(12));
        VariationalFit fit = VariationalInference.Fit(model, new() { Seed = 3, Draws = 40_000 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        (double[] mean, double[] deviation) = fit.Moments("rate");
        Assert.Equal(7 / 4.0, mean[0], 0.03);
        Assert.Equal(Math.Sqrt(7) / 4, deviation[0], 0.03);
        Assert.InRange(fit.Bound, evidence - 0.02, evidence + (4 * fit.BoundStandardError));
        Assert.InRange(fit.ParetoShape, -1, 0.7);
    }

    [Fact]
    public void A_regression_that_defeated_others_gets_its_slope()
    {
        // Seven points whose least-squares slope is -9.0095.
        double[] x = [1.17, 2.97, 3.26, 4.69, 5.83, 6, 6.41], y = [78.93, 58.2, 67.47, 37.47, 45.65, 32.92, 29.97];
        LogJoint model = new(
            [LatentVariable.Real("intercept"), LatentVariable.Real("slope"), LatentVariable.Positive("noise")],
            z =>
            {
                Variable<double> residual = z.Tape.Constant(new(1, 7), y) - (z["intercept"] + (z["slope"] * z.Tape.Constant(new(1, 7), x)));
                Variable<double> fit = (residual / z["noise"]).Square().SumOverColumns() * -0.5 - (z["noise"].Log() * 7);
                return fit - ((z["intercept"] / 1000).Square() * 0.5) - ((z["slope"] / 1000).Square() * 0.5) - (z["noise"] / 100);
            });
        VariationalFit fit = VariationalInference.Fit(
            model, new() { Seed = 4, LearningRate = 0.2, Start = new Dictionary<string, double[]> { ["noise"] = [20] } });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal(-9.0095, fit.Moments("slope").Mean[0], 0.3);
    }

    [Fact]
    public void A_simplex_is_fitted_by_breaking_a_stick()
    {
        // Multinomial counts (10, 20, 70) with a flat prior: Dirichlet(11, 21, 71).
        LogJoint model = new(
            [LatentVariable.Simplex("p", 3)], z => (z["p"].Log() * z.Tape.Constant(new(1, 3), [10, 20, 70])).SumOverColumns());
        VariationalFit fit = VariationalInference.Fit(model, new() { Seed = 5 });
        (double[] mean, double[] deviation) = fit.Moments("p");
        double[] alpha = [11, 21, 71];
        for (int i = 0; i < 3; i++)
        {
            double exact = alpha[i] / 103;
            Assert.Equal(exact, mean[i], 0.005);
            Assert.Equal(Math.Sqrt(exact * (1 - exact) / 104), deviation[i], 0.003);
        }
        double[,] draws = fit.Draw("p", 10);
        for (int i = 0; i < 10; i++)
            Assert.Equal(1, draws[i, 0] + draws[i, 1] + draws[i, 2], 1e-12);
    }

    [Fact]
    public void Every_estimator_that_fits_leads_to_the_same_posterior()
    {
        LogJoint model = new([LatentVariable.Real("z")], z => ((z["z"] - 1) / 0.5).Square() * -0.5);
        foreach (GradientEstimator estimator in (GradientEstimator[])
            [
                GradientEstimator.TotalDerivative,
                GradientEstimator.ClosedFormEntropy,
                GradientEstimator.OptimalScoreControlVariate,
                GradientEstimator.ScoreFunctionLeaveOneOut
            ])
        {
            VariationalFit fit = VariationalInference.Fit(model, new() { Estimator = estimator, Seed = 6 });
            Assert.Equal(TrainingEnding.Converged, fit.Ending);
            Assert.Equal(1, fit.Distribution.Mean[0], 0.05);
            Assert.Equal(0.25, fit.Distribution.Variance[0], 0.03);
        }
    }

    [Fact]
    public void A_poor_approximation_is_found_out()
    {
        // Two narrow modes far apart: a Gaussian sits on one, or in between.
        LogJoint model = new([LatentVariable.Real("z", 2)], z =>
        {
            Variable<double> near = (z["z"] - 3).Square().SumOverColumns() * -2, far = (z["z"] + 3).Square().SumOverColumns() * -2;
            return Variable<double>.ConcatenateColumns(near, far).LogSumExp();
        });
        VariationalFit funnel = VariationalInference.Fit(
            new LogJoint([LatentVariable.Real("scale"), LatentVariable.Real("z", 9)], z =>
                ((z["scale"] / 3).Square() * -0.5) - (z["scale"] * 4.5) - ((z["z"].Square() * (-z["scale"]).Exp()).SumOverColumns() * 0.5)),
            new() { Family = GaussianFamily.MeanField, Seed = 8 });
        Assert.True(funnel.ParetoShape > 0.7, funnel.Summary);
        Assert.Contains("not to be trusted", funnel.Summary, StringComparison.Ordinal);
        Assert.True(VariationalInference.Fit(model, new() { Seed = 7 }).Ending is TrainingEnding.Converged);
    }

    [Fact]
    public void The_bound_is_traced_with_its_error_and_the_same_seed_gives_the_same_bits()
    {
        (_, _, LogJoint model) = CorrelatedGaussian();
        VariationalFit first = VariationalInference.Fit(model, new() { Steps = 300, Seed = 9 }),
            second = VariationalInference.Fit(model, new() { Steps = 300, Seed = 9 });
        Assert.Equal(TrainingEnding.OutOfSteps, first.Ending);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.Distribution.Mean, second.Distribution.Mean);
        Assert.Equal(300, first.Trace[^1].Step);
        Assert.All(first.Trace, p => Assert.True(p.StandardError > 0));
        Assert.True(first.Trace[^1].Bound > first.Trace[0].Bound);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        LogJoint model = new([LatentVariable.Positive("rate")], z => -z["rate"]);
        void Throws(string part, Action action)
            => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
        Throws("found -1", () => VariationalInference.Fit(model, new() { Start = new Dictionary<string, double[]> { ["rate"] = [-1] } }));
        Throws(
            "no latent variable 'speed'; there are rate",
            () => VariationalInference.Fit(model, new() { Start = new Dictionary<string, double[]> { ["speed"] = [1] } }));
        Throws(
            "has 1 numbers, found 2",
            () => VariationalInference.Fit(model, new() { Start = new Dictionary<string, double[]> { ["rate"] = [1, 2] } }));
        Throws("LearningRate is finite and above 0, found 0", () => VariationalInference.Fit(model, new() { LearningRate = 0 }));
        Throws(
            "2 latent variables 'a'",
            () => VariationalInference.Fit(new([LatentVariable.Real("a"), LatentVariable.Real("a")], z => z["a"])));
        Throws("found 1 for 'p'", () => LatentVariable.Simplex("p", 1));
        Throws("column of 16 values, found 16 x 2", () => VariationalInference.Fit(new([LatentVariable.Real("a", 2)], z => z["a"])));
        Throws("no latent variable 'b'", () => VariationalInference.Fit(new([LatentVariable.Real("a")], z => z["b"])));
        VariationalFit diverged = VariationalInference.Fit(new([LatentVariable.Real("a")], z => z["a"].Log()));
        Assert.Equal(TrainingEnding.Diverged, diverged.Ending);
        Assert.Contains("not finite", diverged.Summary, StringComparison.Ordinal);
    }

    private static (double[] Mean, double[] Covariance, LogJoint Model) CorrelatedGaussian()
    {
        // A A' + diag, scales from 0.3 to 3, correlations up to 0.9.
        RandomStream random = new(42, "posterior");
        double[] a = [.. Enumerable.Range(0, D * D).Select(_ => random.NextNormal())],
            scales = [.. Enumerable.Range(0, D).Select(i => 0.3 * Math.Pow(10, i / 9.0))];
        double[] covariance = new double[D * D], mean = [.. Enumerable.Range(0, D).Select(_ => 2 * random.NextNormal())];
        for (int i = 0; i < D; i++)
            for (int j = 0; j < D; j++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < 4; k++)
                    sum += a[(i * D) + k] * a[(j * D) + k];
                covariance[(i * D) + j] = sum * scales[i] * scales[j] / 4;
            }
        double[] precision = Inverse(covariance);
        double logDeterminant = Math.Log(MathNet.Numerics.LinearAlgebra.Double.Matrix.Build.Dense(D, D, covariance).Determinant());
        double constant = -0.5 * ((D * Math.Log(2 * Math.PI)) + logDeterminant);
        LogJoint model = new([LatentVariable.Real("z", D)], z =>
        {
            Variable<double> centred = z["z"] - z.Tape.Constant(new(1, D), mean);
            return ((Variable<double>.Product(centred, z.Tape.Constant(new(D, D), precision)) * centred).SumOverColumns() * -0.5)
                + constant;
        });
        return (mean, covariance, model);
    }

    private static double[] Inverse(double[] symmetric)
        => MathNet.Numerics.LinearAlgebra.Double.Matrix.Build.Dense(D, D, symmetric).Inverse().ToColumnMajorArray();

    private static double Covariance(Gaussian q, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < D; k++)
            sum += q.Factor[(i * D) + k] * q.Factor[(j * D) + k];
        return sum;
    }
}
