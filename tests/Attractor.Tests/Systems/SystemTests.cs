using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Tests.Systems;

public sealed class SystemTests
{
    public static TheoryData<OrdinaryDifferentialEquation> Equations => [Lorenz63.Default, new Lorenz96(7, 6), Roessler.Default];

    public static TheoryData<IObservedMap> Maps =>
    [
        new Henon(), new Logistic(3.7), Lorenz63.Default.ToMap(0.05), new Lorenz96(5).ToMap(0.02, new RungeKutta4(3)),
        Roessler.Default.ToMap(0.5, new DormandPrince54()),
        new StandardizedMap(Lorenz63.Default.ToMap(), new([0.1, -0.2, 23], [8, 9, 8.6])),
    ];

    [Theory]
    [MemberData(nameof(Equations))]
    public void The_Jacobian_is_the_derivative_of_the_field(OrdinaryDifferentialEquation equation)
    {
        int d = equation.Dimension;
        double[] x = equation.Simulate(1, transient: 100).Row(0).ToArray(), jacobian = [.. Enumerable.Repeat(double.NaN, d * d)];
        equation.Jacobian(x, jacobian);
        AssertDerivative(equation.Derivative, x, jacobian, 1e-7);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_Jacobian_of_a_map_is_the_derivative_of_its_step(IObservedMap map)
    {
        double[] x = State(map), jacobian = new double[map.Dimension * map.Dimension];
        map.Jacobian(x, jacobian);
        AssertDerivative(map.Step, x, jacobian, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Tangent_vectors_move_by_the_Jacobian_and_the_state_by_the_step(IObservedMap map)
    {
        int d = map.Dimension;
        const int k = 2;
        double[] x = State(map), expected = new double[d], jacobian = new double[d * d];
        double[] vectors = [.. Enumerable.Range(0, d * k).Select(i => Math.Sin(i + 1))], moved = new double[d * k];
        map.Step(x, expected);
        map.Jacobian(x, jacobian);
        double[] inPlace = [.. x];
        map.StepTangent(inPlace, inPlace, vectors, moved);
        Assert.Equal(expected, inPlace);
        for (int i = 0; i < d; i++)
            for (int c = 0; c < k; c++)
                Assert.Equal(Enumerable.Range(0, d).Sum(j => jacobian[(i * d) + j] * vectors[(j * k) + c]), moved[(i * k) + c], 1e-9);
        map.Step(x, x);
        Assert.Equal(expected, x);
    }

    [Fact]
    public void A_simulation_has_the_time_step_the_names_and_the_map_of_its_system()
    {
        TimeSeries series = Lorenz63.Default.Simulate(steps: 50, dt: 0.02);
        Assert.Equal((50, 3, 0.02), (series.Length, series.Dimension, series.Dt));
        Assert.Equal(["x", "y", "z"], series.Names);
        double[] state = series.Row(10).ToArray();
        Lorenz63.Default.ToMap(0.02).Step(state, state);
        Assert.Equal(state, series.Row(11).ToArray());
    }

    [Fact]
    public void Row_zero_is_the_initial_state_or_the_end_of_the_transient()
    {
        double[] initial = [1, 2, 3];
        TimeSeries whole = Lorenz63.Default.Simulate(30, initial: initial);
        Assert.Equal(initial, whole.Row(0).ToArray());
        Assert.Equal(whole.Row(20).ToArray(), Lorenz63.Default.Simulate(5, transient: 20, initial: initial).Row(0).ToArray());
    }

    [Fact]
    public void Seeds_make_recordings_that_repeat_and_differ()
    {
        Assert.Equal(Lorenz63.Default.Simulate(10, seed: 1).Values, Lorenz63.Default.Simulate(10, seed: 1).Values);
        Assert.NotEqual(Lorenz63.Default.Simulate(10, seed: 1)[0, 0], Lorenz63.Default.Simulate(10, seed: 2)[0, 0], 1e-3);
    }

    [Fact]
    public void The_recorded_attractors_have_the_known_extent()
    {
        TimeSeries lorenz = Lorenz63.Default.Simulate(50_000);
        Assert.Equal(23.55, lorenz.Column(2).Average(), 0.2);
        Assert.InRange(lorenz.Column(0).Max(), 17, 20.5);
        Assert.Equal(2.34, new Lorenz96().Simulate(4000).Values.ToArray().Average(), 0.1);
        Assert.InRange(Roessler.Default.Simulate(20_000).Column(2).Max(), 20, 24);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_reason()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Lorenz63.Default.Simulate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lorenz63.Default.Simulate(10, dt: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lorenz63.Default.Simulate(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lorenz96(3));
        Assert.Contains("3 finite values", Assert.Throws<ArgumentException>(() => Lorenz63.Default.Simulate(10, initial: [1, 2])).Message);
        Assert.Contains(
            "lorenz63 left the finite numbers", Assert.Throws<ArithmeticException>(() => Lorenz63.Default.Simulate(100, dt: 1)).Message);
        Assert.Throws<ArgumentException>(() => new StandardizedMap(new Henon(), new([0, 0], [1, 0])));
        Assert.Throws<ArgumentException>(() => new StandardizedMap(new Henon(), new([0], [1])));
    }

    [Theory]
    [InlineData("lorenz63", "lorenz63")]
    [InlineData("Lorenz96", "lorenz96")]
    [InlineData("r\u00F6ssler", "roessler")]
    [InlineData("ROESSLER", "roessler")]
    public void Systems_are_found_by_name(string name, string found) => Assert.Equal(found, KnownSystems.Get(name).Name);

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest()
    {
        Assert.Contains("did you mean 'lorenz63'?", Assert.Throws<ArgumentException>(() => KnownSystems.Get("lorentz63")).Message);
        Assert.DoesNotContain(
            "did you mean", Assert.Throws<ArgumentException>(() => KnownSystems.Get("a completely different thing")).Message);
    }

    [Fact]
    public void A_standardized_map_runs_the_same_orbit_in_other_units()
    {
        Standardization units = new([1, -2, 25], [8, 9, 7]);
        StandardizedMap map = new(Lorenz63.Default.ToMap(), units);
        double[] own = [3, 4, 20], standard = [(3 - 1) / 8.0, (4 + 2) / 9.0, (20 - 25) / 7.0];
        map.InitialState([.. standard], standard);
        for (int t = 0; t < 100; t++)
        {
            Lorenz63.Default.ToMap().Step(own, own);
            map.Step(standard, standard);
        }
        for (int i = 0; i < 3; i++)
            Assert.Equal(own[i], units.Mean[i] + (units.Scale[i] * standard[i]), 1e-10);
    }

    private delegate void Field(ReadOnlySpan<double> state, Span<double> result);

    private static double[] State(IObservedMap map)
    {
        double[] state = [.. Enumerable.Range(0, map.Dimension).Select(i => 0.3 + (0.1 * i))];
        for (int t = 0; t < 3; t++)
            map.Step(state, state);
        return state;
    }

    private static void AssertDerivative(Field field, double[] x, double[] jacobian, double tolerance)
    {
        int d = x.Length;
        const double h = 1e-5;
        double scale = jacobian.Max(Math.Abs);
        double[] above = new double[d], below = new double[d];
        for (int j = 0; j < d; j++)
        {
            double[] moved = [.. x];
            moved[j] = x[j] + h;
            field(moved, above);
            moved[j] = x[j] - h;
            field(moved, below);
            for (int i = 0; i < d; i++)
                Assert.Equal((above[i] - below[i]) / (2 * h), jacobian[(i * d) + j], tolerance * Math.Max(1, scale));
        }
    }
}
