using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;
using Attractor.Tests.Learning.Ridge;

namespace Attractor.Tests.Learning.Readouts;

[Trait("Registers", "Narrow")]
public sealed class ForceTrainingTests
{
    private const int Period = 120;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_closed_loop_a_network_learns_to_make_two_sines_on_its_own(int interval)
    {
        const int Free = 6 * Period;
        TimeSeries wave = Wave(40 * Period), target = wave.Slice(0, 34 * Period), ahead = wave.Slice(target.Length - 1, Free);
        EchoStateNetwork network = Feedback(200);

        ForceResult result = ForceTraining.Fit(network, [new(new(new double[target.Length], 1), target)], new() { Interval = interval });

        Assert.Equal((target.Length - 100) / interval, result.Updates);
        TimeSeries run = FreeRun.FromState(network, result.State, Free),
            warmed = network.Generate(wave, Free, start: 0, warmUp: 34 * Period - 1);
        Assert.InRange(Error(ahead, run), 0, 0.05 * 0.5);
        Assert.InRange(Error(ahead, warmed), 0, 0.05 * 0.5);
    }

    [Fact]
    public void In_closed_loop_the_output_from_before_the_update_is_fed_back()
    {
        const int Washout = 7, Interval = 4;
        TeachingSeries series = ReservoirDriveTests.Series(200, 1);
        Reservoir reservoir = ReservoirDriveTests.Draw("feedback");
        EchoStateNetwork network = new(reservoir, 3);
        RecursiveLeastSquares squares = new(reservoir.Units, 3, delta: 0.5, forgetting: 0.999);
        double[] r = new double[reservoir.Units], output = new double[3], fed = new double[3];
        double error = 0;
        for (int t = 0; t < 200; t++)
        {
            reservoir.Step(r, series.Inputs.Row(t), fed, r);
            squares.Predict(r, output);
            double[] y = series.Targets.Row(t).ToArray();
            if (t >= Washout && t % Interval == 0 && series.Weights![t] > 0 && !y.Any(double.IsNaN))
            {
                squares.Update(r, y, series.Weights[t]);
                error += Enumerable.Range(0, 3).Sum(k => Math.Pow(y[k] - output[k], 2));
            }
            for (int k = 0; k < 3; k++)
                fed[k] = t >= Washout ? output[k] : double.IsNaN(y[k]) ? fed[k] : y[k];
        }

        ForceResult result = ForceTraining.Fit(
            network, [series], new() { Delta = 0.5, Forgetting = 0.999, Washout = Washout, Interval = Interval });

        Assert.Equal(squares.Samples, result.Updates);
        Assert.InRange(result.Updates, 20, 40);
        RegressionProblem.AssertClose(squares.Weights.ToArray(), network.ReadoutWeights.ToArray(), 1e-12);
        Assert.Equal(1, result.MeanSquaredError / (error / (3 * squares.Samples)), 1e-12);
        Assert.Equal(r, result.State);
    }

    [Fact]
    public void With_teacher_forcing_it_is_ridge_regression_on_the_driven_states()
    {
        TeachingSeries[] series = [ReservoirDriveTests.Series(500, 1), ReservoirDriveTests.Series(300, 2)];
        foreach (string kind in new[] { "dense", "deep", "feedback", "feedback alone" })
        {
            EchoStateNetwork network = new(ReservoirDriveTests.Draw(kind), 3, new(Input: true, Constant: true, Squares: true));
            using RidgeStatistics statistics = SequentialStates.Statistics(network, series, new() { Washout = 60 });
            RidgeFit expected = RidgeRegression.Solve(statistics, 0.5);

            ForceResult result = ForceTraining.Fit(network, series, new() { ClosedLoop = false, Delta = 0.5, Washout = 60 });

            Assert.Equal(statistics.Samples, result.Updates);
            RegressionProblem.AssertClose(expected.Weights, network.ReadoutWeights.ToArray(), 1e-8);
            Assert.Equal(60, network.WarmUp);
            double[] last = SequentialStates.Of(network.Reservoir, series[1])[^1];
            Assert.Equal([.. last, .. series[1].Inputs.Row(299)[..network.Inputs]], result.State);
        }
    }

