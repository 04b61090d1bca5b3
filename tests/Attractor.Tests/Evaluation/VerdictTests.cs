using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;
using Logistic = Attractor.Systems.Logistic;

namespace Attractor.Tests.Evaluation;

public sealed class VerdictTests
{
    private static readonly TimeSeries s_lorenz = Lorenz63.Default.Simulate(20_000, 0.02).Standardize();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_system_itself_is_on_its_attractor()
    {
        Verdict verdict = Of(new StandardizedMap(Lorenz63.Default.ToMap(0.02), s_lorenz.Standardization!), s_lorenz);
        Assert.StartsWith("on the attractor: all of", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.OnTheAttractor, verdict.Kind);
        Assert.Equal("on the attractor", verdict.Name);
        Assert.StartsWith("on the attractor: all of", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, verdict.ShareThatLeaves);
        Assert.True(verdict.Meets(VerdictKind.OnTheAttractor) && verdict.Meets(VerdictKind.NearIt));
        Assert.Equal("", verdict.Advice);
    }

    [Fact]
    public void What_goes_elsewhere_has_left_for_another_region()
        => Assert.Equal(
            VerdictKind.LeftIt,
            Of(new Noise(new([.. GaussianSurrogate.Of(s_lorenz).Values.ToArray().Select(x => x + 20)], 3)), s_lorenz).Kind);

    /// <summary>No recording shows what lies in the eye of a wing, and every long orbit of a model that has noise comes there.</summary>
    [Fact]
    public void What_catches_a_few_runs_for_good_is_no_model_on_the_attractor()
    {
        TimeSeries data = Lorenz63.Default.Simulate(20_000, 0.02);
        double nearest = Enumerable.Range(0, data.Length).Min(t => LorenzWithATrap.Distance(data.Row(t)));
        Assert.True(nearest > 1);

        Verdict verdict = Of(new LorenzWithATrap(0.9 * nearest), data);

        Assert.Equal(VerdictKind.NearIt, verdict.Kind);
        Assert.InRange(verdict.ShareThatLeaves, 1e-3, 0.05);
        Assert.Matches(@"^(\d+) of 163 free runs leave the attractor, \1 of them for good, and 0 of the 13 long ones; ", verdict.Reason);
        Assert.Equal(VerdictKind.OnTheAttractor, Of(new LorenzWithATrap(0), data).Kind);
    }

    /// <summary>Data that do not cover the attractor do not speak against a model that does.</summary>
    [Theory]
    [InlineData(500, false)]
    [InlineData(1000, false)]
    [InlineData(2000, false)]
    [InlineData(5000, true)]
    [InlineData(100_000, true)]
    public void The_system_itself_is_never_said_to_leave(int rows, bool enough)
    {
        VerdictKind kind = Of(Lorenz63.Default.ToMap(0.01), Lorenz63.Default.Simulate(rows, 0.01, seed: 1)).Kind;
        Assert.True(kind is VerdictKind.OnTheAttractor || (!enough && kind is VerdictKind.NearIt or VerdictKind.NotEnoughData), $"{kind}");
    }

