using System.Text.Json;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Laplace;

public sealed class LaplaceApproximationTests
{
    private const double LogTwoPi = 1.8378770664093454836;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(10, 1)]
    [InlineData(3, 1e6)]
    [InlineData(3, 1e-6)]
    public void A_Gaussian_posterior_is_exact(int d, double unit)
    {
        LinearRegression problem = new(d, unit);
        LaplaceFit fit = LaplaceApproximation.Fit(problem.Model);
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal(problem.LogEvidence, fit.LogEvidence, 1e-10);
        Gaussian q = fit.Distribution!;
        for (int i = 0; i < d; i++)
        {
            double deviation = Math.Sqrt(problem.Covariance[i, i]);
            Assert.Equal(problem.Mean[i], fit.Mode("w")[i], 1e-9 * deviation);
            for (int j = 0; j < d; j++)
                Assert.Equal(problem.Covariance[i, j], Covariance(q, i, j), 1e-9 * deviation * Math.Sqrt(problem.Covariance[j, j]));
        }
        // log p - log q is the evidence, whatever the draw.
        double[,] draws = fit.Draw("w", 100, seed: 3);
        for (int k = 0; k < 100; k++)
        {
            double[] w = [.. Enumerable.Range(0, d).Select(i => draws[k, i])], value = new double[1];
            problem.Model.Unconstrained.Evaluate(w, value, []);
            Assert.Equal(problem.LogEvidence, value[0] - q.LogDensity(w), 1e-9);
        }
        Assert.Equal(problem.LogEvidence, fit.ImportanceLogEvidence, 1e-9);
        Assert.InRange(fit.ImportanceStandardError, 0, 1e-9);
        Assert.Contains("Converged after", fit.Summary, StringComparison.Ordinal);
        Assert.Contains("the approximation is good", fit.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logistic_regression_agrees_with_SciPy_and_with_quadrature()
    {
        JsonElement golden = Golden.Read("laplace.golden.json");
        LaplaceFit fit = LaplaceApproximation.Fit(Logistic(golden), new() { Draws = 100_000, Seed = 1 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        double[] mode = golden.GetProperty("mode").Doubles(), hessian = golden.GetProperty("hessian").Doubles();
        Assert.Equal(mode[0], fit.Mode("intercept")[0], 1e-10);
        Assert.Equal(mode[1], fit.Mode("slope")[0], 1e-10);
        for (int i = 0; i < 4; i++)
            Assert.Equal(hessian[i], fit.Precision[i], 1e-9);
        Assert.Equal(golden.GetProperty("laplace_log_evidence").GetDouble(), fit.LogEvidence, 1e-9);
        double exact = golden.GetProperty("log_evidence").GetDouble();
        Assert.InRange(Math.Abs(fit.ImportanceLogEvidence - exact), 0, 4 * fit.ImportanceStandardError);
        Assert.InRange(fit.ImportanceStandardError, 1e-5, 0.005);
        // What Laplace's method can do with twenty observations.
        Assert.InRange(exact - fit.LogEvidence, 0.05, 0.08);
        Assert.InRange(fit.ParetoShape, -1, 0.7);
    }

    [Fact]
    public void A_logistic_regression_has_a_lower_bound_by_variational_inference_below_its_evidence_and_moments_nearer_to_the_truth()
    {
        JsonElement golden = Golden.Read("laplace.golden.json");
        LogJoint model = Logistic(golden);
        LaplaceFit laplace = LaplaceApproximation.Fit(model, new() { Draws = 100_000 });
        VariationalFit variational = VariationalInference.Fit(model, new() { Seed = 1, Draws = 100_000 });
        double exact = golden.GetProperty("log_evidence").GetDouble();
        Assert.InRange(variational.Bound, exact - 0.05, exact);
        Assert.Equal(variational.Distribution.Mean[1], laplace.Distribution!.Mean[1], 0.5);
        Assert.Equal(1, variational.Distribution.Variance[1] / laplace.Distribution.Variance[1], 0.3);
        double[] mean = golden.GetProperty("mean").Doubles(), deviation = golden.GetProperty("standard_deviation").Doubles();
        // The posterior leans outwards: its mean lies beyond its mode.
        Assert.InRange(mean[1] - laplace.Distribution.Mean[1], 0.2, 0.3);
        Assert.Equal(mean[1], variational.Distribution.Mean[1], 0.05);
        Assert.Equal(deviation[1], laplace.Moments("slope").StandardDeviation[0], 0.07);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(7, 4)]
    [InlineData(300, 0.01)]
    public void A_gamma_posterior_on_the_logarithmic_scale_has_closed_forms(double shape, double rate)
    {
        // By z = log x the density is x^shape e^(-rate x): its mode is log(shape / rate), its curvature shape.
        LogJoint model = new([LatentVariable.Positive("x")], z => (z["x"].Log() * (shape - 1)) - (z["x"] * rate));
        LaplaceFit fit = LaplaceApproximation.Fit(model);
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal(shape / rate, fit.Mode("x")[0], 1e-9 * shape / rate);
        Assert.Equal(shape, fit.Precision[0], 1e-8 * shape);
        Assert.Equal((shape * Math.Log(shape / rate)) - shape + (0.5 * (LogTwoPi - Math.Log(shape))), fit.LogEvidence, 1e-9);
        double exact = LogGamma.Of(shape) - (shape * Math.Log(rate));
        Assert.InRange(
            exact - fit.LogEvidence,
            0.99 / (12 * shape) * (shape < 1 ? 0.9 : 1) - (1 / (360 * shape * shape * shape)),
            1.001 / (12 * shape));
        Assert.InRange(Math.Abs(fit.ImportanceLogEvidence - exact), 0, 5 * fit.ImportanceStandardError);
    }

    [Fact]
    public void Every_kind_of_latent_variable_is_found_in_its_own_units()
    {
        // Binomial and multinomial counts: in unconstrained numbers, Jacobian included, the modes are those of one more count each.
        LogJoint model = new([LatentVariable.Interval("p", 0, 1), LatentVariable.Simplex("q", 3)], z =>
            (z["p"].Log() * 29) + ((1 - z["p"]).Log() * 69) + (z["q"].Log() * z.Tape.Constant(new(1, 3), [9, 29, 59])).SumOverColumns());
        LaplaceFit fit = LaplaceApproximation.Fit(model);
        Assert.Equal(0.3, fit.Mode("p")[0], 1e-10);
        double[] q = fit.Mode("q");
        Assert.Equal([0.1, 0.3, 0.6], q.Select(x => Math.Round(x, 9)));
        Assert.Equal(4, fit.Draw("q", 4).GetLength(0));
        Assert.Contains("p, q", Assert.Throws<ArgumentException>(() => fit.Mode("r")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curved_valley_is_followed_to_its_end()
    {
        // Rosenbrock's.
        TargetFunction valley = TargetFunction.Of(2, (x, g) =>
        {
            double across = x[1] - (x[0] * x[0]), along = 1 - x[0];
            if (g.Length > 0)
                (g[0], g[1]) = ((400 * x[0] * across) + (2 * along), -200 * across);
            return -(100 * across * across) - (along * along);
        });
        LaplaceFit fit = LaplaceApproximation.Fit(valley, new() { Start = new Dictionary<string, double[]> { ["z"] = [-1.2, 1] } });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal([1, 1], fit.UnconstrainedMode.Select(x => Math.Round(x, 10)));
        double[] hessian = [802, -400, -400, 200];
        for (int i = 0; i < 4; i++)
            Assert.Equal(hessian[i], fit.Precision[i], 1e-6);
        // det = 400, and the integral is exactly that of the Gaussian: pi / 10.
        Assert.Equal(Math.Log(Math.PI / 10), fit.LogEvidence, 1e-8);
        Assert.InRange(fit.Steps, 10, 80);
        Assert.True(fit.ParetoShape > 0.5);
    }

    [Fact]
    public void Badly_scaled_numbers_are_no_obstacle()
    {
        double[] scales = [1e-8, 1e-3, 1, 1e4, 1e7];
        TargetFunction target = TargetFunction.OnTape(
            5, (tape, z) => ((z / tape.Constant(new(1, 5), scales)) - 1).Square().SumOverColumns() * -0.5);
        LaplaceFit fit = LaplaceApproximation.Fit(target);
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        for (int i = 0; i < 5; i++)
            Assert.Equal(scales[i], fit.UnconstrainedMode[i], 1e-9 * scales[i]);
        Assert.Equal(scales.Sum(Math.Log) + (2.5 * LogTwoPi), fit.LogEvidence, 1e-9);
    }

    [Fact]
    public void A_start_whose_density_is_finite_and_whose_gradient_is_not_is_refused()
    {
        // -|z|^(1/2): 0 at 0, where it has no slope.
        TargetFunction target = TargetFunction.Of(1, (z, gradient) =>
        {
            gradient[0] = -Math.Sign(z[0]) / (2 * Math.Sqrt(Math.Abs(z[0])));
            return -Math.Sqrt(Math.Abs(z[0]));
        });
        Assert.Contains(
            "or its gradient is not finite",
            Assert.Throws<ArgumentException>(() => LaplaceApproximation.Fit(target)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Holes_in_the_density_are_stepped_back_from()
    {
        // Minus infinity at and below 0, with the start beside it and the mode at 3.
        TargetFunction target = TargetFunction.OnTape(1, (_, z) => (z.Log() * 300) - (z * 100));
        LaplaceFit fit = LaplaceApproximation.Fit(
            target, new() { Start = new Dictionary<string, double[]> { ["z"] = [1e-3] }, Draws = 1000 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal(3, fit.UnconstrainedMode[0], 1e-10);
        Assert.Contains(
            "at the start is -",
            Assert.Throws<ArgumentException>(() => LaplaceApproximation.Fit(target)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_direction_that_nothing_determines_is_named()
    {
        LogJoint sum = new(
            [LatentVariable.Real("a"), LatentVariable.Real("b"), LatentVariable.Real("c")],
            z => ((z["a"] + z["b"] - 2).Square() + z["c"].Square()) * -0.5);
        LaplaceFit fit = LaplaceApproximation.Fit(sum);
        Assert.Equal(TrainingEnding.FlatDirection, fit.Ending);
        Assert.Equal(["a", "b"], fit.Direction.Select(p => p.Name));
        Assert.Equal(-1, fit.Direction[0].Weight / fit.Direction[1].Weight, 1e-6);
        Assert.Contains("vanishes along a (", fit.Summary, StringComparison.Ordinal);
        Assert.Null(fit.Distribution);
        Assert.Equal(double.NaN, fit.LogEvidence);
        Assert.Contains(
            "Flat direction", Assert.Throws<InvalidOperationException>(() => fit.Draw("a", 1)).Message, StringComparison.Ordinal);

        LaplaceFit absent = LaplaceApproximation.Fit(
            new LogJoint([LatentVariable.Real("w", 3)], z => (z["w"].SliceColumns(0, 2) - 1).Square().SumOverColumns() * -0.5));
        Assert.Equal(TrainingEnding.FlatDirection, absent.Ending);
        Assert.Equal("w[2]", Assert.Single(absent.Direction).Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-4)]
    [InlineData(1e4)]
    public void A_top_of_fourth_order_is_flat(double unit)
    {
        LogJoint model = new(
            [LatentVariable.Real("a"), LatentVariable.Real("b")],
            z => (((z["a"] - 1) / unit).Square() * -0.5) - ((z["b"] / unit) - 2).Square().Square());
        LaplaceFit fit = LaplaceApproximation.Fit(model);
        Assert.Equal(TrainingEnding.FlatDirection, fit.Ending);
        Assert.Equal("b", Assert.Single(fit.Direction).Name);
    }

    [Fact]
    public void A_direction_that_is_only_just_determined_is_not_flat()
    {
        // A prior a million times as wide as what the data say of the sum.
        const double wide = 1e6;
        TargetFunction target = TargetFunction.OnTape(
            2, (_, z) => ((z.SumOverColumns() - 2).Square() * -0.5) - (z.Square().SumOverColumns() * (0.5 / (wide * wide))));
        LaplaceFit fit = LaplaceApproximation.Fit(target, new() { Draws = 1000 });
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        // H = 1 1' + I / wide^2.
        double exact = LogTwoPi - (0.5 * Math.Log((2 / (wide * wide)) + (1 / (wide * wide * wide * wide))));
        Assert.Equal(exact, fit.LogEvidence, 1e-3);
    }

    [Fact]
    public void A_saddle_is_not_a_mode()
    {
        // Two modes at +-2 along b, and the start between them.
        LogJoint model = new(
            [LatentVariable.Real("a"), LatentVariable.Real("b")],
            z => (z["a"].Square() * -0.5) + (z["b"].Square() * 2) - (z["b"].Square().Square() * 0.25));
        LaplaceFit fit = LaplaceApproximation.Fit(model);
        Assert.Equal(TrainingEnding.Saddle, fit.Ending);
        Assert.Equal("b", Assert.Single(fit.Direction).Name);
        Assert.Contains("rises along b", fit.Summary, StringComparison.Ordinal);
        LaplaceFit beside = LaplaceApproximation.Fit(model, new() { Start = new Dictionary<string, double[]> { ["b"] = [-0.1] } });
        Assert.Equal(TrainingEnding.Converged, beside.Ending);
        Assert.Equal(-2, beside.Mode("b")[0], 1e-9);
    }

    [Fact]
    public void A_mode_at_infinity_is_told_with_its_variable()
    {
        // Separable labels with a prior on the intercept only.
        double[] x = [-2, -1, 1, 2], labels = [0, 0, 1, 1];
        LogJoint separable = new([LatentVariable.Real("intercept"), LatentVariable.Real("slope")], z =>
            (z["intercept"] + (z["slope"] * z.Tape.Constant(new(1, 4), x)))
                .BernoulliLogLikelihood(z.Tape.Constant(new(1, 4), labels))
                .SumOverColumns() - (z["intercept"].Square() * 0.5));
        Unbounded(separable, "slope", 1);
        // The standard deviation of three residuals that are all 0.
        Unbounded(
            new([LatentVariable.Real("mean"), LatentVariable.Positive("deviation")], z => (z["deviation"].Log() * -3) - z["mean"].Square()),
            "deviation",
            -1);
        // An improper density.
        Unbounded(new([LatentVariable.Real("z")], z => z["z"] * 2), "z", 1);
        Unbounded(new([LatentVariable.Positive("rate")], z => -(z["rate"] + 1).Reciprocal()), "rate", 1);

        static void Unbounded(LogJoint model, string name, int sign)
        {
            LaplaceFit fit = LaplaceApproximation.Fit(model);
            Assert.True(fit.Ending == TrainingEnding.Unbounded, fit.Summary);
            (string largest, double weight) = fit.Direction.MaxBy(p => Math.Abs(p.Weight));
            Assert.Equal((name, sign), (largest, Math.Sign(weight)));
            Assert.Contains($"along {name} (", fit.Summary, StringComparison.Ordinal);
            Assert.Contains($"{name} = ", fit.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Too_few_steps_and_kinks_do_not_converge()
    {
        LogJoint smooth = new([LatentVariable.Real("z", 2)], z => ((z["z"] - 5).Square().Square() + z["z"].Square()).SumOverColumns() * -1);
        LaplaceFit few = LaplaceApproximation.Fit(smooth, new() { Steps = 2 });
        Assert.Equal((TrainingEnding.NotConverged, 2), (few.Ending, few.Steps));
        Assert.Contains("take more", few.Summary, StringComparison.Ordinal);
        Assert.Equal(TrainingEnding.Converged, LaplaceApproximation.Fit(smooth).Ending);
        LaplaceFit kink = LaplaceApproximation.Fit(new LogJoint([LatentVariable.Real("z")], z => -((z["z"] - 0.7).Abs() * 3)));
        Assert.Equal(TrainingEnding.NotConverged, kink.Ending);
        Assert.Contains("not smooth", kink.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hierarchy_that_collapses_into_a_funnel_has_no_mode()
    {
        // The eight schools of Rubin (1981), centred: with tau towards 0 the density rises without end.
        LogJoint schools = new([LatentVariable.Real("mu"), LatentVariable.Positive("tau"), LatentVariable.Real("theta", 8)], z =>
        {
            Variable<double> effects = z.Tape.Constant(new(1, 8), [28, 8, -3, 7, -1, 1, 18, 12]),
                errors = z.Tape.Constant(new(1, 8), [15, 10, 16, 11, 9, 11, 10, 18]);
            return ((((effects - z["theta"]) / errors).Square().SumOverColumns()
                + ((z["theta"] - z["mu"]) / z["tau"]).Square().SumOverColumns()) * -0.5)
                - (z["tau"].Log() * 8) - (z["mu"].Square() / 50) - ((z["tau"] / 5).Square() + 1).Log();
        });
        LaplaceFit fit = LaplaceApproximation.Fit(schools);
        Assert.True(fit.Ending is TrainingEnding.NotConverged or TrainingEnding.Unbounded, fit.Summary);
        Assert.True(fit.Mode("tau")[0] < 1e-3, fit.Summary);
        Assert.Equal(double.NaN, fit.LogEvidence);
    }

    [Fact]
    public void A_skewed_posterior_is_found_out()
    {
        // Neal's funnel at its mode: the Gaussian there misses nearly everything.
        LogJoint funnel = new([LatentVariable.Real("v"), LatentVariable.Real("x", 9)], z =>
            (z["v"].Square() * (-1 / 18.0)) - (z["v"] * 4.5) - (z["x"].Square().SumOverColumns() * (-z["v"]).Exp() * 0.5));
        LaplaceFit fit = LaplaceApproximation.Fit(funnel);
        Assert.Equal(TrainingEnding.Converged, fit.Ending);
        Assert.Equal(-40.5, fit.Mode("v")[0], 1e-6);
        Assert.True(fit.ParetoShape > 0.7);
        Assert.Contains("not to be trusted", fit.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        LogJoint model = Logistic(Golden.Read("laplace.golden.json"));
        LaplaceFit one = LaplaceApproximation.Fit(model, new() { Seed = 5 }),
            two = LaplaceApproximation.Fit(model, new() { Seed = 5 }), other = LaplaceApproximation.Fit(model, new() { Seed = 6 });
        Assert.Equal(one.ImportanceLogEvidence, two.ImportanceLogEvidence);
        Assert.Equal(one.Draw("slope", 10, 2), two.Draw("slope", 10, 2));
        Assert.NotEqual(one.ImportanceLogEvidence, other.ImportanceLogEvidence);
        Assert.Equal(one.LogEvidence, other.LogEvidence);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        TargetFunction target = TargetFunction.OnTape(1, (_, z) => z.Square() * -0.5);
        Assert.Contains(
            "no latent variable 'w'",
            Assert.Throws<ArgumentException>(
                () => LaplaceApproximation.Fit(target, new() { Start = new Dictionary<string, double[]> { ["w"] = [1] } })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LaplaceApproximation.Fit(target, new() { Draws = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LaplaceApproximation.Fit(target, new() { Steps = 0 }));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        LaplaceFit stopped = LaplaceApproximation.Fit(target, cancellationToken: cancelled.Token);
        Assert.Equal((TrainingEnding.Cancelled, null), (stopped.Ending, stopped.Distribution));
        Assert.Equal(
            LaplaceApproximation.Fit(target).UnconstrainedMode, LaplaceApproximation.Fit(target, resume: stopped.State).UnconstrainedMode);
    }

    private static LogJoint Logistic(JsonElement golden)
    {
        double[] x = golden.GetProperty("x").Doubles(), y = golden.GetProperty("y").Doubles();
        double prior = golden.GetProperty("prior").GetDouble();
        return new([LatentVariable.Real("intercept"), LatentVariable.Real("slope")], z =>
        {
            Variable<double> logits = z["intercept"] + (z["slope"] * z.Tape.Constant(new(1, x.Length), x));
            return logits.BernoulliLogLikelihood(z.Tape.Constant(new(1, y.Length), y)).SumOverColumns()
                - ((z["intercept"].Square() + z["slope"].Square()) * (0.5 / (prior * prior))) - Math.Log(2 * Math.PI * prior * prior);
        });
    }

    private static double Covariance(Gaussian q, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < q.Dimension; k++)
            sum += q.Factor[(i * q.Dimension) + k] * q.Factor[(j * q.Dimension) + k];
        return sum;
    }

    // y ~ N(X w, noise^2), w ~ N(0, unit^2): the evidence is a normal density of y with covariance noise^2 I + unit^2 X X'.
    private sealed class LinearRegression
    {
        private const int Rows = 30;
        private const double Noise = 0.7;

        public LinearRegression(int d, double unit)
        {
            RandomStream random = new(7, "regression", (ulong)d);
            Matrix<double> x = Matrix<double>.Build.Dense(Rows, d, (_, _) => random.NextNormal() / unit);
            Vector<double> y = (x * Vector<double>.Build.Dense(d, i => (i + 1) * unit / 2))
                + Vector<double>.Build.Dense(Rows, _ => Noise * random.NextNormal());
            Matrix<double> marginal = (x * x.Transpose() * (unit * unit)) + (Matrix<double>.Build.DenseIdentity(Rows) * (Noise * Noise));
            LogEvidence = (-0.5 * y.DotProduct(marginal.LU().Solve(y)))
                - (0.5 * Math.Log(marginal.Determinant())) - (0.5 * Rows * LogTwoPi);
            Matrix<double> whitened = (x.Transpose() * x * (unit * unit / (Noise * Noise))) + Matrix<double>.Build.DenseIdentity(d);
            Covariance = whitened.Inverse() * (unit * unit);
            Mean = Covariance * x.Transpose() * y / (Noise * Noise);
            double[] labels = y.ToArray();
            double[] byColumn = [.. Enumerable.Range(0, d * Rows).Select(k => x[k % Rows, k / Rows])];
            Model = new([LatentVariable.Real("w", d)], z =>
            {
                Variable<double> residual =
                    z.Tape.Constant(new(1, Rows), labels) - Variable<double>.Product(z["w"], z.Tape.Constant(new(d, Rows), byColumn));
                return (residual.Square().SumOverColumns() * (-0.5 / (Noise * Noise))) - (Rows * (Math.Log(Noise) + (0.5 * LogTwoPi)))
                    - (z["w"].Square().SumOverColumns() * (0.5 / (unit * unit))) - (d * (Math.Log(unit) + (0.5 * LogTwoPi)));
            });
        }

        public LogJoint Model { get; }

        public double LogEvidence { get; }

        public Matrix<double> Covariance { get; }

        public Vector<double> Mean { get; }
    }

    [Fact]
    public void Numbers_with_names_are_named_in_the_start_and_in_the_direction()
    {
        TargetFunction valley = TargetFunction.Of(2, (z, gradient) =>
        {
            if (gradient.Length > 0)
                (gradient[0], gradient[1]) = (-2 * (z[0] - 1), 0);
            return -(z[0] - 1) * (z[0] - 1);
        });
        LaplaceFit fit = LaplaceApproximation.Fit(
            ["slope", "offset"], valley, new() { Start = new Dictionary<string, double[]> { ["offset"] = [3] } });
        Assert.Equal(TrainingEnding.FlatDirection, fit.Ending);
        Assert.Equal("offset", Assert.Single(fit.Direction).Name);
        Assert.Equal(3, fit.Mode("offset")[0]);
        Assert.Throws<ArgumentException>(() => LaplaceApproximation.Fit(["slope"], valley));
        Assert.Throws<ArgumentException>(
            () => LaplaceApproximation.Fit(["a", "b"], valley, new() { Start = new Dictionary<string, double[]> { ["c"] = [1] } }));
    }
}
