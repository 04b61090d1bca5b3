using Attractor.Dynamics;
using Attractor.Systems;
using Attractor.Systems.Integrators;

namespace Attractor.Tests.Dynamics;

public sealed class LyapunovTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_linear_map_has_the_logarithms_of_its_eigenvalue_moduli()
    {
        // Eigenvalues 2 (in a skewed basis), a complex pair of modulus 0.9, and 0.1.
        LinearMap map = new(4, [2, 1, 0, 3, 0, 0.9 * Math.Cos(1), -0.9 * Math.Sin(1), 0, 0, 0.9 * Math.Sin(1), 0.9 * Math.Cos(1), 1, 0, 0, 0, 0.1]);
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
    public void A_decaying_linear_flow_has_its_rates()
    {
        FlowMap flow = new(new LinearFlow(-0.5, -2, -30), 0.01, new RungeKutta4(4));
        double[] spectrum = Lyapunov.Spectrum(flow, [1, 1, 1], 1000, cancellationToken: Token);
        AssertClose([-0.5, -2, -30], [.. spectrum.Select(l => l / 0.01)], 1e-3);
        Assert.Equal(0, Lyapunov.KaplanYorkeDimension(spectrum));
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
        double[] spectrum = PerTime(Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.01), 200_000, cancellationToken: Token), 0.01);
        Assert.Equal(0.9056, spectrum[0], 0.01);
        Assert.Equal(0, spectrum[1], 0.002);
        Assert.Equal(-(10 + 1 + (8.0 / 3)), spectrum.Sum(), 1e-3);
        Assert.Equal(2.062, Lyapunov.KaplanYorkeDimension(spectrum), 2e-3);
    }

    [Fact]
    public void Roessler_has_the_known_exponents()
    {
        double[] spectrum = PerTime(Lyapunov.Spectrum(Roessler.Default.ToMap(0.05), [4, -4, 0.1], 200_000, cancellationToken: Token), 0.05);
        AssertClose([0.0714, 0, -5.394], spectrum, 0.01);
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
        double[] spectrum = PerTime(Lyapunov.Spectrum(Lorenz63.Default.ToMap(0.1, new DormandPrince54(1e-8, 1e-8)), 5000, cancellationToken: Token), 0.1);
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
        Assert.Contains("Expected a state of 2", Assert.Throws<ArgumentException>(() => Lyapunov.Spectrum(new Henon(), [0], 10, cancellationToken: Token)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lyapunov.Spectrum(new Henon(), [0, 0], 10, count: 3, cancellationToken: Token));
    }

    private static double[] PerTime(double[] spectrum, double dt) => [.. spectrum.Select(exponent => exponent / dt)];

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
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
