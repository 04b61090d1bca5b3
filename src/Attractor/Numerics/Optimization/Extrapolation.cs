namespace Attractor.Numerics;

/// <summary>Derivatives of a function of one number from its values.</summary>
/// <remarks>
/// Differences over ever smaller steps, extrapolated to none (Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in
/// Engineering Software 4, 1982). Of all entries of the table the one with the smallest error is returned, the error being the larger of
/// its distance from its neighbours and of what rounding does to a difference over that step, here and in the row above: without the
/// second, steps so short that all values are equal would look perfect.
/// </remarks>
internal static class Extrapolation
{
    private const int Rows = 60, Columns = 8;

    // Not 2, and no step is a round number: a periodic function would look constant.
    private const double Shrink = 1.6;

    /// <summary>A derivative with the error that it may have, and the part of it that is rounding.</summary>
    internal readonly record struct Derivative(double Value, double Error, double Rounding);

    /// <summary>f'(x) from both sides.</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The first step, the longest.</param>
    /// <param name="noise">The magnitude of what cancels inside f, beyond that of its values: its
    /// rounding does not vanish where f does.</param>
    public static Derivative First(Func<double, double> f, double x, double step, double noise) => Limit(
        h =>
        {
            double above = f(x + h), below = f(x - h);
            return ((above - below) / (x + h - (x - h)), (Math.Abs(above) + Math.Abs(below) + noise) / h);
        }, x, step, 2, 2);

    /// <summary>f''(x) from both sides.</summary>
    public static Derivative Second(Func<double, double> f, double x, double step, double noise)
    {
        double middle = f(x);
        return Limit(h =>
        {
            // The step as the argument holds it, so that its rounding does not count.
            h = x + h - x;
            double above = f(x + h), below = f(x - h);
            return (
                (above - middle - (middle - below)) / (h * h),
                (Math.Abs(above) + (2 * Math.Abs(middle)) + Math.Abs(below) + noise) / (h * h));
        }, x, step, 2, 2);
    }

    /// <summary>f'(x) from the side on which the step leads.</summary>
    public static Derivative FirstOneSided(Func<double, double> f, double x, double step, double noise)
    {
        double here = f(x);
        return Limit(h =>
        {
            double near = f(x + h);
            return ((near - here) / (x + h - x), (Math.Abs(near) + Math.Abs(here) + noise) / Math.Abs(h));
        }, x, step, 1, 1);
    }

    /// <summary>f''(x) from the side on which the step leads.</summary>
    public static Derivative SecondOneSided(Func<double, double> f, double x, double step, double noise)
    {
        double here = f(x);
        return Limit(h =>
        {
            h = x + h - x;
            double near = f(x + h), far = f(x + (2 * h));
            return ((far - near - (near - here)) / (h * h), (Math.Abs(far) + (2 * Math.Abs(near)) + Math.Abs(here) + noise) / (h * h));
        }, x, step, 1, 1);
    }

    // The limit for h -> 0 of a difference whose error has the powers first, first + next, ... of h.
    private static Derivative Limit(Func<double, (double Difference, double Size)> difference, double x, double step, int first, int next)
    {
        Derivative best = new(double.NaN, double.PositiveInfinity, double.PositiveInfinity);
        double[] above = new double[Columns], row = new double[Columns], errors = new double[Columns];
        int known = 0;
        for (int i = 0; i < Rows; i++, step /= Shrink)
        {
            (double value, double size) = difference(step);
            if (!double.IsFinite(value))
            {
                known = 0;
                continue;
            }
            // That of the values, and that of the argument.
            double rounding = (4 * double.Epsilon) + (2.3e-16 * (size + Math.Abs(value * x / step)));
            row[0] = value;
            for (int j = 1; j <= Math.Min(known, Columns - 1); j++)
            {
                double power = Math.Pow(Shrink, first + ((j - 1) * next));
                row[j] = row[j - 1] + ((row[j - 1] - above[j - 1]) / (power - 1));
                double error = Math.Max(Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - above[j - 1])), rounding);
                // Twice in a row, so that noise does not pass for agreement.
                double both = known == j ? double.PositiveInfinity : Math.Max(error, errors[j]);
                errors[j] = error;
                if (both < best.Error)
                    best = new(row[j], both, rounding);
            }
            known++;
            (above, row) = (row, above);
        }
        return best;
    }
}
