using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The weak form of dx/dt = Theta(x) Xi: with test functions phi that vanish at the ends of their support,
/// -integral of phi' x dt = integral of phi Theta(x) dt Xi.
/// </summary>
/// <remarks>
/// D. A. Messenger and D. M. Bortz, Multiscale Modeling and Simulation 19, 1474 (2021). phi(s) = (1 - s^2)^8 on -1 .. 1, s = t / (m dt):
/// the trapezoidal rule is exact to high order for it.
/// </remarks>
internal static class WeakForm
{
    private const int Power = 8;

    /// <summary>The length of a constant test function with the same integral and integral of the square, in half widths.</summary>
    public const double Extent = 0.83;

    /// <summary>Rows between the centres of two test functions.</summary>
    public static int StrideOf(int halfWidth) => Math.Max(1, halfWidth / 4);

    /// <summary>The integrals over all test functions within one piece, appended to F + N columns.</summary>
    public static void Append(
        TimeSeries piece, IReadOnlyList<double[]> features, int halfWidth, double dt, List<double>[] columns, List<double>[] targets)
    {
        int m = halfWidth;
        double[] phi = new double[(2 * m) + 1], slope = new double[(2 * m) + 1];
        for (int i = 0; i < phi.Length; i++)
        {
            double s = (double)(i - m) / m, rest = 1 - (s * s);
            phi[i] = dt * Math.Pow(rest, Power);
            slope[i] = 2 * Power * s * Math.Pow(rest, Power - 1) / m;
        }
        double[][] variables = [.. Enumerable.Range(0, piece.Dimension).Select(piece.Column)];
        for (int first = 0; first + phi.Length <= piece.Length; first += StrideOf(m))
        {
            for (int j = 0; j < features.Count; j++)
                columns[j].Add(VectorOperations.Dot(phi, features[j].AsSpan(first, phi.Length)));
            for (int n = 0; n < variables.Length; n++)
                targets[n].Add(VectorOperations.Dot(slope, variables[n].AsSpan(first, phi.Length)));
        }
    }
}
