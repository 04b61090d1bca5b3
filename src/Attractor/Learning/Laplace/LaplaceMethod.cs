using System.Globalization;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Laplace's method: the integral of e^(M f(x)) over an interval from the height and curvature of f where it is largest.</summary>
/// <remarks>
/// Laplace, "Memoire sur la probabilite des causes par les evenemens" (1774); de Bruijn, "Asymptotic Methods in Analysis" (1958), chapter
/// 4. The relative error falls as 1 / M, as 1 / sqrt M at a level end of the interval. The maximum is searched for, over the whole
/// interval, on a grid that is fine near finite ends and around the highest values; a peak narrower than the grid is missed: give the
/// interval around it. Whether the integral exists at all is not looked into.
/// </remarks>
public static class LaplaceMethod
{
    // e^-40 of the integral is less than its rounding.
    private const double Negligible = 40;

    // What f falls by at a tenth of a standard deviation, times M, if its curvature holds so far; and by which factor it may be off.
    private const double ProbeDistance = 0.1, ProbeFall = 0.005, ProbeFactor = 3;

    // Nats below the maximum up to which differences reach at most, if they tell nothing otherwise.
    private const double FarFall = 8;

    // Effect of a slope on the integral, relative to a level end, below which it counts as none.
    private const double LevelSlope = 1e-6;

    /// <summary>The integral of e^(M f(x)) over an interval, from values of f.</summary>
    /// <param name="f">f(x); minus infinity where the integrand is 0.</param>
    /// <param name="m">M, above 0.</param>
    /// <param name="lower">The interval's lower end; may be minus infinity.</param>
    /// <param name="upper">Its upper end; may be infinity.</param>
    /// <exception cref="ArgumentException">
    /// The interval is empty; f is not a number at an end of it or between two points where it is one, is infinite, or is minus infinity
    /// everywhere; the integrand does not fall towards an infinite end.
    /// </exception>
    public static LaplaceIntegral Integrate(
        Func<double, double> f, double m, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Integrate(new Exponent.OfValues(f, Negligible / m), m, lower, upper);
    }

