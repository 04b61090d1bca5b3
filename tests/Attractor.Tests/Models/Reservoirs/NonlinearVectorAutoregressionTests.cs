using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Models.Reservoirs;

[Trait("Registers", "Any")]
public sealed class NonlinearVectorAutoregressionTests
{
    /// <summary>N, k, s, the orders, whether there is a constant.</summary>
    public static TheoryData<int, int, int, int[], bool> Models() => new()
    {
        { 1, 1, 1, [2], true },
        { 3, 2, 1, [2], true },
        { 2, 3, 2, [3], false },
        { 2, 2, 5, [2, 3, 5], true },
        { 9, 4, 1, [2], true },
        { 4, 2, 3, [], false },
    };

    [Theory]
    [InlineData(3, 2, true, new[] { 2 }, 28)]
    [InlineData(3, 2, false, new[] { 1, 2, 2 }, 27)]
    [InlineData(3, 2, true, new[] { 3 }, 1 + 6 + 56)]
    [InlineData(1, 4, true, new[] { 3, 2 }, 1 + 4 + 10 + 20)]
    [InlineData(2, 1, false, new[] { 16 }, 2 + 17)]
    [InlineData(5, 1, true, new int[0], 6)]
    public void There_are_as_many_features_as_monomials(int observed, int delays, bool constant, int[] orders, int expected)
    {
        NonlinearVectorAutoregression model = new(observed, delays, 2, orders, constant);
        Assert.Equal(expected, model.FeatureCount);
        Assert.Equal(expected, model.FeatureNames().Distinct().Count());
        Assert.Equal(observed * expected, model.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_feature_is_the_product_its_name_tells(int observed, int delays, int stride, int[] orders, bool constant)
    {
        NonlinearVectorAutoregression model = new(observed, delays, stride, orders, constant);
        double[] state = State(model), features = new double[model.FeatureCount];
        model.WriteFeatures(state, features);
        IReadOnlyList<string> names = model.FeatureNames();
        for (int f = 0; f < features.Length; f++)
        {
            double expected = 1;
            foreach (string factor in names[f] == "1" ? [] : names[f].Split(' '))
            {
                // Such as x2(t-3)^2.
                string[] parts = factor.Split('x', '(', ')', '^');
                int rows = parts[2] == "t" ? 0 : int.Parse(parts[2][2..]),
                    power = parts[3] == "" && parts.Length == 4 ? 1 : int.Parse(parts[^1]);
                expected *= Math.Pow(state[(rows * observed) + int.Parse(parts[1]) - 1], power);
            }
            Assert.Equal(expected, features[f], 1e-12);
        }
    }

    [Fact]
    public void Features_are_named_after_the_variables_and_the_rows_before()
    {
        NonlinearVectorAutoregression model = new(observed: 2, delays: 2, stride: 3);
        Assert.Equal(
            [
                "1", "u(t)", "v(t)", "u(t-3)", "v(t-3)", "u(t)^2", "u(t) v(t)", "u(t) u(t-3)", "u(t) v(t-3)", "v(t)^2", "v(t) u(t-3)",
                "v(t) v(t-3)", "u(t-3)^2", "u(t-3) v(t-3)", "v(t-3)^2"
            ],
            model.FeatureNames(["u", "v"]));
        Assert.StartsWith("Expected 2 names", Assert.Throws<ArgumentException>(() => model.FeatureNames(["u"])).Message);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_adds_the_readout_of_the_features_and_moves_the_history_on(
        int observed, int delays, int stride, int[] orders, bool constant)
    {
        NonlinearVectorAutoregression model = Drawn(observed, delays, stride, orders, constant);
        double[] state = State(model), next = new double[state.Length], features = new double[model.FeatureCount];
        model.Step(state, next);
        model.WriteFeatures(state, features);
        for (int n = 0; n < observed; n++)
        {
            double expected = state[n];
            for (int f = 0; f < features.Length; f++)
                expected += model.ReadoutWeights[(n * features.Length) + f] * features[f];
            Assert.Equal(expected, next[n], 1e-12);
        }
        Assert.Equal(state[..^observed], next[observed..]);
        model.Step(state, state);
        Assert.Equal(next, state);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_Jacobian_is_what_differences_approach(int observed, int delays, int stride, int[] orders, bool constant)
    {
        const double H = 1e-6;
        NonlinearVectorAutoregression model = Drawn(observed, delays, stride, orders, constant);
        int d = model.Dimension;
        double[] state = State(model), jacobian = new double[d * d], above = new double[d], below = new double[d];
        Array.Fill(jacobian, double.NaN);
        model.Jacobian(state, jacobian);
        for (int j = 0; j < d; j++)
        {
            double kept = state[j];
            state[j] = kept + H;
            model.Step(state, above);
            state[j] = kept - H;
            model.Step(state, below);
            state[j] = kept;
            for (int i = 0; i < d; i++)
                Assert.Equal((above[i] - below[i]) / (2 * H), jacobian[(i * d) + j], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Tangents_go_along_as_with_the_Jacobian(int observed, int delays, int stride, int[] orders, bool constant)
    {
        const int K = 5;
        NonlinearVectorAutoregression model = Drawn(observed, delays, stride, orders, constant);
        int d = model.Dimension;
        RandomStream random = new(3, "tangents");
        double[] state = State(model), jacobian = new double[d * d],
            expected = new double[d], vectors = new double[d * K], result = new double[d * K];
        foreach (ref double v in vectors.AsSpan())
            v = random.NextNormal();
        model.Jacobian(state, jacobian);
        model.Step(state, expected);
        model.StepTangent(state, state, vectors, result);
        for (int n = 0; n < d; n++)
            Assert.Equal(expected[n], state[n], 1e-14);
        for (int i = 0; i < d; i++)
            for (int c = 0; c < K; c++)
            {
                double sum = 0;
                for (int j = 0; j < d; j++)
                    sum += jacobian[(i * d) + j] * vectors[(j * K) + c];
                Assert.Equal(sum, result[(i * K) + c], 1e-12);
            }
    }

    [Fact]
    public void The_observation_is_the_newest_row_of_the_state()
    {
        IObservedMap model = Drawn(2, 3, 2, [2], true);
        Assert.Equal((4, 10), (model.WarmUp, model.Dimension));
        double[] state = new double[10], observed = new double[2], forced = new double[10], free = new double[10];
        model.InitialState([0.25, -0.5], state);
        for (int row = 0; row < 5; row++)
            Assert.Equal([0.25, -0.5], state[(2 * row)..((2 * row) + 2)]);

        double[] drawn = State((NonlinearVectorAutoregression)model);
        model.Observe(drawn, observed);
        Assert.Equal(drawn[..2], observed);
        model.Step(drawn, free);
        model.ForcedStep(drawn, observed, forced);
        Assert.Equal(free, forced);
        model.ForcedStep(drawn, [double.NaN, double.NaN], forced);
        Assert.Equal(free, forced);

        model.ForcedStep(drawn, [0.1, double.NaN], forced);
        double[] replaced = [0.1, .. drawn.AsSpan(1)];
        model.Step(replaced, free);
        Assert.Equal(free, forced);
        Assert.Equal(0.1, forced[2]);
    }

    [Fact]
    public void It_goes_on_from_the_rows_that_drove_it()
    {
        NonlinearVectorAutoregression model = Drawn(2, 3, 2, [2], true);
        TimeSeries data = new([.. Enumerable.Range(0, 40).Select(i => 0.3 * Math.Sin(i))], 2, dt: 0.5, ["a", "b"]);
        TimeSeries orbit = model.Generate(data, steps: 4, start: 3);
        Assert.Equal((4, 0.5, "b"), (orbit.Length, orbit.Dt, orbit.Names[1]));
        Assert.Equal(data.Row(7), orbit.Row(0));
        double[] state = [.. Enumerable.Range(0, 5).SelectMany(row => data.Row(7 - row).ToArray())];
        for (int t = 1; t < 4; t++)
        {
            model.Step(state, state);
            Assert.Equal(state.AsSpan(0, 2), orbit.Row(t));
        }
        Assert.Equal(
            "A warm-up of 4 steps from row 0 needs 5 rows, found 4. (Parameter 'from')",
            Assert.Throws<ArgumentException>(() => model.Generate(data.Slice(0, 4), 1)).Message);
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonlinearVectorAutoregression(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonlinearVectorAutoregression(1, delays: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonlinearVectorAutoregression(1, stride: 0));
        Assert.StartsWith("The orders of monomials are from 1 to 16, not 0.", Refused(() => new(1, orders: [0, 2])));
        Assert.StartsWith("The orders of monomials are from 1 to 16, not 17.", Refused(() => new(1, orders: [17])));
        Assert.StartsWith("100 variables at 2 delays have more than 20000 monomials of the orders 1, 2", Refused(() => new(100)));
        Assert.StartsWith(
            "2147483647 variables at 2147483647 delays have more", Refused(() => new(int.MaxValue, int.MaxValue, orders: [16])));
        Assert.StartsWith(
            "2 delays 2147483647 rows apart make a state of 2147483648 rows of 3 values", Refused(() => new(3, stride: int.MaxValue)));
        // 1 + 198 + 19,701; with 199 variables it would be 20,100.
        Assert.Equal(19_900, new NonlinearVectorAutoregression(198, delays: 1).FeatureCount);
        Refused(() => new(199, delays: 1));
        Assert.StartsWith(
            "Expected 3 x 28 weights, found 27.",
            Assert.Throws<ArgumentException>(() => new NonlinearVectorAutoregression(3).SetReadout(new double[27])).Message);
    }

    private static string Refused(Func<NonlinearVectorAutoregression> make) => Assert.Throws<ArgumentException>(make).Message;

    private static NonlinearVectorAutoregression Drawn(int observed, int delays, int stride, int[] orders, bool constant)
    {
        NonlinearVectorAutoregression model = new(observed, delays, stride, orders, constant);
        RandomStream random = new(1, "weights");
        model.SetReadout([.. Enumerable.Range(0, model.ParameterCount).Select(_ => 0.1 * random.NextNormal())]);
        return model;
    }

    private static double[] State(NonlinearVectorAutoregression model)
    {
        RandomStream random = new(2, "state");
        return [.. Enumerable.Range(0, model.Dimension).Select(_ => 0.5 * random.NextNormal())];
    }
}
