using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Learning.Readouts;

[Trait("Registers", "Narrow")]
public sealed class VectorAutoregressionTrainingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-12)]
    public void It_finds_the_equation_of_the_logistic_map(double ridge)
    {
        NonlinearVectorAutoregression model = new(1, delays: 1);
        ReadoutResult result = VectorAutoregressionTraining.Fit(
            model, FreeRun.From(new Attractor.Systems.Logistic(3.9), [0.3], 200), new() { Ridge = ridge });
        Assert.Equal((199, 0, 1), (result.Samples, result.Forgetting, result.Segments));
        // x' - x = 2.9 x - 3.9 x^2
        AssertWeights([0, 2.9, -3.9], model);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-12)]
    public void It_finds_the_equations_of_the_Henon_map(double ridge)
    {
        NonlinearVectorAutoregression model = new(2, delays: 1);
        VectorAutoregressionTraining.Fit(model, FreeRun.From(new Henon(), [0.1, 0.1], 300), new() { Ridge = ridge });
        AssertWeights([1, -1, 1, -1.4, 0, 0, 0, 0.3, -1, 0, 0, 0], model);
    }

    [Fact]
    public void Of_the_Henon_map_one_variable_and_its_past_suffice()
    {
        NonlinearVectorAutoregression model = new(1, delays: 2);
        TimeSeries x = FreeRun.From(new Henon(), [0.1, 0.1], 300, dropped: 10).Columns(0);
        VectorAutoregressionTraining.Fit(model, x, new() { Ridge = 0 });
        AssertWeights([1, -1, 0.3, -1.4, 0, 0], model);
    }

    [Fact]
    public void It_finds_a_linear_process_whose_rows_lie_apart()
    {
        // x_{t+1} = 0.4 x_t - 0.5 x_{t-3} + 0.2, with noise that the fit must not hide.
        RandomStream random = new(4, "process");
        double[] exact = new double[60], noisy = new double[20_000];
        for (int t = 0; t < noisy.Length; t++)
        {
            noisy[t] = t < 4 ? random.NextNormal() : (0.4 * noisy[t - 1]) - (0.5 * noisy[t - 4]) + 0.2 + (0.1 * random.NextNormal());
            if (t < exact.Length)
                exact[t] = t < 4 ? noisy[t] : (0.4 * exact[t - 1]) - (0.5 * exact[t - 4]) + 0.2;
        }
        NonlinearVectorAutoregression model = new(1, delays: 2, stride: 3, orders: []);
        VectorAutoregressionTraining.Fit(model, new TimeSeries(exact, 1), new() { Ridge = 0 });
        AssertWeights([0.2, -0.6, -0.5], model);

        ReadoutResult result = VectorAutoregressionTraining.Fit(model, new TimeSeries(noisy, 1), new() { Ridge = 0 });
        AssertWeights([0.2, -0.6, -0.5], model, 0.03);
        Assert.InRange(Math.Sqrt(result.MeanSquaredError(1)), 0.098, 0.102);
    }

    [Fact]
    public void The_readout_is_where_the_penalised_error_is_least()
    {
        NonlinearVectorAutoregression model = new(2, delays: 2);
        TimeSeries data = Noisy(120);
        ReadoutResult result = VectorAutoregressionTraining.Fit(model, data, new() { Ridge = 0.3 });
        double[] fitted = [.. model.ReadoutWeights], gradient = new double[fitted.Length];
        double error = 0;
        double[] features = new double[model.FeatureCount];
        for (int t = 1; t < data.Length - 1; t++)
        {
            model.WriteFeatures([.. data.Row(t), .. data.Row(t - 1)], features);
            for (int n = 0; n < 2; n++)
            {
                double residual = data[t, n] - data[t + 1, n];
                for (int f = 0; f < features.Length; f++)
                    residual += fitted[(n * features.Length) + f] * features[f];
                for (int f = 0; f < features.Length; f++)
                    gradient[(n * features.Length) + f] += residual * features[f];
                error += residual * residual;
            }
        }
        for (int i = 0; i < fitted.Length; i++)
            Assert.Equal(0, gradient[i] + (0.3 * fitted[i]), 1e-9);
        Assert.Equal(error, result.Fit.SquaredError, 1e-9 * error);
        Assert.Equal(118, result.Samples);
    }

    [Fact]
    public void Errors_below_the_rounding_of_the_moments_are_summed_themselves()
    {
        NonlinearVectorAutoregression model = new(2, delays: 1);
        ReadoutResult result = VectorAutoregressionTraining.Fit(model, FreeRun.From(new Henon(), [0.1, 0.1], 300), new() { Ridge = 0 });
        Assert.True(result.Fit.ErrorIsResolved);
        Assert.InRange(result.Fit.SquaredError, 1e-32, 1e-25);
    }

    [Fact]
    public void Samples_with_a_missing_value_are_left_out()
    {
        NonlinearVectorAutoregression model = new(2, delays: 2, stride: 2);
        double[] values = Noisy(60).Values.ToArray();
        values[2 * 20] = double.NaN;
        // Row 20 is the newest of one sample, the older of one, the target of one.
        ReadoutResult result = VectorAutoregressionTraining.Fit(model, new TimeSeries(values, 2), new() { Ridge = 1e-3 });
        Assert.Equal(60 - 3 - 3, result.Samples);
        double[] whole = [.. model.ReadoutWeights];

        // The samples that are left, as series of their own.
        List<TimeSeries> parts = [];
        for (int t = 2; t < 59; t++)
            if (t is not (19 or 20 or 22))
                parts.Add(new([.. values[(2 * (t - 2))..(2 * (t + 2))]], 2));
        Assert.Equal(54, VectorAutoregressionTraining.Fit(model, parts, new() { Ridge = 1e-3 }).Samples);
        AssertWeights(whole, model, 1e-9);
    }

    [Fact]
    public void Lambda_is_chosen_on_samples_that_were_held_out()
    {
        NonlinearVectorAutoregression model = new(2, delays: 3, orders: [2, 3]);
        TimeSeries data = Noisy(300);
        ReadoutResult result = VectorAutoregressionTraining.Fit(
            model, data, new() { Selection = RidgeSelection.Validation, HeldOut = 0.25 });
        RidgePoint best = result.Path.MinBy(p => p.Score);
        Assert.Equal(best.Ridge, result.Fit.Ridge);
        Assert.Equal(297, result.Samples);

        // Its score is the error of a fit that has not seen the last quarter; row 224 is the last that is not held out.
        VectorAutoregressionTraining.Fit(model, data.Slice(0, 226), new() { Ridge = best.Ridge });
        double squares = 0;
        double[] state = new double[6];
        for (int t = 225; t < 299; t++)
        {
            for (int delay = 0; delay < 3; delay++)
                data.Row(t - delay).CopyTo(state.AsSpan(2 * delay));
            model.Step(state, state);
            for (int n = 0; n < 2; n++)
                squares += Math.Pow(state[n] - data[t + 1, n], 2);
        }
        Assert.Equal(squares / (74 * 2), best.Score, 1e-8 * best.Score);

        ReadoutResult crossed = VectorAutoregressionTraining.Fit(
            model, data, new() { Selection = RidgeSelection.GeneralizedCrossValidation, Ridges = [1e-6, 1, 1e6] });
        Assert.Equal(1, crossed.Fit.Ridge);
    }

    [Fact]
    public void What_cannot_be_fitted_is_told_in_words()
    {
        NonlinearVectorAutoregression model = new(2, delays: 3, stride: 2);
        TimeSeries data = Noisy(60);
        Assert.StartsWith("3 delays 2 rows apart and a row to predict need 6 rows, found 5.", Refused(data.Slice(0, 5)));
        Assert.StartsWith("The model observes 2 variables, the series has 1.", Refused(data.Columns(0)));
        Assert.StartsWith("The data hold 1 infinite value, in row 1", Refused(new([0, 0, double.PositiveInfinity, .. new double[21]], 2)));
        Assert.StartsWith("There are no samples to fit", Refused(new([.. Enumerable.Repeat(double.NaN, 24)], 2)));
        Assert.StartsWith("A vector autoregression has no state but its data", Refused(data, new() { StateNoise = 0.1 }));
        Assert.StartsWith("The constant of a vector autoregression is one of its features", Refused(data, new() { Intercept = true }));
        Assert.StartsWith(
            "There is no series",
            Assert.Throws<ArgumentException>(() => VectorAutoregressionTraining.Fit(model, Array.Empty<TimeSeries>())).Message);
        Assert.Throws<OperationCanceledException>(() => VectorAutoregressionTraining.Fit(model, data, null, new(canceled: true)));
        Assert.Equal(0, model.ReadoutWeights.ToArray().Max(Math.Abs));

        string Refused(TimeSeries series, ReadoutOptions? options = null)
            => Assert.Throws<ArgumentException>(() => VectorAutoregressionTraining.Fit(model, series, options)).Message;
    }

    private static TimeSeries Noisy(int rows) => FreeRun.From(new Henon(), [0.1, 0.1], rows).WithNoise(0.1, seed: 5);

    private static void AssertWeights(double[] expected, NonlinearVectorAutoregression model, double tolerance = 1e-8)
    {
        Assert.Equal(expected.Length, model.ReadoutWeights.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], model.ReadoutWeights[i], tolerance);
    }
}
