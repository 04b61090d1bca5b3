using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics;

public sealed class LyapunovTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_linear_map_has_the_logarithms_of_its_eigenvalue_moduli()
    {
        // Eigenvalues 2 (in a skewed basis), a complex pair of modulus 0.9, and 0.1.
        LinearMap map = new(
            4, [2, 1, 0, 3, 0, 0.9 * Math.Cos(1), -0.9 * Math.Sin(1), 0, 0, 0.9 * Math.Sin(1), 0.9 * Math.Cos(1), 1, 0, 0, 0, 0.1]);
        double[] spectrum = Lyapunov.Spectrum(map, new double[4], 4000, cancellationToken: Token);
        AssertClose([Math.Log(2), Math.Log(0.9), Math.Log(0.9), Math.Log(0.1)], spectrum, 1e-3);
        Assert.Equal(Math.Log(2 * 0.81 * 0.1), spectrum.Sum(), 1e-11);
        Assert.Equal(Math.Log(2), Lyapunov.Maximum(map, new double[4], 1000, cancellationToken: Token), 1e-12);
    }

    [Fact]
    public void A_coordinate_axis_that_is_invariant_does_not_trap_the_vectors()
    {
        LinearMap map = new(2, [0.5, 0, 0, 0.8]);
        AssertClose([Math.Log(0.8), Math.Log(0.5)], Lyapunov.Spectrum(map, new double[2], 1000, cancellationToken: Token), 1e-12);
    }

    [Fact]
    public void Real_eigenvalues_are_found_to_ten_digits()
    {
        // Diagonal in the basis of a fixed matrix: S diag(3, 1.5, 0.5, -0.25) S^-1, worked out by hand for a triangular S.
        LinearMap map = new(4, [3, -1.5, 0, 0.5, 0, 1.5, -1, 0, 0, 0, 0.5, 0.75, 0, 0, 0, -0.25]);
        AssertClose(
            [Math.Log(3), Math.Log(1.5), Math.Log(0.5), Math.Log(0.25)],
            Lyapunov.Spectrum(map, new double[4], 2000, cancellationToken: Token), 1e-10);
    }

    [Fact]
    public void A_decaying_linear_flow_has_its_rates_to_ten_digits()
    {
        FlowMap flow = new(new LinearFlow(0.25, -0.5, -2, -30), 0.01, new RungeKutta4(300));
        double[] spectrum = PerTime(Lyapunov.Spectrum(flow, [1e-9, 1, 1, 1], 200, transient: 2000, cancellationToken: Token), 0.01);
        AssertClose([0.25, -0.5, -2, -30], spectrum, 1e-10);
    }

    [Fact]
    public void Henon_has_the_known_exponents_and_the_exact_sum()
    {
        LyapunovSpectrum spectrum = Lyapunov.Estimate(new Henon(), [0.1, 0.1], 200_000, cancellationToken: Token);
        Assert.Equal(0.4192, spectrum.Exponents[0], 2e-3);
        Assert.Equal(Math.Log(0.3), spectrum.Exponents.Sum(), 1e-10);
        Assert.InRange(spectrum.StandardErrors[0], 1e-5, 2e-3);
        Assert.Equal(1.2583, Lyapunov.KaplanYorkeDimension(spectrum.Exponents), 2e-3);
    }

    [Fact]
    public void The_logistic_map_at_4_doubles_displacements()
        => Assert.Equal(Math.Log(2), Lyapunov.Maximum(new Logistic(), [0.2345], 200_000, cancellationToken: Token), 1e-3);

    [Fact]
    public void Lorenz_63_has_the_known_exponents_one_of_them_zero_and_the_exact_trace()
    {
        double[] spectrum = PerTime(
            Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.02, new DormandPrince54(1e-9, 1e-9)), 500_000, cancellationToken: Token), 0.02);
        Assert.Equal(0.9056, spectrum[0], 0.005 * 0.9056);
        Assert.Equal(0, spectrum[1], 5e-4);
        Assert.Equal(-14.572, spectrum[2], 0.005 * 14.572);
        Assert.Equal(-(10 + 1 + (8.0 / 3)), spectrum.Sum(), 1e-6);
        Assert.Equal(2.062, Lyapunov.KaplanYorkeDimension(spectrum), 1e-3);
    }

    [Fact]
    public void Roessler_has_the_known_exponents()
    {
        double[] spectrum = PerTime(
            Lyapunov.Spectrum(Roessler.Default.ToMap(0.05), [4, -4, 0.1], 1_000_000, cancellationToken: Token), 0.05);
        AssertClose([0.0714, 0, -5.394], spectrum, [0.02 * 0.0714, 1e-3, 0.02 * 5.394]);
    }

    [Fact]
    public void Local_exponents_average_to_the_exponents()
    {
        FlowMap map = Lorenz63.Default.ToMap(0.01);
        double[] start = [1, 2, 20];
        TimeSeries local = Lyapunov.Local(map, start, windows: 200, window: 50, transient: 500, cancellationToken: Token);
        double[] whole = Lyapunov.Spectrum(map, start, 10_000, transient: 500, cancellationToken: Token);
        Assert.Equal((200, 3, 50.0), (local.Length, local.Dimension, local.Dt));
        for (int i = 0; i < 3; i++)
            Assert.Equal(whole[i], local.Column(i).Average(), 1e-12);
        // Stretching is uneven: near the origin much stronger than on the lobes.
        Assert.True(local.Column(0).Max() > 3 * whole[0] && local.Column(0).Min() < 0);
        Assert.Equal(2, Lyapunov.Local(map, start, 3, 10, count: 2, cancellationToken: Token).Dimension);
        Assert.True(double.IsNaN(Lyapunov.Local(new Henon(), [10, 10], 5, 10, cancellationToken: Token)[4, 0]));
    }

    [Fact]
    public void The_error_by_batch_means_covers_the_spread_over_recordings()
    {
        // Ten recordings: four standard errors of the mean hold the truth, and the errors have the size of the spread.
        LyapunovSpectrum[] runs = [.. Enumerable.Range(0, 10).Select(
            i => Lyapunov.Estimate(new Henon(), [0.1 + (0.01 * i), 0.1], 20_000, cancellationToken: Token))];
        double mean = runs.Average(r => r.Exponents[0]),
            spread = Math.Sqrt(runs.Sum(r => Math.Pow(r.Exponents[0] - mean, 2)) / 9), error = runs.Average(r => r.StandardErrors[0]);
        Assert.InRange(Math.Abs(mean - 0.41922), 0, 4 * error / Math.Sqrt(10));
        Assert.InRange(error / spread, 0.4, 2.5);
    }

    [Fact]
    public void The_first_exponents_alone_agree_with_the_whole_spectrum()
    {
        FlowMap map = new Lorenz96(8).ToMap(0.05);
        double[] start = Lyapunov.StartingState(map), all = Lyapunov.Spectrum(map, start, 5000, cancellationToken: Token);
        AssertClose(all[..3], Lyapunov.Spectrum(map, start, 5000, count: 3, cancellationToken: Token), 2e-4);
        Assert.Equal(all[0], Lyapunov.Maximum(map, start, 5000, cancellationToken: Token), 2e-4);
        // The divergence of the field is -D everywhere.
        Assert.Equal(-8 * 0.05, all.Sum(), 1e-4);
    }

    [Fact]
    public void Orthonormalising_every_ten_steps_agrees_with_every_step()
    {
        FlowMap map = Lorenz63.Default.ToMap(0.01);
        double[] start = [1, 2, 20];
        AssertClose(
            Lyapunov.Spectrum(map, start, 20_005, cancellationToken: Token),
            Lyapunov.Spectrum(map, start, 20_005, interval: 10, cancellationToken: Token),
            1e-9);
    }

    [Fact]
    public void The_adaptive_integrator_agrees_with_the_fixed_step()
    {
        double[] spectrum = PerTime(
            Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.1, new DormandPrince54(1e-8, 1e-8)), 5000, cancellationToken: Token), 0.1);
        Assert.Equal(0.9056, spectrum[0], 0.04);
        Assert.Equal(-(10 + 1 + (8.0 / 3)), spectrum.Sum(), 1e-4);
    }

    [Fact]
    public void Orbits_that_leave_the_finite_numbers_have_no_exponents()
        => Assert.Equal([double.NaN, double.NaN], Lyapunov.Spectrum(new Henon(), [10, 10], 100, cancellationToken: Token));

    [Theory]
    [InlineData(1e80)]
    [InlineData(1e120)]
    [InlineData(1e-200)]
    public void Growth_beyond_all_numbers_is_summed_in_logarithms(double factor)
        => Assert.Equal(Math.Log(factor), Lyapunov.Maximum(new LinearMap(1, [factor]), [0], 1000, cancellationToken: Token), 1e-9);

    [Fact]
    public void A_direction_that_vanishes_has_minus_infinity()
        => Assert.Equal(double.NegativeInfinity, Lyapunov.Maximum(new LinearMap(1, [0]), [0], 10, cancellationToken: Token));

    /// <summary>A variable that is a multiple of another, or its last value: the Jacobian is singular, and rounding no exponent.</summary>
    [Theory]
    [InlineData(new[] { 0.7, 0.3, 0.7 / 3, 0.1 }, 0.8)]
    [InlineData(new[] { 1.7, 0, 1, 0 }, 1.7)]
    [InlineData(new[] { 0.6, 0.7, 0.6, 0.7 }, 1.3)]
    public void A_singular_map_has_minus_infinity_below_its_other_exponent(double[] matrix, double growth)
        => Assert.Equal(
            [Math.Log(growth), double.NegativeInfinity],
            Lyapunov.Spectrum(new LinearMap(2, matrix), [0, 0], 1000, cancellationToken: Token).Select(e => Math.Round(e, 12)),
            (a, b) => a == b || Math.Abs(a - b) < 1e-10);

    [Fact]
    public void Directions_that_fall_together_within_an_interval_have_no_exponents_of_their_own()
    {
        double[] apart = Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.01), 2000, cancellationToken: Token);
        Assert.All(apart, e => Assert.True(double.IsFinite(e)));
        Assert.Equal(
            double.NegativeInfinity, Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.01), 2000, interval: 400, cancellationToken: Token)[2]);
    }

    [Theory]
    [InlineData(new double[] { 0.9056, 0, -14.572 }, 2 + (0.9056 / 14.572))]
    [InlineData(new double[] { -1, -2 }, 0)]
    [InlineData(new double[] { 1, -0.5 }, 2)]
    [InlineData(new double[] { 0, -1 }, 1)]
    public void Kaplan_and_Yorke(double[] exponents, double dimension)
        => Assert.Equal(dimension, Lyapunov.KaplanYorkeDimension(exponents), 1e-12);

    [Fact]
    public void Cancelling_stops_and_bad_sizes_are_refused()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Lyapunov.Spectrum(new Henon(), [0, 0], 10, cancellationToken: cancelled.Token));
        Assert.Contains(
            "Expected a state of 2",
            Assert.Throws<ArgumentException>(() => Lyapunov.Spectrum(new Henon(), [0], 10, cancellationToken: Token)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lyapunov.Spectrum(new Henon(), [0, 0], 10, count: 3, cancellationToken: Token));
    }

    private static double[] PerTime(double[] spectrum, double dt) => [.. spectrum.Select(exponent => exponent / dt)];

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
        => AssertClose(expected, actual, [.. Enumerable.Repeat(tolerance, expected.Length)]);

    private static void AssertClose(double[] expected, double[] actual, double[] tolerances)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerances[i]);
    }

    private sealed class LinearMap(int dimension, double[] matrix) : IMap
    {
        public int Dimension => dimension;

        public void Step(ReadOnlySpan<double> state, Span<double> next)
        {
            double[] from = state.ToArray();
            for (int i = 0; i < dimension; i++)
                next[i] = Enumerable.Range(0, dimension).Sum(j => matrix[(i * dimension) + j] * from[j]);
        }

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => matrix.CopyTo(jacobian);
    }
}
