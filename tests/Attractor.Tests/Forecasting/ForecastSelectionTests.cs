using Attractor.Evaluation;
using Attractor.Forecasting;
using Attractor.Systems;

namespace Attractor.Tests.Forecasting;

/// <summary>Who forecasts, and whether it is right.</summary>
public sealed class ForecastSelectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_clean_chaotic_context_is_forecast_for_several_Lyapunov_times()
    {
        TimeSeries all = Lorenz63.Default.Simulate(4000, 0.02), context = all.Slice(0, 2000);
        Forecast forecast = Forecast.Of(context, 2000, cancellationToken: Token);
        Assert.NotEqual("persistence", forecast.Chosen);
        Assert.Equal((2000, 3, 0.02), (forecast.Orbit.Length, forecast.Orbit.Dimension, forecast.Orbit.Dt));
        Assert.Equal(context.Names, forecast.Orbit.Names);
        TimeSeries truth = all.Slice(2000, 2000);
        // A Lyapunov time is 55 rows.
        for (int t = 0; t < 300; t++)
            Assert.True(Math.Abs(forecast.Orbit[t, 0] - truth[t, 0]) < 1, $"row {t}");
        double divergence = StateSpaceDivergence.Between(truth, forecast.Orbit);
        Assert.True(divergence < 2.5, $"D_stsp {divergence}");
        Assert.True(forecast.ExpectedValidSteps > 250, $"{forecast.ExpectedValidSteps}");
        Assert.True(forecast.Verdict.Meets(VerdictKind.NearIt), forecast.Verdict.Sentence);
        Assert.Contains(forecast.Chosen, forecast.Why);
    }

    [Fact]
    public void The_candidates_come_with_the_best_first_and_all_that_were_asked()
    {
        Forecast forecast = Forecast.Of(Lorenz63.Default.Simulate(1000, 0.02), 100, cancellationToken: Token);
        Assert.Equal(ForecastCandidates.All.Select(c => c.Name).Order(), forecast.Candidates.Select(c => c.Name).Order());
        Assert.Equal(forecast.Candidates.Select(c => c.Score).Order(), forecast.Candidates.Select(c => c.Score));
        Assert.Equal(forecast.Candidates[0].Name, forecast.Chosen);
        ForecastCandidateScore persistence = forecast.Candidates.Single(c => c.Name == "persistence");
        Assert.True(forecast.Candidates[0].Error < persistence.Error / 100);
    }

    /// <summary>A rotation is linear: x_{t+1} = R x_t.</summary>
    [Fact]
    public void A_rotation_is_forecast_exactly_by_a_linear_map()
    {
        double[] values = [.. Enumerable.Range(0, 600).SelectMany(t => new[] { 3 + Math.Cos(0.1 * t), 5 * Math.Sin(0.1 * t) })];
        ForecastOptions linear = new() { Candidates = [ForecastCandidates.Find("linear")] };
        Forecast forecast = Forecast.Of(new(values, 2), 200, linear, Token);
        for (int t = 0; t < 200; t++)
        {
            Assert.Equal(3 + Math.Cos(0.1 * (600 + t)), forecast.Orbit[t, 0], 1e-3);
            Assert.Equal(5 * Math.Sin(0.1 * (600 + t)), forecast.Orbit[t, 1], 5e-3);
        }
    }

    [Fact]
    public void The_same_context_gives_the_same_bits()
    {
        TimeSeries context = Roessler.Default.Simulate(800, 0.1).WithNoise(0.02, 3);
        Assert.Equal(
            Forecast.Of(context, 300, cancellationToken: Token).Orbit.Values.ToArray(),
            Forecast.Of(context, 300, cancellationToken: Token).Orbit.Values.ToArray());
    }

    [Fact]
    public void Units_do_not_matter()
    {
        TimeSeries context = Lorenz63.Default.Simulate(1000, 0.02);
        TimeSeries other = new([.. context.Values.ToArray().Select((x, i) => (x * (1 << (i % 3))) + 1000)], 3, 0.02, context.Names);
        Forecast one = Forecast.Of(context, 50, cancellationToken: Token), two = Forecast.Of(other, 50, cancellationToken: Token);
        for (int i = 0; i < 150; i++)
            Assert.Equal((one.Orbit.Values[i] * (1 << (i % 3))) + 1000, two.Orbit.Values[i], 0.05);
    }

    [Fact]
    public void What_grows_beyond_the_context_is_passed_over_for_what_stays()
    {
        ForecastOptions options = new() { Candidates = [new Fixed("growing", 1.01), new Fixed("still", 1)] };
        Forecast forecast = Forecast.Of(Lorenz63.Default.Simulate(500, 0.02), 2000, options, Token);
        Assert.Equal("still", forecast.Chosen);
        ForecastCandidateScore growing = forecast.Candidates.Single(c => c.Name == "growing");
        Assert.False(growing.Stays);
        Assert.Contains("leave the region", growing.Failure);
    }

    [Fact]
    public void Where_nothing_stays_it_is_said_why()
    {
        ForecastOptions options = new() { Candidates = [new Fixed("growing", 1.01)] };
        ArithmeticException e = Assert.Throws<ArithmeticException>(
            () => Forecast.Of(Lorenz63.Default.Simulate(500, 0.02), 2000, options, Token));
        Assert.Contains("growing: its free runs leave the region", e.Message);
    }

    [Fact]
    public void A_candidate_that_cannot_take_part_says_so_and_does_no_harm()
    {
        ForecastOptions options = new() { Candidates = [.. ForecastCandidates.All, new Refusing()] };
        Forecast forecast = Forecast.Of(Lorenz63.Default.Simulate(300, 0.02), 20, options, Token);
        Assert.Equal("it never does", forecast.Candidates.Single(c => c.Name == "refusing").Failure);
        Assert.Equal("refusing", forecast.Candidates[^1].Name);
    }

    [Fact]
    public void A_name_that_nobody_has_is_named_with_the_nearest()
        => Assert.Contains("did you mean ngrc", Assert.Throws<ArgumentException>(() => ForecastCandidates.Find("ngr")).Message);

    [Fact]
    public void Bad_contexts_are_named()
    {
        TimeSeries context = Lorenz63.Default.Simulate(200, 0.02);
        Assert.Contains("50 rows", Assert.Throws<ArgumentException>(() => Forecast.Of(context.Slice(0, 49), 10)).Message);
        double[] constant = [.. context.Values.ToArray().Select((x, i) => i % 3 == 1 ? 5 : x)];
        Assert.Contains("'y'", Assert.Throws<InvalidDataException>(() => Forecast.Of(new(constant, 3, 1, context.Names), 10)).Message);
        double[] infinite = context.Values.ToArray();
        infinite[10] = double.PositiveInfinity;
        Assert.Contains("infinite", Assert.Throws<ArgumentException>(() => Forecast.Of(new(infinite, 3), 10)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast.Of(context, 0));
        Assert.Throws<ArgumentException>(() => Forecast.Of(context, 1, new() { Coverage = 1 }));
        Assert.Throws<ArgumentException>(() => Forecast.Of(context, 1, new() { Candidates = [] }));
    }

    /// <summary>x_{t+1} = c x_t.</summary>
    private sealed class Fixed(string name, double factor) : ForecastCandidate
    {
        public override string Name => name;

        public override string Description => "a guest";

        public override IReadOnlyList<IForecaster?> Fit(
            IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
            => [new Growing(factor)];
    }

    private sealed class Growing(double factor) : IForecaster
    {
        public int WarmUp => 0;

        public double StepCost => 1;

        public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
        {
            double[] last = history.Row(history.Length - 1).ToArray();
            return new(
                [.. Enumerable.Range(1, steps).SelectMany(t => last.Select(x => x * Math.Pow(factor, t)))], last.Length, history.Dt);
        }
    }

    private sealed class Refusing : ForecastCandidate
    {
        public override string Name => "refusing";

        public override string Description => "a guest";

        public override string? WhyNot(ForecastContext context) => "it never does";

        public override IReadOnlyList<IForecaster?> Fit(
            IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
            => throw new InvalidOperationException();
    }
}
