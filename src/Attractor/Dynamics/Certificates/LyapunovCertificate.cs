using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// Lyapunov spectra of known systems with the exact relations that certify them. The sum of the exponents is the mean trace of the
/// Jacobian, or of ln |det J| for a map (Liouville); a bounded flow that does not end in an equilibrium has an exponent 0 (Haken,
/// Phys. Lett. A 94, 1983); the exponents of a Hamiltonian flow come in pairs l, -l; conserved quantities stay what they are.
/// </summary>
public static class LyapunovCertificate
{
    // The bounded logarithm that a mean over a time T divides by T.
    private const double Boundary = 5;
    private const double TraceTolerance = 1e-6, DriftTolerance = 1e-3;
    private const int ScaleSteps = 1000;

    /// <summary>The spectrum of a system of the catalogue, from its own initial condition.</summary>
    /// <param name="system">Flow or map.</param>
    /// <param name="options">How long and how exactly.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArithmeticException">The integrator cannot keep its tolerance, or the orbit left the finite numbers.</exception>
    public static CertifiedSpectrum Of(
        SystemDefinition system, CertificateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        options ??= new();
        return system.Kind is SystemKind.Flow ? OfFlow(system, options, cancellationToken) : OfMap(system, options, cancellationToken);
    }

    private static CertifiedSpectrum OfFlow(SystemDefinition system, CertificateOptions options, CancellationToken token)
    {
        DefinedFlow flow = system.ToFlow();
        double dt = (system.Period ?? 100 * system.RecordingStep) / options.StepsPerPeriod;
        int steps = checked(options.Periods * options.StepsPerPeriod),
            transient = checked(options.TransientPeriods * options.StepsPerPeriod);
        FlowMap map = flow.ToMap(dt, new DormandPrince54(options.Tolerance, options.Tolerance * SmallestSize(system, flow, dt)));
        double[] state = [.. system.Start];
        Run(map, state, transient, token);

        Func<ReadOnlySpan<double>, double>? conserved = system.ConservedQuantity();
        double before = conserved?.Invoke(state) ?? 0;
        TracedFlow traced = new(map, Lyapunov.DefaultTransient);
        LyapunovSpectrum spectrum = Lyapunov.Estimate(traced, state, steps, cancellationToken: token);
        RequireFinite(spectrum, system);
        double time = steps * dt;
        CertifiedSpectrum result = Sorted(spectrum, dt, traced.Integral / time, time);

        List<Identity> identities = [Trace(result, 1 / (options.StepsPerPeriod * dt))];
        if (!result.IsEquilibrium)
            identities.Add(Zero(result));
        if (system.Tags.Contains("hamiltonian") && system.Dimension % 2 == 0)
            identities.Add(Pairs(result));
        if (conserved is not null)
            identities.Add(new("conserved", Math.Abs(conserved(traced.Last) - before) / Math.Max(1e-3, Math.Abs(before)), DriftTolerance));
        return result with { Identities = identities };
    }

    private static CertifiedSpectrum OfMap(SystemDefinition system, CertificateOptions options, CancellationToken token)
    {
        IObservedMap map = system.ToMap();
        double[] state = [.. system.Start];
        Run(map, state, options.MapSteps / 10, token);
        TracedMap traced = new(map, Lyapunov.DefaultTransient);
        LyapunovSpectrum spectrum = Lyapunov.Estimate(traced, state, options.MapSteps, cancellationToken: token);
        RequireFinite(spectrum, system);
        CertifiedSpectrum result = Sorted(spectrum, 1, traced.Sum / options.MapSteps, options.MapSteps);
        return result with { Identities = [Trace(result, 1)] };
    }

    /// <param name="result">The spectrum.</param>
    /// <param name="rate">Periods per unit of time: what is small if all exponents are.</param>
    private static Identity Trace(CertifiedSpectrum result, double rate)
        => new(
            "trace", Math.Abs(result.Exponents.Sum() - result.MeanTrace), TraceTolerance * Math.Max(rate, result.Exponents.Sum(Math.Abs)));

    private static Identity Zero(CertifiedSpectrum result)
    {
        int nearest = Enumerable.Range(0, result.Exponents.Length).MinBy(i => Math.Abs(result.Exponents[i]));
        return new(
            "zero",
            Math.Abs(result.Exponents[nearest]),
            (CertifiedSpectrum.Errors * result.StandardErrors[nearest]) + (Boundary / result.Length));
    }

    private static Identity Pairs(CertifiedSpectrum result)
    {
        double[] exponents = result.Exponents;
        return new(
            "pairs",
            Enumerable.Range(0, exponents.Length / 2).Max(i => Math.Abs(exponents[i] + exponents[^(i + 1)])),
            (CertifiedSpectrum.Errors * result.StandardErrors.Max()) + (Boundary / result.Length));
    }

    private static CertifiedSpectrum Sorted(LyapunovSpectrum spectrum, double dt, double trace, double length)
    {
        int[] order = [.. Enumerable.Range(0, spectrum.Exponents.Length).OrderByDescending(i => spectrum.Exponents[i])];
        return new(
            [.. order.Select(i => spectrum.Exponents[i] / dt)], [.. order.Select(i => spectrum.StandardErrors[i] / dt)], trace, length, []);
    }

    private static void Run(IMap map, double[] state, int steps, CancellationToken token)
    {
        for (int step = 0; step < steps; step++)
        {
            map.Step(state, state);
            if (step % 1024 == 0)
                token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// The smallest root mean square of a variable along the first of the orbit, at most 1: angles grow and do not count.
    /// </summary>
    private static double SmallestSize(SystemDefinition system, DefinedFlow flow, double dt)
    {
        TimeSeries start = flow.Simulate(ScaleSteps, dt, initial: system.Start);
        double smallest = 1;
        for (int i = 0; i < system.Dimension; i++)
        {
            if (system.Angles.Contains(system.Variables[i]))
                continue;
            double square = start.Column(i).Average(x => x * x);
            if (square > 0)
                smallest = Math.Min(smallest, Math.Sqrt(square));
        }
        return smallest;
    }

    private static void RequireFinite(LyapunovSpectrum spectrum, SystemDefinition system)
    {
        if (spectrum.Exponents.Any(double.IsNaN))
            throw new ArithmeticException($"The orbit of {system.Name} leaves the finite numbers.");
    }
}
