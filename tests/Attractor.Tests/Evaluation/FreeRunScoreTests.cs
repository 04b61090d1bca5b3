using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class FreeRunScoreTests
{
    private static readonly (TimeSeries Data, IObservedMap System) s_lorenz = Lorenz();

    [Fact]
    public void The_system_itself_stays_and_what_ends_at_a_point_does_not()
    {
        FreeRunScore score = new(s_lorenz.Data) { LongStarts = 10, ShortStarts = 50 };
        Assert.Equal(0, score.ShareThatLeaves(s_lorenz.System));
        Assert.Equal(1, score.ShareThatLeaves(new ShallowPlrnn(3, 3, 4, seed: 1)));
    }

    [Fact]
    public void One_that_leaves_is_worse_than_any_that_stays_and_one_that_explodes_is_worse_still()
    {
        FreeRunScore score = new(s_lorenz.Data) { LongStarts = 4, LongSteps = 3000, ShortStarts = 4 };
        ShallowPlrnn point = new(3, 3, 4, seed: 1), explodes = new(3, 3, 4, seed: 1);
        explodes.Parameters.Set([.. explodes.Parameters.Values.ToArray().Select(p => 100 * p)]);
        double left = score.Of(point, double.PositiveInfinity, default);
        Assert.True(left > 100, $"{left}");
        Assert.True(score.Of(explodes, double.PositiveInfinity, default) >= 100);
        // What cannot beat the best is not tried for long: it costs nothing that it leaves.
        Assert.True(score.Of(point, 0, default) < left - 50);
    }

    [Fact]
    public void The_likeness_of_a_map_that_stays_is_the_divergence_of_four_runs_together_and_the_mean_of_their_spectra()
    {
        TimeSeries data = s_lorenz.Data;
        int rows = data.Length / 2;
        double[] all = [], spectra = [];
        foreach (int start in (int[])[0, 5000, 10_000, 15_000])
        {
            // From the row on, half as many again to forget it.
            TimeSeries orbit = FreeRun.After(s_lorenz.System, data, start, rows, dropped: rows / 2);
            all = [.. all, .. orbit.Values];
            spectra = [.. spectra, HellingerDistance.Between(data, orbit, new EvaluationOptions().SpectrumSmoothing)];
        }
        double expected = StateSpaceDivergence.Binned(data, new TimeSeries(all, 3)) + spectra.Average();
        // What cannot beat the limit is judged by its likeness alone.
        Assert.Equal(expected, new FreeRunScore(data).OfMap(s_lorenz.System, 0, default), 1e-9);
    }

    [Fact]
    public void Beside_noisy_data_a_system_that_is_given_their_noise_is_near()
    {
        double[] sigma = [.. Standardization.Of([s_lorenz.Data]).Scale.Select(s => 0.3 * s)];
        RandomStream random = new(3, "measurement noise");
        double[] values = [.. s_lorenz.Data.Values.ToArray().Select((v, i) => v + (sigma[i % 3] * random.NextNormal()))];
        JoinedTrials noisy = JoinedTrials.Of([new TimeSeries(values, 3)], FreeRunScore.MostRows);
        double Score(JoinedTrials data, IReadOnlyList<double> remaining)
            => FreeRunScore.Filled(data, remaining).OfMap(s_lorenz.System, 0, default);

        double clean = Score(JoinedTrials.Of([s_lorenz.Data], FreeRunScore.MostRows), []), given = Score(noisy, sigma);
        Assert.InRange(given, clean, 1);
        Assert.True(Score(noisy, []) > 3 * given, $"{Score(noisy, [])} {given} {clean}");
    }

    [Fact]
    public void A_map_that_explodes_pays_for_its_geometry_for_leaving_and_for_every_run()
        => Assert.Equal(
            300,
            new FreeRunScore(s_lorenz.Data.Slice(0, 4000)) { LongStarts = 2, ShortStarts = 2 }.OfMap(
                new Exploding(), double.PositiveInfinity, default));

    private sealed class Exploding : IObservedMap
    {
        public int Dimension => 3;

        public int Observed => 3;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

        public void Step(ReadOnlySpan<double> state, Span<double> next)
        {
            for (int i = 0; i < next.Length; i++)
                next[i] = 1e300 * (state[i] + 1e10);
        }

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => throw new NotSupportedException();
    }

    /// <summary>Ten variables that are three: a rotation into ten dimensions changes no distance, so neither the verdict.</summary>
    [Fact]
    public void More_variables_than_three_are_judged_by_their_leading_components()
    {
        TimeSeries data = s_lorenz.Data;
        double[] wide = new double[data.Length * 10];
        for (int t = 0; t < data.Length; t++)
            for (int i = 0; i < 10; i++)
                wide[(t * 10) + i] = (data[t, i % 3] * (1 + (0.1 * i))) + (1e-3 * Math.Sin(i + (1e3 * data[t, (i + 1) % 3])));
        FreeRunScore score = new(new TimeSeries(wide, 10)) { LongStarts = 4, LongSteps = 6000, ShortStarts = 4 };
        Assert.Equal(1, score.ShareThatLeaves(new ShallowPlrnn(10, 10, 4, seed: 1)));
        Assert.Equal(0, score.ShareThatLeaves(new Widened(s_lorenz.System)));
    }

    [Fact]
    public void Too_few_rows_gaps_and_constants_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FreeRunScore(s_lorenz.Data.Slice(0, 400)));
        double[] gap = s_lorenz.Data.Values.ToArray();
        gap[50] = double.NaN;
        Assert.Throws<ArgumentException>(() => new FreeRunScore(new TimeSeries(gap, 3)));
        Assert.Throws<ArgumentException>(() => new FreeRunScore(new TimeSeries(new double[3000], 3)));
    }

    /// <summary>
    /// A model with a history has its exponent after the row that it sets out from is taken in: a number, and the flow's.
    /// </summary>
    [Fact]
    public void The_exponent_of_a_model_with_a_history_is_a_number()
    {
        NonlinearVectorAutoregression model = new(observed: 3, delays: 2, stride: 1, orders: [2, 3]);
        VectorAutoregressionTraining.Fit(model, s_lorenz.Data, new() { Ridge = 1e-6 });
        double exponent = Reconstruction.Evaluate(
            model, s_lorenz.Data.Slice(0, 4000), new() { Scores = [new LyapunovScore()], LyapunovSteps = 20_000 }).Scores.Single().Value;
        Assert.Equal(0.906 * 0.02, exponent, 0.15 * 0.906 * 0.02);
    }

    // The system seen through the ten variables above.
    private sealed class Widened(IObservedMap system) : IObservedMap
    {
        public int Dimension => system.Dimension;

        public int Observed => 10;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation[..3].CopyTo(state);

        public void Observe(ReadOnlySpan<double> state, Span<double> observation)
        {
            for (int i = 0; i < 10; i++)
                observation[i] = state[i % 3] * (1 + (0.1 * i));
        }

        public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next) => Step(state, next);

        public void Step(ReadOnlySpan<double> state, Span<double> next) => system.Step(state, next);

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => system.Jacobian(state, jacobian);
    }

    private static (TimeSeries Data, IObservedMap System) Lorenz()
    {
        TimeSeries data = Lorenz63.Default.Simulate(20_000, 0.02).Standardize();
        return (data, new StandardizedMap(Lorenz63.Default.ToMap(0.02), data.Standardization!));
    }
}
