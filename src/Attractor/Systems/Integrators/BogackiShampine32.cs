using System.Globalization;

namespace Attractor.Systems;

/// <summary>
/// The embedded Runge-Kutta pair of order 3(2) of P. Bogacki and L. F. Shampine, "A 3(2) pair of Runge-Kutta formulas", Appl. Math.
/// Lett. 2 (1989), with the first step of Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I (2nd ed.), II.4, and
/// rows read off the cubic between the ends of each step. Same steps and same rows as <c>solve_ivp(method="RK23")</c> of SciPy.
/// </summary>
/// <remarks>
/// It is here to repeat published data, which were made so at tolerances that are coarse for chaos. It is no <see cref="Integrator"/>:
/// its steps do not end at the rows, so what comes after a row depends on more than that row.
/// </remarks>
public sealed record BogackiShampine32
{
    private const double Safety = 0.9, SmallestFactor = 0.2, LargestFactor = 10, Exponent = -1.0 / 3;

    /// <summary>Steps whose estimated error stays below absolute + relative * |x|, in the root mean square over the variables.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is not a positive number.</exception>
    public BogackiShampine32(double relativeTolerance = 1e-3, double absoluteTolerance = 1e-6)
    {
        RequirePositive(relativeTolerance, nameof(relativeTolerance), "A tolerance");
        RequirePositive(absoluteTolerance, nameof(absoluteTolerance), "A tolerance");
        RelativeTolerance = relativeTolerance;
        AbsoluteTolerance = absoluteTolerance;
    }

    /// <summary>Admitted error of a step, relative to each variable.</summary>
    public double RelativeTolerance { get; }

    /// <summary>Admitted error of a step, in the units of the state.</summary>
    public double AbsoluteTolerance { get; }

