using System.Globalization;

namespace Attractor.Systems;

/// <summary>
/// The embedded Runge-Kutta pair of order 5(4) of Dormand and Prince (1980), with the PI step-size control of Hairer,
/// Norsett and Wanner, Solving Ordinary Differential Equations I (2nd ed.), II.4 and IV.2. It lands on dt exactly.
/// </summary>
public sealed record DormandPrince54 : Integrator
{
    private const int MaximumSteps = 100_000;
    private const double Safety = 0.9, Integral = 0.2 - (0.75 * Proportional), Proportional = 0.04;
    private const double SmallestFactor = 0.2, LargestFactor = 10;

    /// <summary>Steps whose estimated error stays below absolute + relative * |x|, in the root mean square over the variables.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is not a positive number.</exception>
    public DormandPrince54(double relativeTolerance = 1e-9, double absoluteTolerance = 1e-9)
    {
        RequirePositive(relativeTolerance, nameof(relativeTolerance));
        RequirePositive(absoluteTolerance, nameof(absoluteTolerance));
        RelativeTolerance = relativeTolerance;
        AbsoluteTolerance = absoluteTolerance;
    }

    /// <summary>Admitted error of a step, relative to each variable.</summary>
    public double RelativeTolerance { get; }

    /// <summary>Admitted error of a step, in the units of the state.</summary>
    public double AbsoluteTolerance { get; }

    private protected override int WorkVectors => 8;

    private protected override void Advance(IVectorField field, Span<double> state, double dt, Span<double> work)
    {
        int d = state.Length;
        Span<double> k1 = work[..d], k7 = work.Slice(6 * d, d), next = work.Slice(7 * d, d);
        double remaining = dt, h = dt, lastError = 1e-4;
        bool rejected = false;
        field.Derivative(state, k1);
        for (int step = 0; remaining > 0; step++)
        {
            if (step == MaximumSteps)
                throw Failure(dt, remaining, $"{MaximumSteps} steps were not enough");
            // A last step a little longer than planned beats a tiny one after it.
            bool last = 1.01 * h >= remaining;
            if (last)
                h = remaining;
            Stages(field, state, h, work);
            double error = Error(state, next, h, work, field.Controlled);
            if (error <= 1)
            {
                next.CopyTo(state);
                k7.CopyTo(k1);
                remaining = last ? 0 : remaining - h;
                double factor = Safety * Math.Pow(error, -Integral) * Math.Pow(lastError, Proportional);
                h *= Math.Clamp(factor, SmallestFactor, rejected ? 1 : LargestFactor);
                lastError = Math.Max(error, 1e-4);
                rejected = false;
            }
            else
            {
                // An error that is not a number came from a stage beyond the finite numbers: far too long a step.
                double factor = double.IsFinite(error) ? Safety * Math.Pow(error, -Integral) : 0;
                h *= Math.Max(factor, SmallestFactor);
                rejected = true;
                if (h < 1e-13 * dt)
                    throw Failure(dt, remaining, "the step size fell below 1e-13 dt");
            }
        }
    }

    /// <summary>k2 .. k7 and the solution of order 5, given k1; k7 is the derivative there (first same as last).</summary>
    private static void Stages(IVectorField field, ReadOnlySpan<double> x, double h, Span<double> work)
    {
        int d = x.Length;
        Span<double> y = work.Slice(7 * d, d);
        ReadOnlySpan<double> k = work[..(7 * d)];
        Combination.Take(y, x, k, [h * (1.0 / 5)]);
        field.Derivative(y, work.Slice(d, d));
        Combination.Take(y, x, k, [h * (3.0 / 40), h * (9.0 / 40)]);
        field.Derivative(y, work.Slice(2 * d, d));
        Combination.Take(y, x, k, [h * (44.0 / 45), h * (-56.0 / 15), h * (32.0 / 9)]);
        field.Derivative(y, work.Slice(3 * d, d));
        Combination.Take(y, x, k, [h * (19372.0 / 6561), h * (-25360.0 / 2187), h * (64448.0 / 6561), h * (-212.0 / 729)]);
        field.Derivative(y, work.Slice(4 * d, d));
        Combination.Take(y, x, k, [h * (9017.0 / 3168), h * (-355.0 / 33), h * (46732.0 / 5247), h * (49.0 / 176), h * (-5103.0 / 18656)]);
        field.Derivative(y, work.Slice(5 * d, d));
        Combination.Take(y, x, k, [h * (35.0 / 384), 0, h * (500.0 / 1113), h * (125.0 / 192), h * (-2187.0 / 6784), h * (11.0 / 84)]);
        field.Derivative(y, work.Slice(6 * d, d));
    }

    /// <summary>Root mean square of (order 5 - order 4) / tolerance over the controlled variables.</summary>
    private double Error(ReadOnlySpan<double> x, ReadOnlySpan<double> next, double h, ReadOnlySpan<double> work, int controlled)
    {
        int d = x.Length;
        double sum = 0;
        for (int i = 0; i < controlled; i++)
        {
            double difference = h * ((71.0 / 57600 * work[i]) - (71.0 / 16695 * work[(2 * d) + i])
                + (71.0 / 1920 * work[(3 * d) + i]) - (17253.0 / 339200 * work[(4 * d) + i])
                + (22.0 / 525 * work[(5 * d) + i]) - (1.0 / 40 * work[(6 * d) + i]));
            double tolerance = AbsoluteTolerance + (RelativeTolerance * Math.Max(Math.Abs(x[i]), Math.Abs(next[i])));
            sum += difference / tolerance * (difference / tolerance);
        }
        return Math.Sqrt(sum / controlled);
    }

    private ArithmeticException Failure(double dt, double remaining, string reason) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Integration stopped {dt - remaining:g4} into a step of {dt:g4}: {reason} at tolerance {RelativeTolerance:g3}. "
        + $"The solution may leave every bound, or the equation be stiff: loosen the tolerance, shorten dt or "
        + $"check the initial condition."));

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "A tolerance must be a positive number.");
    }
}
