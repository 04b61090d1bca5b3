using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// log of the integral over tau of Gamma(tau; c, d) prod_i N(off_i; 0, 1/tau + 1/rho_i): a Gaussian of which the mean is integrated out,
/// with an unknown precision.
/// </summary>
/// <remarks>
/// The trapezoidal rule in u = log tau, whose error falls exponentially with the number of nodes. The slope of the logarithm of the
/// integrand is between those of Gamma(c, d + sum off^2 / 2) and of Gamma(c + D/2, d): so its maxima are between theirs, and beyond them it
/// falls as fast as they do, however far the point is from the mean.
/// </remarks>
internal static class PrecisionIntegral
{
    private const double LogTwoPi = 1.8378770664093454836;

    // What is exp(-40) of the largest adds nothing to a double.
    private const double Negligible = 40;

    /// <summary>The logarithm of the integral.</summary>
    /// <param name="shape">c.</param>
    /// <param name="rate">d.</param>
    /// <param name="squares">off_i^2.</param>
    /// <param name="precisions">rho_i.</param>
    public static double Log(double shape, double rate, ReadOnlySpan<double> squares, ReadOnlySpan<double> precisions)
    {
        double distance = 0;
        foreach (double square in squares)
            distance += square;
        double upperShape = shape + (0.5 * squares.Length);
        double low = Math.Max(-700, Math.Log(shape / (rate + (0.5 * distance))) - (Negligible / shape) - Math.Sqrt(2 * Negligible / shape));
        double high = Math.Log(upperShape / rate) + Math.Sqrt(2 * Negligible / upperShape);
        double step = Math.Min(0.2, 0.6 / Math.Sqrt(upperShape));
        double[] terms = new double[(int)Math.Ceiling((high - low) / step) + 1];
        for (int i = 0; i < terms.Length; i++)
        {
            double u = low + (i * step), variance = Math.Exp(-u), term = (shape * u) - (rate / variance);
            for (int d = 0; d < squares.Length; d++)
            {
                double v = variance + (1 / precisions[d]);
                term -= 0.5 * (LogTwoPi + Math.Log(v) + (squares[d] / v));
            }
            terms[i] = term;
        }
        return LogSumExp.Of(terms) + Math.Log(step) + (shape * Math.Log(rate)) - LogGamma.Of(shape);
    }
}
