using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Systems;

/// <summary>Several states, and several runs, of one map at once beside one after the other.</summary>
public sealed class FreeRunsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Networks()
        => new(RecurrentModel.Kinds.Where(kind => !kind.StartsWith("test", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_state_is_stepped_as_by_itself(string kind)
    {
        RecurrentModel network = Network(kind);
        Standardization units = new([3, -1], [2, 0.5]);
        IObservedMap[] maps = [network, new StandardizedMap(network, units), StandardizedModel.Of(network, units)];
        foreach (IObservedMap map in maps)
            foreach (int count in new[] { 1, 2, 3, 8, 9, 21 })
            {
                double[] states = Numbers(count * map.Dimension), next = new double[states.Length], one = new double[map.Dimension];
                map.StepEach(states, next);
                for (int i = 0; i < count; i++)
                {
                    map.Step(states.AsSpan(i * map.Dimension, map.Dimension), one);
                    for (int j = 0; j < one.Length; j++)
                        Assert.Equal(one[j], next[(i * one.Length) + j], 1e-12 * Math.Max(1, Math.Abs(one[j])));
                }
                map.StepEach(states, states);
                Assert.Equal(next, states);
            }
    }

    [Fact]
    public void Parameters_that_change_are_seen()
    {
        RecurrentModel network = Network("shplrnn");
        double[] states = Numbers(5 * network.Dimension), before = new double[states.Length], after = new double[states.Length];
        network.StepEach(states, before);
        network.Parameters.Set("A", [0.1, 0.2, 0.3]);
        network.StepEach(states, after);
        Assert.NotEqual(before, after);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Runs_side_by_side_are_those_by_themselves(int dropped)
    {
        RecurrentModel network = Network("shplrnn");
        TimeSeries history = new(Numbers(2 * 40), 2);
        RunStart[] starts =
            [.. Enumerable.Range(0, 19).Select(i => RunStart.After(network, history, i)), RunStart.From(network, [0.3, -0.2])];
        TimeSeries[] expected =
            [.. Enumerable.Range(0, 19).Select(i => FreeRun.After(network, history, i, 6, dropped: dropped)),
                FreeRun.From(network, [0.3, -0.2], 6, dropped)];

        TimeSeries[] found = [.. FreeRuns.Of(starts, 6, dropped, Token)];

        Assert.Equal(expected.Length, found.Length);
        foreach ((TimeSeries alone, TimeSeries beside) in expected.Zip(found))
            Assert.All(alone.Values.ToArray().Zip(beside.Values.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-10));
    }

    /// <summary>x' = x^2: what begins beyond 1 is infinite before long, what begins within it goes to 0.</summary>
    [Fact]
    public void A_run_that_explodes_leaves_the_others_alone()
    {
        RunStart[] starts = [.. new[] { 0.5, 10, -0.5, -10 }.Select(x => RunStart.From(new Square(), [x]))];
        foreach (int dropped in new[] { 0, 4, 30 })
        {
            TimeSeries[] found = [.. FreeRuns.Of(Same(starts), 20, dropped, Token)];
            for (int i = 0; i < starts.Length; i++)
                Assert.Equal(FreeRun.From(new Square(), starts[i].Observation, 20, dropped).Values.ToArray(), found[i].Values.ToArray());
            Assert.Equal(double.NaN, found[1].Values[^1]);
            Assert.True(found[0].Values[^1] < 0.5);
        }
    }

    // Of one map, and with states of their own: a run moves its state on.
    private static IEnumerable<RunStart> Same(RunStart[] starts)
        => starts.Select(start => new RunStart(starts[0].Model, [.. start.State], start.Observation));

    private static RecurrentModel Network(string kind)
        => RecurrentModel.Create(kind, RecurrentModel.SizesOf(kind).ToDictionary(s => s, s => s switch
        {
            "observed" => 2,
            "latent" => kind == "lstm" ? 6 : 3,
            "hidden" => 7,
            "rectified" => 2,
            _ => 3,
        }), seed: 4);

    private static double[] Numbers(int count)
    {
        RandomStream random = new(2, "states");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    private sealed class Square : IObservedMap
    {
        public int Dimension => 1;

        public int Observed => 1;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => state[0] = observation[0];

        public void Step(ReadOnlySpan<double> state, Span<double> next) => next[0] = state[0] * state[0];

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => jacobian[0] = 2 * state[0];
    }
}
