namespace Attractor.Dynamics;

/// <summary>How long and how exactly a certified spectrum is computed.</summary>
public sealed record CertificateOptions
{
    /// <summary>Periods of a flow to average over; the recording step times 100 stands in for a period that is not known.</summary>
    public int Periods { get; init; } = 5000;

    /// <summary>Periods run through beforehand.</summary>
    public int TransientPeriods { get; init; } = 200;

    /// <summary>Orthonormalisations in a period.</summary>
    public int StepsPerPeriod { get; init; } = 100;

    /// <summary>Tolerance of the integrator: relative, and absolute in units of the smallest variable's root mean square.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Steps of a map to average over; a tenth of them are run through beforehand.</summary>
    public int MapSteps { get; init; } = 2_000_000;
}
