namespace Attractor.Numerics;

/// <summary>
/// How a sample of Gamma(a, rate 1) moves with its shape when its level P(a, z) is held: the implicit reparameterisation of Figurnov,
/// Mohamed and Mnih 2018.
/// </summary>
/// <remarks>dz/da = -(dP(a, z)/da) / p(z | a), to about 1e-13 relative for shapes from 1e-3 to 1e5 and every z.</remarks>
internal static class GammaSample
{
    /// <summary>dz/da.</summary>
    /// <param name="shape">a, above 0.</param>
    /// <param name="value">z, of at least 0; of a z that has underflown to 0 the derivative is 0, where
    /// <see cref="LogGradient(double, double)"/> still tells.</param>
    public static double Gradient(double shape, double value) => value == 0 ? 0 : value * LogGradient(shape, value, Math.Log(value));

    /// <summary>d log z / da, from log z: for small shapes z itself underflows.</summary>
    /// <param name="shape">a, above 0.</param>
    /// <param name="logValue">log z.</param>
    public static double LogGradient(double shape, double logValue) => LogGradient(shape, Math.Exp(logValue), logValue);

    private static double LogGradient(double shape, double value, double logValue)
    {
        if (!(shape > 0 && value >= 0)) return double.NaN;
        return GammaTail.IsLower(shape, value)
            ? GammaTail.Lower(shape, value, logValue).LogGradient
            : GammaTail.Upper(shape, value, logValue).LogGradient;
    }
}
