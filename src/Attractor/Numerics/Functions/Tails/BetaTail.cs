namespace Attractor.Numerics;

/// <summary>
/// Beta(a, b) below a point x that is not beyond its mean, in the variable y = log(t / (1 - t)), where
/// its density is proportional to t^a (1-t)^b.
/// </summary>
/// <remarks>
/// The derivatives of x at a fixed level are dy/da = int (E[log t] - log t) q(y) dy / q(y(x)) over what lies below x, q the density of y
/// and E[log t] = psi(a) - psi(a + b); dy/db is the same of log(1 - t), with E[log(1 - t)] = psi(b) - psi(a + b). Below the mean both
/// integrands keep their sign, or all but. What lies above the mean is, with a and b, x and 1 - x exchanged, again below it.
/// </remarks>
internal readonly struct BetaTail : ITail
{
    // From this a the tail is narrower than the panels of the integral, and its series longer.
    private const double Wide = 20;

    private readonly double total, point, complement, slope, offsetA, offsetB;

    private BetaTail(double a, double b, double x, double complement, double offsetA, double offsetB)
    {
        total = a + b;
        point = x;
        this.complement = complement;
        slope = (a * complement) - (b * x);
        this.offsetA = offsetA;
        this.offsetB = offsetB;
    }

    public double InitialSlope => slope;

    public double InitialCurvature => total * point * complement;

    /// <summary>The tail below x over the density of y there, dy/da and dy/db at a fixed level.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">Above 0 and at most the mean a / (a + b).</param>
    /// <param name="complement">1 - x.</param>
    public static (double Mass, double A, double B) Lower(double a, double b, double x, double complement)
    {
        if (a < Wide && x <= 0.5) return Series(a, b, x, complement);
        BetaTail tail = new(a, b, x, complement, OffsetA(a, b, x, complement), OffsetB(a, b, x, complement));
        double half = Math.Log(x / complement);
        // With x beyond 1/2, a is the greater, and from t = 1/4 on the fall is steeper than a / 2.
        if (a >= Wide)
            return TailIntegral.Over(tail, x > 0.5 ? half + Math.Log(3) + (2 * TailIntegral.Negligible / a) : double.PositiveInfinity);

        // To the point 1/2 by panels, what lies below it by its series.
        (double mass, double gradientA, double gradientB) = TailIntegral.Over(tail, half);
        double density = Math.Exp(-tail.Fall(half, out _));
        (double massBelow, double belowA, double belowB) = Series(a, b, 0.5, 0.5);
        return (mass + (density * massBelow), gradientA + (density * belowA), gradientB + (density * belowB));
    }

    public double Fall(double distance, out double slopeHere)
    {
        double odds = point / complement * Math.Exp(-distance);
        slopeHere = slope + (total * (point - (odds / (1 + odds))));
        return Fall(distance, out _, out _);
    }

    // At a distance u below x the logarithm of 1 - t has grown by -log(1 + v), v = x (e^-u - 1), and that of t has shrunk by
    // u + log(1 + v) = log(1 + q), q = (1 - x) (e^u - 1). Whichever of v and q is not near its end tells both.
    public double Fall(double distance, out double first, out double second)
    {
        double logT, log1mT, bend;
        if (point <= 0.5)
        {
            double remainder = Exponentials.ExponentialRemainder(-distance),
                v = point * (remainder - distance), logRemainder = Exponentials.LogRemainder(v);
            bend = (point * remainder) + logRemainder;
            logT = (complement * distance) + bend;
            log1mT = v + logRemainder;
        }
        else
        {
            double remainder = Exponentials.ExponentialRemainder(distance),
                q = complement * (remainder + distance), logRemainder = Exponentials.LogRemainder(q);
            bend = (complement * remainder) + logRemainder;
            logT = q + logRemainder;
            log1mT = bend - (point * distance);
        }
        first = offsetA + logT;
        second = offsetB + log1mT;
        return (slope * distance) + (total * bend);
    }

    // I_x(a, b) = x^a (1-x)^b / (a B(a, b)) sum_n (a+b)_n / (a+1)_n x^n (DLMF 8.17.8), and its derivatives term by term.
    private static (double Mass, double A, double B) Series(double a, double b, double x, double complement)
    {
        double factorA = -Digamma.Difference(a + 1, b - 1) - Math.Log(x), factorB = OffsetB(a, b, x, complement);
        double term = 1, mass = 1, gradientA = factorA, gradientB = factorB;
        for (double n = 0; term > 1e-18 * mass; n++)
        {
            double inverse = 1 / (a + 1 + n), inverseTotal = 1 / (a + b + n);
            term *= (a + b + n) * x * inverse;
            factorA += inverse - inverseTotal;
            factorB -= inverseTotal;
            mass += term;
            gradientA += term * factorA;
            gradientB += term * factorB;
        }
        return (mass / a, gradientA / a, gradientB / a);
    }

    // psi(a) - psi(a + b) - log x, of the order of the distance between x and the mean where a is large.
    private static double OffsetA(double a, double b, double x, double complement)
    {
        double excess = (x * b / a) - complement;
        if (a < StirlingSeries.Least || excess < -0.5) return -Digamma.Difference(a, b) - LogOf(x, complement);
        return StirlingSeries.LogMinusDigamma(a + b) - StirlingSeries.LogMinusDigamma(a) - Exponentials.Log1p(excess);
    }

    // psi(b) - psi(a + b) - log(1 - x), likewise.
    private static double OffsetB(double a, double b, double x, double complement)
    {
        if (b < StirlingSeries.Least) return -Digamma.Difference(b, a) - LogOf(complement, x);
        return StirlingSeries.LogMinusDigamma(a + b) - StirlingSeries.LogMinusDigamma(b) - Exponentials.Log1p((a * complement / b) - x);
    }

    private static double LogOf(double x, double complement) => x < 0.5 ? Math.Log(x) : Exponentials.Log1p(-complement);
}