    [Fact]
    public void Without_feedback_there_is_no_loop_to_close()
    {
        double[] Weights(bool closed)
        {
            EchoStateNetwork network = new(ReservoirDriveTests.Draw("sparse"), 3);
            ForceTraining.Fit(network, [ReservoirDriveTests.Series(300, 1)], new() { ClosedLoop = closed });
            return network.ReadoutWeights.ToArray();
        }
        Assert.Equal(Weights(false), Weights(true));
    }

    [Fact]
    public void One_series_is_taught_to_predict_its_next_row()
    {
        TimeSeries wave = Wave(1000);
        EchoStateNetwork network = new(1, new() { Units = 60 }), paired = new(1, new() { Units = 60 });
        ForceResult result = ForceTraining.Fit(network, wave);
        ForceTraining.Fit(paired, [new(wave.Slice(0, 999), wave.Slice(1, 999))]);
        Assert.Equal(paired.ReadoutWeights, network.ReadoutWeights);
        Assert.Equal(899, result.Updates);
        Assert.True(result.MeanSquaredError < 0.01);
        Assert.Equal(wave[999, 0], FreeRun.FromState(network, result.State, 1)[0, 0], 0.05);
    }

    [Fact]
    public void Forgetting_lets_it_follow_a_wave_that_changes()
    {
        TimeSeries wave = new([.. Enumerable.Range(0, 4000).Select(t => Math.Sin((t < 2000 ? 0.1 : 0.37) * t))], 1);
        double Error(double forgetting)
        {
            EchoStateNetwork network = new(1, new() { Units = 10 });
            return ForceTraining.Fit(network, wave, new() { Forgetting = forgetting, Delta = 1e-3 }).MeanSquaredError;
        }
        Assert.True(Error(0.99) < 0.5 * Error(1));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        EchoStateNetwork network = Feedback(10);
        TimeSeries wave = Wave(50), two = new(new double[100], 2);
        string Refused(TeachingSeries series, ForceOptions? options = null)
            => Assert.Throws<ArgumentException>(() => ForceTraining.Fit(network, [series], options ?? new() { Washout = 1 })).Message;
        Assert.Contains("1 outputs, the targets 2", Refused(new(wave, two)));
        Assert.Contains("leaves nothing", Refused(new(wave, wave), new() { Washout = 50 }));
        Assert.Contains("washout must be", Refused(new(wave, wave), new() { Washout = -1 }));
        Assert.Contains("interval", Refused(new(wave, wave), new() { Interval = 0 }));
        Assert.Contains("delta", Refused(new(wave, wave), new() { Delta = 0 }));
        Assert.Contains("forgetting", Refused(new(wave, wave), new() { Forgetting = 1.5 }));
        Assert.Contains("no series", Assert.Throws<ArgumentException>(() => ForceTraining.Fit(network, [])).Message);
        EchoStateNetwork growing = new(
            new Reservoir(1, new() { Units = 5, Activation = Activation.Identity, SpectralRadius = 1e200, Leak = 1, Connectivity = 1 }), 1);
        Assert.Contains(
            "left the finite numbers at row",
            Assert.Throws<ArithmeticException>(() => ForceTraining.Fit(growing, wave, new() { Washout = 1 })).Message);
        Assert.All(growing.ReadoutWeights.ToArray(), w => Assert.Equal(0, w));
    }

    private static EchoStateNetwork Feedback(int units)
        => new(new Reservoir(
            0, new() { Units = units, SpectralRadius = 1.5, Leak = 0.1, BiasScale = 0.2, FeedbackScale = 0.5, Seed = 1 }, feedback: 1), 1);

    private static TimeSeries Wave(int rows)
        => new(
            [.. Enumerable.Range(0, rows).Select(t => Math.Sin(2 * Math.PI * t / Period) + (0.5 * Math.Sin(6 * Math.PI * t / Period)))], 1);

    private static double Error(TimeSeries expected, TimeSeries actual)
        => Math.Sqrt(Enumerable.Range(0, expected.Length).Average(t => Math.Pow(expected[t, 0] - actual[t, 0], 2)));
}
