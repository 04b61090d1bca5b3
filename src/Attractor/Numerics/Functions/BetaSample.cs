namespace Attractor.Numerics;

/// <summary>
/// How a sample of Beta(a, b) moves with its parameters when its level I_x(a, b) is held: the implicit reparameterisation of Figurnov,
/// Mohamed and Mnih 2018.
/// </summary>
/// <remarks>dx/da = -(dI_x/da) / p(x | a, b), dx/db likewise, to about 1e-12 relative for a and b from 1e-2 to 1e4.</remarks>
internal static class BetaSample
{
    /// <summary>(dx/da, dx/db); zeros at 0 and 1.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">From 0 to 1.</param>
    public static (double A, double B) Gradient(double a, double b, double x) => Gradient(a, b, x, 1 - x);

    /// <summary>
    /// (dx/da, dx/db) of a sample known by both its distances, x from 0 and the complement from 1:
    /// beside 1 the subtraction would lose the second.
    /// </summary>
    public static (double A, double B) Gradient(double a, double b, double x, double complement)
    {
        if (!(a > 0 && b > 0 && x >= 0 && complement >= 0)) return (double.NaN, double.NaN);
        if (x == 0 || complement == 0) return (0, 0);
        // dx = x (1 - x) dy.
        double scale = x * complement;
        if (b * x <= a * complement)
        {
            (_, double gradientA, double gradientB) = BetaTail.Lower(a, b, x, complement);
            return (scale * gradientA, scale * gradientB);
        }
        (_, double mirroredB, double mirroredA) = BetaTail.Lower(b, a, complement, x);
        return (-scale * mirroredA, -scale * mirroredB);
    }
}
