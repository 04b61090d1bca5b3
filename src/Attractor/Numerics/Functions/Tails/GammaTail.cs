namespace Attractor.Numerics;

/// <summary>Gamma(a, rate 1) cut at x, in the variable log t, where its density is proportional to exp(a log t - t).</summary>
/// <remarks>
/// The derivative of a quantile x with respect to a at a fixed level is d log x / da = int (psi(a) - log t) q(log t) dlog t / q(log x) over
/// what lies below x, q the density of log t, and the same with the sign turned over what lies above, because E[log t] = psi(a). Below the
/// middle the first integrand has one sign, above it the second.
/// </remarks>
internal readonly struct GammaTail : ITail
{
    private readonly double shape, point, offset;
    private readonly bool upper;

    // From this shape the lower tail is narrower in log t than the panels of the integral, and its series longer.
    private const double Wide = 20;

    private GammaTail(double shape, double point, double offset, bool upper)
    {
        this.shape = shape;
        this.point = point;
        this.offset = offset;
        this.upper = upper;
    }

    public double InitialSlope => Math.Abs(point - shape);

    public double InitialCurvature => point;

    /// <summary>Whether the tail below x is the one to use: the other is not much smaller.</summary>
    public static bool IsLower(double shape, double point) => point <= Math.Max(shape, 1);

    /// <summary>The tail below x over the density of log t there, and d log x / da.</summary>
    /// <param name="shape">a, above 0.</param>
    /// <param name="point">x, of at least 0 and such that <see cref="IsLower"/>.</param>
    /// <param name="logPoint">log x, finite even where x has underflown.</param>
    public static (double Mass, double LogGradient) Lower(double shape, double point, double logPoint)
    {
        if (shape < Wide) return LowerSeries(shape, point, logPoint);
        (double mass, double gradient, _) = TailIntegral.Over(
            new GammaTail(shape, point, DigammaMinusLog(shape, point, logPoint), upper: false));
        return (mass, gradient);
    }

    /// <summary>The tail above x over the density of log t there, and d log x / da.</summary>
    /// <param name="shape">a, above 0.</param>
    /// <param name="point">x, such that not <see cref="IsLower"/>.</param>
    /// <param name="logPoint">log x.</param>
    public static (double Mass, double LogGradient) Upper(double shape, double point, double logPoint)
    {
        (double mass, double gradient, _) = TailIntegral.Over(
            new GammaTail(shape, point, -DigammaMinusLog(shape, point, logPoint), upper: true));
        return (mass, gradient);
    }

    public double Fall(double distance, out double slope)
    {
        double outwards = upper ? distance : -distance;
        slope = upper ? (point * Math.Exp(distance)) - shape : shape - (point * Math.Exp(-distance));
        return (InitialSlope * distance) + (point * Exponentials.ExponentialRemainder(outwards));
    }

    public double Fall(double distance, out double first, out double second)
    {
        first = offset + distance;
        second = 0;
        return (InitialSlope * distance) + (point * Exponentials.ExponentialRemainder(upper ? distance : -distance));
    }

    // psi(a) - log x.
    private static double DigammaMinusLog(double shape, double point, double logPoint)
    {
        if (shape < StirlingSeries.Least) return Digamma.Of(shape) - logPoint;
        double excess = (point - shape) / shape;
        return (Math.Abs(excess) < 0.5 ? -Exponentials.Log1p(excess) : Math.Log(shape) - logPoint) - StirlingSeries.LogMinusDigamma(shape);
    }

    // P(a, x) = x^a e^-x sum_n x^n / Gamma(a + n + 1) (DLMF 8.7.1), and its derivative term by term.
    private static (double Mass, double LogGradient) LowerSeries(double shape, double point, double logPoint)
    {
        double term = 1, factor = Digamma.Of(shape + 1) - logPoint;
        double mass = 1, gradient = factor;
        for (double n = 1; term > 1e-18 * mass; n++)
        {
            double inverse = 1 / (shape + n);
            term *= point * inverse;
            factor += inverse;
            mass += term;
            gradient += term * factor;
        }
        return (mass / shape, gradient / shape);
    }
}