    /// <summary>Other Lorenz attractors, of r = 30 and 31 in place of 28: the same region, another geometry.</summary>
    [Theory]
    [InlineData(30, VerdictKind.NearIt, "near it")]
    [InlineData(31, VerdictKind.FarFromIt, "far from it")]
    public void A_system_of_other_parameters_is_near_it_or_far_from_it(double rho, VerdictKind expected, string name)
    {
        FlowMap other = (Lorenz63.Default with { Rho = rho }).ToMap(0.02);
        Verdict verdict = Of(new StandardizedMap(other, s_lorenz.Standardization!), s_lorenz);
        Assert.StartsWith($"{name}: ", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal((expected, expected is VerdictKind.NearIt), (verdict.Kind, verdict.Meets(VerdictKind.NearIt)));
        Assert.NotEqual("", verdict.Advice);
    }

    /// <summary>What short runs do not show a long one may: the scores that are printed are never better than the verdict.</summary>
    [Theory]
    [InlineData(0.9, 0.05, VerdictKind.OnTheAttractor)]
    [InlineData(0.9, 0.2, VerdictKind.NearIt)]
    [InlineData(1.5, 0.05, VerdictKind.NearIt)]
    [InlineData(3.1, 0.05, VerdictKind.NearIt)]
    [InlineData(3.2, 0.05, VerdictKind.FarFromIt)]
    [InlineData(7.6, 0.05, VerdictKind.NoBetterThanSurrogate)]
    [InlineData(double.NaN, 0.05, VerdictKind.NoBetterThanSurrogate)]
    public void A_scored_run_takes_back_what_it_does_not_bear_out(double divergence, double spectrum, VerdictKind expected)
    {
        Verdict short_ = Of(new StandardizedMap(Lorenz63.Default.ToMap(0.02), s_lorenz.Standardization!), s_lorenz);
        Assert.Equal(VerdictKind.OnTheAttractor, short_.Kind);
        // Twice the floor is 1, (floor ceiling^2)^(1/3) 3.17, a tenth short of the ceiling 7.25.
        Verdict both = short_.Beside(Scored(divergence, spectrum, finite: true));
        Assert.Equal(expected, both.Kind);
        Assert.EndsWith(short_.Reason, both.Reason, StringComparison.Ordinal);
        Assert.Equal(expected is VerdictKind.OnTheAttractor, both.Reason == short_.Reason);
        Assert.Equal(VerdictKind.Diverged, short_.Beside(Scored(divergence, spectrum, finite: false)).Kind);
    }

    private static ModelEvaluation Scored(double divergence, double spectrum, bool finite) => new()
    {
        Scores =
        [
            new("d_stsp", "State-space divergence", "D_stsp", divergence, 0.5, "") { Ceiling = 8 },
            new("d_hellinger", "Hellinger distance", "D_H", spectrum, 0.05, "") { Ceiling = 0.9 },
        ],
        PredictionSteps = 20,
        Finite = finite,
        Generated = s_lorenz,
    };

    [Fact]
    public void What_ends_at_a_point_has_left_for_a_fixed_point()
    {
        Assert.Equal(VerdictKind.LeftItForFixedPoint, Of(new ClippedShallowPlrnn(3, 3, 4, seed: 1), s_lorenz).Kind);
        Verdict persistence = Of(new Persistence(3), s_lorenz);
        Assert.Equal("left it for a fixed point", persistence.Name);
        Assert.NotEqual("", persistence.Advice);
        Assert.Equal(1, persistence.ShareThatLeaves);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    public void A_ring_of_many_variables_is_on_its_attractor_and_noise_is_not(int variables)
    {
        TimeSeries data = new Lorenz96(variables).Simulate(5000, 0.05, seed: 1);
        Assert.StartsWith("on the attractor", Of(new Lorenz96(variables).ToMap(0.05), data).Sentence, StringComparison.Ordinal);
        Assert.False(Of(new Noise(GaussianSurrogate.Of(data)), data).Meets(VerdictKind.NearIt));
    }

    /// <summary>r = 3.5 has a stable cycle of order 4, r = 4 the data are chaotic.</summary>
    [Fact]
    public void What_ends_on_a_cycle_says_of_which_order()
    {
        TimeSeries chaos = FreeRun.From(new Logistic(4), [0.3], 5000, dropped: 100, cancellationToken: Token);
        Verdict verdict = Of(new Logistic(3.5), chaos);
        Assert.Equal((VerdictKind.LeftItForCycle, 4), (verdict.Kind, verdict.CycleOrder));
        Assert.Equal("left it for a cycle of order 4", verdict.Name);
        Assert.Equal(VerdictKind.OnTheAttractor, Of(new Logistic(4), chaos).Kind);
    }

    [Fact]
    public void What_explodes_has_diverged_on_many_rows_and_on_few()
    {
        TimeSeries chaos = FreeRun.From(new Logistic(4), [0.3], 5000, dropped: 100, cancellationToken: Token);
        Assert.Equal(VerdictKind.Diverged, Of(new Logistic(50), chaos).Kind);
        Assert.Equal(VerdictKind.Diverged, Of(new Logistic(50), chaos.Slice(0, 30)).Kind);
        // It grows without an end, whether or not the numbers do.
        Assert.Equal(VerdictKind.Diverged, Of(new ShallowPlrnn(3, 3, 4, seed: 1), s_lorenz).Kind);
        Assert.Equal(VerdictKind.LeftItForFixedPoint, Of(new Logistic(2.5), chaos.Slice(0, 30)).Kind);
        Verdict few = Of(new Logistic(4), chaos.Slice(0, 30));
        Assert.Equal(VerdictKind.NotEnoughData, few.Kind);
        Assert.Equal(VerdictKind.Diverged, few.Beside(Scored(double.NaN, 0.9, finite: false)).Kind);
    }

    /// <summary>Noise with the covariance of the data visits what the attractor leaves out.</summary>
    [Fact]
    public void Noise_is_no_better_than_a_surrogate()
    {
        Verdict verdict = Of(new Noise(GaussianSurrogate.Of(s_lorenz)), s_lorenz);
        Assert.StartsWith("no better than a phase-randomised surrogate", verdict.Sentence, StringComparison.Ordinal);
        Assert.False(verdict.Meets(VerdictKind.NearIt));
    }

    /// <summary>
    /// A ring around one wing that the orbit falls into once in a hundred thousand steps: four runs look as those of the system.
    /// </summary>
    [Fact]
    public void What_falls_late_into_a_ring_within_the_attractor_has_left_it()
    {
        StandardizedMap system = new(Lorenz63.Default.ToMap(0.02), s_lorenz.Standardization!);
        Verdict verdict = Of(new LateRing(system, s_lorenz.Row(12_345).ToArray(), 0.007), s_lorenz);
        Assert.StartsWith("left it for another region: for a part of it", verdict.Sentence, StringComparison.Ordinal);
        Assert.InRange(verdict.ShareThatLeaves, 0.02, 0.3);
        Assert.Equal(VerdictKind.OnTheAttractor, Of(new LateRing(system, s_lorenz.Row(12_345).ToArray(), 0), s_lorenz).Kind);
    }

    /// <summary>Five independent normal variables have no geometry that another draw would not have.</summary>
    [Fact]
    public void Data_without_geometry_tell_nothing()
    {
        TimeSeries noise = GaussianSurrogate.Of(new Lorenz96(5).Simulate(2000, 0.05));
        Assert.StartsWith("not enough data", Of(new Noise(GaussianSurrogate.Of(noise, 5)), noise).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_stretch_without_gaps_serves()
    {
        double[] values = s_lorenz.Values.ToArray();
        values[3 * 2000] = double.NaN;
        StandardizedMap system = new(Lorenz63.Default.ToMap(0.02), s_lorenz.Standardization!);
        Assert.Equal(Of(system, s_lorenz.Slice(2001, 17_999)), Of(system, new(values, 3)));
    }

    [Fact]
    public void Another_number_of_variables_is_refused()
        => Assert.Contains("observes 2", Assert.Throws<ArgumentException>(() => Of(new Persistence(2), s_lorenz)).Message);

    private static Verdict Of(IObservedMap model, TimeSeries data) => Verdict.Of(model, data, Token);

    // A system that goes round a ring for ever once it came near a point; its last state is the angle, 0 before that.
    private sealed class LateRing(StandardizedMap system, double[] trap, double width) : IObservedMap
    {
        public int Dimension => system.Dimension + 1;

        public int Observed => system.Dimension;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
        {
            observation.CopyTo(state);
            state[^1] = 0;
        }

        public void Step(ReadOnlySpan<double> state, Span<double> next)
        {
            double angle = state[^1];
            if (angle == 0)
            {
                system.Step(state[..^1], next[..^1]);
                bool near = true;
                for (int n = 0; n < trap.Length; n++)
                    near &= Math.Abs(next[n] - trap[n]) < width;
                next[^1] = near ? 1 : 0;
                return;
            }
            (next[0], next[1], next[2], next[^1]) = (0.9 + (0.3 * Math.Cos(angle)), 0.9 + (0.3 * Math.Sin(angle)), 0.2, angle + 0.1);
        }

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => throw new NotSupportedException();
    }

    // A map whose state is a place in a list of rows.
    // Lorenz-63, but for a ball within a wing: who comes into it goes around its middle for good, by an angle that closes no cycle.
    private sealed class LorenzWithATrap(double radius) : IObservedMap
    {
        private static readonly FlowMap s_flow = Lorenz63.Default.ToMap(0.02);
        private static readonly double[] s_middle = [Math.Sqrt(72), Math.Sqrt(72), 27];

        public int Dimension => 3;

        public int Observed => 3;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

        public void Step(ReadOnlySpan<double> state, Span<double> next)
        {
            (double x, double y, double z) = (state[0] - s_middle[0], state[1] - s_middle[1], state[2] - s_middle[2]);
            if ((x * x) + (y * y) + (z * z) > radius * radius)
                s_flow.Step(state, next);
            else
                (next[0], next[1], next[2]) =
                    (s_middle[0] + (Math.Cos(1) * x) - (Math.Sin(1) * y), s_middle[1] + (Math.Sin(1) * x) + (Math.Cos(1) * y), state[2]);
        }

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => s_flow.Jacobian(state, jacobian);

        public static double Distance(ReadOnlySpan<double> row)
            => Math.Sqrt(Enumerable.Range(0, 3).Select(n => s_middle[n]).Zip(row.ToArray(), (m, x) => (m - x) * (m - x)).Sum());
    }

    private sealed class Noise(TimeSeries rows) : IObservedMap
    {
        public int Dimension => 1;

        public int Observed => rows.Dimension;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
            => state[0] = new RandomStream((ulong)BitConverter.DoubleToInt64Bits(observation[0]), "place").NextInt64(rows.Length);

        public void Observe(ReadOnlySpan<double> state, Span<double> observation) => rows.Row((int)state[0]).CopyTo(observation);

        public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next) => Step(state, next);

        public void Step(ReadOnlySpan<double> state, Span<double> next) => next[0] = (state[0] + 1) % rows.Length;

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => jacobian[0] = 1;
    }
}