    /// <summary>The integral of e^(M f(x)) over an interval, from values of f and of its derivative.</summary>
    /// <param name="f">f(x); minus infinity where the integrand is 0.</param>
    /// <param name="slope">f'(x), to rounding: the curvature comes from its differences.</param>
    /// <param name="m">M, above 0.</param>
    /// <param name="lower">The interval's lower end; may be minus infinity.</param>
    /// <param name="upper">Its upper end; may be infinity.</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public static LaplaceIntegral Integrate(
        Func<double, double> f,
        Func<double, double> slope,
        double m,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(slope);
        return Integrate(new Exponent.OfSlopes(f, slope), m, lower, upper);
    }

    /// <summary>The integral of e^(M f(x)) over an interval, with slopes of f from a tape.</summary>
    /// <param name="f">Computes f(x), 1 x 1, from x on the tape.</param>
    /// <param name="m">M, above 0.</param>
    /// <param name="lower">The interval's lower end; may be minus infinity.</param>
    /// <param name="upper">Its upper end; may be infinity.</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public static LaplaceIntegral Integrate(
        Func<Tape<double>, Variable<double>, Variable<double>> f,
        double m,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Integrate(Exponent.OnTape(f), m, lower, upper);
    }

    private static LaplaceIntegral Integrate(Exponent f, double m, double lower, double upper)
    {
        if (!(m > 0) || double.IsInfinity(m))
            throw new ArgumentOutOfRangeException(nameof(m), $"M is finite and above 0, found {m}.");
        if (!(lower < upper) || double.IsPositiveInfinity(lower) || double.IsNegativeInfinity(upper))
            throw new ArgumentException($"An interval goes from one number to a larger one, found {lower} to {upper}.", nameof(upper));
        GlobalMaximum search = new(f.Value, lower, upper, Negligible / m, 1e-3 / m);
        LaplaceMaximum[] maxima = [.. search.Maxima.Select(x => Classify(f, m, x, lower, upper, search.Width))];
        double logIntegral = LogSumExp.Of([.. maxima.Select(x => x.LogContribution)]);
        return new(m, logIntegral, maxima, Caution(maxima, m, lower, upper));
    }

    private static LaplaceMaximum Classify(
        Exponent f, double m, (double Location, double Value, double Left, double Right) found, double lower, double upper, double width)
    {
        (double x, double value, double left, double right) = found;
        double near = 1e-9 * (right - left);
        if (x - lower <= near || upper - x <= near)
        {
            // Golden sections end beside the boundary, not on it.
            (double end, double side) = x - lower <= near ? (lower, 1) : (upper, -1);
            if (f.Value(end) >= value)
                return AtEnd(f, m, end, side * Reach(end, lower, upper, width));
        }
        double reach = Reach(x, lower, upper, width);
        x = Polish(f, found, lower, upper, reach);
        value = f.Value(x);
        Extrapolation.Derivative curvature = f.Curvature(x, reach);
        if (!IsKnown(curvature))
        {
            // With heavy tails the function is of interest so far out that differences say nothing of its top.
            while (m * (value - Math.Max(f.Value(x - reach), f.Value(x + reach))) > FarFall)
                reach /= 2;
            x = Polish(f, found, lower, upper, reach);
            value = f.Value(x);
            curvature = f.Curvature(x, reach);
        }
        if (!IsKnown(curvature))
            return new(x, value, 0, double.NaN, LaplaceMaximumKind.NotSmooth, double.NaN);
        return IsCurved(f, m, x, value, curvature, lower, upper)
            ? new(
                x,
                value,
                0,
                curvature.Value,
                LaplaceMaximumKind.Interior,
                (m * value) + (0.5 * Math.Log(2 * Math.PI / (m * -curvature.Value))))
            : new(x, value, 0, curvature.Value, LaplaceMaximumKind.Flat, double.NaN);
    }

    private static bool IsKnown(Extrapolation.Derivative derivative)
        => double.IsFinite(derivative.Value)
            && (derivative.Error <= 100 * derivative.Rounding || derivative.Error <= 0.01 * Math.Abs(derivative.Value));

    private static LaplaceMaximum AtEnd(Exponent f, double m, double end, double inwards)
    {
        double value = f.Value(end), slope = f.EndSlope(end, inwards);
        if (!double.IsFinite(slope))
            return new(end, value, slope, double.NaN, LaplaceMaximumKind.NotSmooth, double.NaN);
        Extrapolation.Derivative curvature = f.EndCurvature(end, inwards);
        if (double.IsFinite(curvature.Value) && slope * slope * m <= LevelSlope * LevelSlope * Math.Abs(curvature.Value))
        {
            (double lower, double upper) = inwards > 0 ? (end, end + (2 * inwards)) : (end + (2 * inwards), end);
            return IsCurved(f, m, end, value, curvature, lower, upper)
                ? new(
                    end,
                    value,
                    0,
                    curvature.Value,
                    LaplaceMaximumKind.LevelBoundary,
                    (m * value) + (0.5 * Math.Log(Math.PI / (2 * m * -curvature.Value))))
                : new(end, value, 0, curvature.Value, LaplaceMaximumKind.Flat, double.NaN);
        }
        // Only a rounding error can make the slope of a maximum lead upwards.
        return slope * inwards < 0
            ? new(end, value, slope, curvature.Value, LaplaceMaximumKind.Boundary, (m * value) - Math.Log(m * Math.Abs(slope)))
            : new(end, value, 0, curvature.Value, LaplaceMaximumKind.Flat, double.NaN);
    }

    // The first step of the differences: to the nearer end, or as far as the function is of interest.
    private static double Reach(double x, double lower, double upper, double width)
    {
        double inside = Math.Min(x - lower > 0 ? x - lower : double.PositiveInfinity, upper - x > 0 ? upper - x : double.PositiveInfinity);
        return 0.37 * Math.Min(inside, Math.Max(Math.Abs(x), width));
    }

    // Golden sections compare values, which near the top differ by their square: the root of the slope is known twice as well.
    private static double Polish(
        Exponent f, (double Location, double Value, double Left, double Right) found, double lower, double upper, double reach)
    {
        double x = found.Location, last = double.PositiveInfinity, rounding = 1e-15 * Math.Abs(found.Value);
        for (int i = 0; i < 20; i++)
        {
            double step = -f.Slope(x, reach) / f.Curvature(x, reach).Value, next = x + step;
            if (!(Math.Abs(step) < 0.9 * last) || Math.Abs(next - x) > reach
                || next <= lower || next >= upper || f.Value(next) < found.Value - rounding)
                break;
            (x, last) = (next, Math.Abs(step));
        }
        return x;
    }

    private static bool IsCurved(
        Exponent f, double m, double x, double value, Extrapolation.Derivative curvature, double lower, double upper)
    {
        if (-curvature.Value <= 10 * curvature.Error)
            return false;
        double probe = ProbeDistance / Math.Sqrt(m * -curvature.Value);
        foreach (double at in (ReadOnlySpan<double>)[x - probe, x + probe])
        {
            if (at < lower || at > upper)
                continue;
            double fall = m * (value - f.Value(at));
            if (!(fall > ProbeFall / ProbeFactor && fall < ProbeFall * ProbeFactor))
                return false;
        }
        return true;
    }

    private static string? Caution(LaplaceMaximum[] maxima, double m, double lower, double upper)
    {
        foreach (LaplaceMaximum x in maxima.Where(x => x.Kind == LaplaceMaximumKind.Boundary))
            if (Math.Abs(x.Curvature) > 0.3 * m * x.Slope * x.Slope)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The slope at x = {x.Location:G6} is so small that the curvature there, {x.Curvature:G3}, counts as "
                    + $"well: the value is a rough one.");
        foreach (LaplaceMaximum x in maxima.Where(x => x.Kind == LaplaceMaximumKind.Interior))
        {
            double deviation = 1 / Math.Sqrt(m * -x.Curvature), room = Math.Min(x.Location - lower, upper - x.Location) / deviation;
            if (room < 3)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"An end of the interval is only {room:G2} standard deviations from x = {x.Location:G6}: the part beyond "
                    + $"it is counted in.");
            foreach (LaplaceMaximum other in maxima.Where(o => o != x))
            {
                double distance = Math.Abs(other.Location - x.Location) / deviation;
                if (distance < 4)
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"The maxima at x = {x.Location:G6} and {other.Location:G6} are only {distance:G2} standard deviations apart: what "
                        + $"lies between them is not counted well.");
            }
        }
        return null;
    }
}