    /// <summary>Records a field at equal intervals; row 0 is the start, and the integration ends at the last row.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="start">D values.</param>
    /// <param name="steps">T, the rows of the recording.</param>
    /// <param name="dt">Time between two rows, in the units of the field.</param>
    /// <exception cref="ArgumentException">A size or the time step is not positive, or the start is not of D finite values.</exception>
    /// <exception cref="ArithmeticException">No step is short enough to keep the tolerance.</exception>
    public TimeSeries Simulate(IVectorField field, ReadOnlySpan<double> start, int steps, double dt)
    {
        ArgumentNullException.ThrowIfNull(field);
        int d = field.Dimension;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Array.MaxLength / d);
        RequirePositive(dt, nameof(dt), "The time step");
        if (start.Length != d)
            throw new ArgumentException($"Expected a start of {d} values, found {start.Length}.", nameof(start));
        foreach (double value in start)
            if (!double.IsFinite(value))
                throw new ArgumentException(
                    $"Expected a start of finite values, found [{string.Join(", ", start.ToArray())}].", nameof(start));
        double[] rows = new double[steps * d];
        start.CopyTo(rows);
        if (steps > 1)
            Fill(field, rows, steps, dt);
        return new(rows, d, dt, (field as OrdinaryDifferentialEquation)?.VariableNames);
    }

    /// <summary>Writes the rows after the first.</summary>
    private void Fill(IVectorField field, Span<double> rows, int steps, double dt)
    {
        int d = field.Dimension;
        Span<double> work = new double[6 * d];
        Span<double> k1 = work[..d], k4 = work.Slice(3 * d, d), state = work.Slice(4 * d, d), next = work.Slice(5 * d, d);
        double end = (steps - 1) * dt, time = 0;
        rows[..d].CopyTo(state);
        field.Derivative(state, k1);
        double h = FirstStep(field, state, k1, next, work.Slice(d, d), end);
        int row = 1;
        while (time < end)
        {
            double reached = Accept(field, state, next, work, time, end, ref h, out double taken);
            for (; row < steps && row * dt <= reached; row++)
                CubicHermite.Interpolate(rows.Slice(row * d, d), state, k1, next, k4, taken, ((row * dt) - time) / taken);
            next.CopyTo(state);
            k4.CopyTo(k1);
            time = reached;
        }
    }

    /// <summary>
    /// Tries steps until one keeps the tolerance. Gives the time it reaches, its length, and in h the length to try next.
    /// </summary>
    private double Accept(
        IVectorField field,
        ReadOnlySpan<double> state,
        Span<double> next,
        Span<double> work,
        double time,
        double end,
        ref double h,
        out double taken)
    {
        double shortest = 10 * (Math.BitIncrement(time) - time);
        h = Math.Max(h, shortest);
        for (bool rejected = false; ; rejected = true)
        {
            // Not h < shortest: that would try a length that is not a number for ever.
            if (!(h >= shortest))
            {
                throw new ArithmeticException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Integration stopped at time {time:g4}: no step is short enough for the tolerance {RelativeTolerance:g3}. "
                    + $"The solution may leave every bound: loosen the tolerance, record a shorter time or check the start."));
            }
            double reached = Math.Min(time + h, end);
            // The length as the times have it, which rounding makes another than h.
            taken = reached - time;
            h = taken;
            Stages(field, state, next, h, work);
            double error = Error(state, next, h, work, field.Controlled);
            if (error < 1)
            {
                double factor = error == 0 ? LargestFactor : Math.Min(LargestFactor, Safety * Math.Pow(error, Exponent));
                h *= rejected ? Math.Min(1, factor) : factor;
                return reached;
            }
            // An error that is not a number came from a stage beyond the finite numbers: far too long a step.
            h *= double.IsFinite(error) ? Math.Max(SmallestFactor, Safety * Math.Pow(error, Exponent)) : SmallestFactor;
        }
    }

    /// <summary>k2, k3 and the solution of order 3, given k1; k4 is the derivative there (first same as last).</summary>
    private static void Stages(IVectorField field, ReadOnlySpan<double> x, Span<double> next, double h, Span<double> work)
    {
        int d = x.Length;
        ReadOnlySpan<double> k = work[..(4 * d)];
        Combination.Take(next, x, k, [h * (1.0 / 2)]);
        field.Derivative(next, work.Slice(d, d));
        Combination.Take(next, x, k, [0, h * (3.0 / 4)]);
        field.Derivative(next, work.Slice(2 * d, d));
        Combination.Take(next, x, k, [h * (2.0 / 9), h * (1.0 / 3), h * (4.0 / 9)]);
        field.Derivative(next, work.Slice(3 * d, d));
    }

    /// <summary>Root mean square of (order 3 - order 2) / tolerance over the controlled variables.</summary>
    private double Error(ReadOnlySpan<double> x, ReadOnlySpan<double> next, double h, ReadOnlySpan<double> work, int controlled)
    {
        int d = x.Length;
        double sum = 0;
        for (int i = 0; i < controlled; i++)
        {
            double difference =
                h * ((5.0 / 72 * work[i]) - (1.0 / 12 * work[d + i]) - (1.0 / 9 * work[(2 * d) + i]) + (1.0 / 8 * work[(3 * d) + i]));
            double scaled = difference / (AbsoluteTolerance + (RelativeTolerance * Math.Max(Math.Abs(x[i]), Math.Abs(next[i]))));
            sum += scaled * scaled;
        }
        return Math.Sqrt(sum / controlled);
    }

    /// <summary>
    /// A step that moves the state by a hundredth of its size is tried with Euler's method, and tells how the derivative changes.
    /// </summary>
    private double FirstStep(
        IVectorField field, ReadOnlySpan<double> x, ReadOnlySpan<double> slope, Span<double> moved, Span<double> change, double end)
    {
        double size = Norm(x, x, field.Controlled), speed = Norm(slope, x, field.Controlled);
        double trial = Math.Min(size < 1e-5 || speed < 1e-5 ? 1e-6 : 0.01 * size / speed, end);
        Combination.Take(moved, x, slope, [trial]);
        field.Derivative(moved, change);
        for (int i = 0; i < x.Length; i++)
            change[i] -= slope[i];
        double bend = Norm(change, x, field.Controlled) / trial;
        double step = speed <= 1e-15 && bend <= 1e-15 ? Math.Max(1e-6, 1e-3 * trial) : Math.Pow(0.01 / Math.Max(speed, bend), -Exponent);
        return Math.Min(Math.Min(100 * trial, step), end);
    }

    /// <summary>Root mean square of v / tolerance at the state x.</summary>
    private double Norm(ReadOnlySpan<double> v, ReadOnlySpan<double> x, int controlled)
    {
        double sum = 0;
        for (int i = 0; i < controlled; i++)
        {
            double scaled = v[i] / (AbsoluteTolerance + (RelativeTolerance * Math.Abs(x[i])));
            sum += scaled * scaled;
        }
        return Math.Sqrt(sum / controlled);
    }

    private static void RequirePositive(double value, string name, string what)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, $"{what} must be a positive number.");
    }
}
