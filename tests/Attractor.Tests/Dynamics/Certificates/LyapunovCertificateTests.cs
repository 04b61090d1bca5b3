using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Certificates;

public sealed class LyapunovCertificateTests
{
    private static readonly CertificateOptions s_short = new() { Periods = 300, TransientPeriods = 30, MapSteps = 100_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Lorenz_satisfies_trace_and_zero()
    {
        CertifiedSpectrum spectrum = LyapunovCertificate.Of(KnownSystems.Find("lorenz63"), s_short, Token);
        Assert.Equal(["trace", "zero"], spectrum.Identities.Select(i => i.Name));
        Assert.All(spectrum.Identities, i => Assert.True(i.Holds, i.Name));
        Assert.Equal(-41.0 / 3, spectrum.MeanTrace, 1e-9);
        Assert.True(spectrum.IsChaotic && !spectrum.IsEquilibrium);
        Assert.Equal(450, spectrum.Length, 1e-9);
    }

    [Fact]
    public void A_Hamiltonian_flow_satisfies_pairs_and_keeps_its_energy()
    {
        CertifiedSpectrum spectrum = LyapunovCertificate.Of(KnownSystems.Find("henonheiles"), s_short, Token);
        Assert.Equal(["trace", "zero", "pairs", "conserved"], spectrum.Identities.Select(i => i.Name));
        Assert.All(spectrum.Identities, i => Assert.True(i.Holds, $"{i.Name}: {i.Deviation} > {i.Tolerance}"));
        Assert.Equal(0, spectrum.MeanTrace, 1e-12);
    }

    [Fact]
    public void The_exponents_of_a_map_sum_to_the_mean_logarithm_of_its_determinant()
    {
        CertifiedSpectrum henon = LyapunovCertificate.Of(KnownSystems.Find("henon"), s_short, Token);
        Assert.Equal(Math.Log(0.3), henon.MeanTrace, 1e-10);
        Assert.True(Assert.Single(henon.Identities).Holds);
        Assert.True(LyapunovCertificate.Of(KnownSystems.Find("ikeda"), s_short, Token).Identities[0].Holds);
    }

    [Fact]
    public void An_equilibrium_is_told_from_an_attractor_and_asks_for_no_zero()
    {
        CertifiedSpectrum spectrum = LyapunovCertificate.Of(KnownSystems.Find("lorenz63").With("rho", 5), s_short, Token);
        Assert.True(spectrum.IsEquilibrium);
        Assert.Equal(["trace"], spectrum.Identities.Select(i => i.Name));
        // Eigenvalues at the equilibrium: the largest real part of the roots of s^3 + 13.67 s^2 + 40 s + 213.3.
        Assert.Equal(-41.0 / 3, spectrum.Exponents.Sum(), 1e-6);
    }

    [Fact]
    public void An_identity_that_fails_says_so()
    {
        // What is declared to be constant grows.
        SystemDefinition system = DefinitionReader.Parse(
            "flow wrong\n  x' = 0*x\n  y' = 1 + 0*y\n  conserved y\n  start 1, 1\n  period 1", "test")[0];
        CertifiedSpectrum spectrum = LyapunovCertificate.Of(system, s_short with { Periods = 10 }, Token);
        Assert.False(spectrum.Identities.Single(i => i.Name == "conserved").Holds);
        Assert.True(spectrum.Identities.Single(i => i.Name == "trace").Holds);
    }

    [Fact]
    public void An_orbit_that_leaves_the_numbers_has_no_spectrum()
    {
        SystemDefinition system = DefinitionReader.Parse("map away\n  x' = x^2\n  start 2", "test")[0];
        Assert.Contains(
            "leaves the finite numbers", Assert.Throws<ArithmeticException>(() => LyapunovCertificate.Of(system, s_short, Token)).Message);
    }

    [Theory]
    [InlineData(new double[] { 2, 0, 0, 3 }, 2, 6)]
    [InlineData(new double[] { 0, 1, 1, 0 }, 2, 1)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 10 }, 3, 3)]
    public void Determinants(double[] matrix, int d, double modulus)
        => Assert.Equal(Math.Log(modulus), TracedMap.LogDeterminant([.. matrix], d), 1e-12);
}
