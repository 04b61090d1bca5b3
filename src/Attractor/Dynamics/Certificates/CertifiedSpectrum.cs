namespace Attractor.Dynamics;

/// <summary>A Lyapunov spectrum beside the exact relations that it must satisfy.</summary>
/// <param name="Exponents">All D, in descending order; of a flow per unit of time, of a map per step. NaN if
/// the orbit left the finite numbers.</param>
/// <param name="StandardErrors">Of each, by batch means.</param>
/// <param name="MeanTrace">The mean of the trace of the Jacobian along the orbit; of a map, of ln |det J|.</param>
/// <param name="Length">Time averaged over; of a map, steps.</param>
/// <param name="Identities">The relations checked.</param>
public sealed record CertifiedSpectrum(
    double[] Exponents, double[] StandardErrors, double MeanTrace, double Length, IReadOnlyList<Identity> Identities)
{
    /// <summary>How many standard errors a deviation may have before it is one.</summary>
    internal const double Errors = 5;

    /// <summary>The dimension of Kaplan and Yorke (1979).</summary>
    public double KaplanYorkeDimension => Lyapunov.KaplanYorkeDimension(Exponents);

    /// <summary>Whether the orbit settled on an equilibrium: every exponent is negative, beyond error.</summary>
    public bool IsEquilibrium => Exponents.Zip(StandardErrors).All(pair => pair.First + (Errors * pair.Second) < 0);

    /// <summary>Whether the largest exponent is positive beyond error.</summary>
    public bool IsChaotic => Exponents[0] > Errors * StandardErrors[0];
}
