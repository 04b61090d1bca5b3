using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Models.Autoencoders.Sequential;

/// <summary>
/// A damped rotation of two latent variables seen through four noisy ones: z_t = A z_{t-1} + N(0, Q),
/// x_t = C z_t + d + N(0, R), z_1 stationary.
/// </summary>
internal static class LinearStateSpace
{
    private static readonly Matrix<double> s_a =
        0.95 * Matrix<double>.Build.DenseOfArray(new[,] { { Math.Cos(0.4), -Math.Sin(0.4) }, { Math.Sin(0.4), Math.Cos(0.4) } });
    private static readonly Matrix<double> s_q = 0.25 * Matrix<double>.Build.DenseIdentity(2),
        s_r = Matrix<double>.Build.DenseOfDiagonalArray([0.1, 0.2, 0.3, 0.2]);
    private static readonly Matrix<double> s_c = Matrix<double>.Build.DenseOfArray(
        new[,] { { 1, 0.3 }, { -0.5, 1 }, { 0.2, -0.8 }, { 1.2, 0.5 } });
    private static readonly Vector<double> s_d = Vector<double>.Build.Dense([1.0, -0.5, 0, 2]);

    // A scaled rotation keeps a round covariance round.
    private static readonly Matrix<double> s_stationary = 0.25 / (1 - (0.95 * 0.95)) * Matrix<double>.Build.DenseIdentity(2);

    public static TimeSeries Simulate(int steps, ulong seed)
    {
        RandomStream random = new(seed, "state space");
        Vector<double> z = Normal(2, random) * Math.Sqrt(s_stationary[0, 0]);
        double[] values = new double[4 * steps];
        for (int t = 0; t < steps; t++)
        {
            Vector<double> x = (s_c * z) + s_d + Normal(4, random).PointwiseMultiply(s_r.Diagonal().PointwiseSqrt());
            x.AsArray().CopyTo(values, 4 * t);
            z = (s_a * z) + (0.5 * Normal(2, random));
        }
        return new(values, 4);
    }

    /// <summary>log p(x_{1:T}) by the Kalman filter.</summary>
    public static double LogLikelihood(TimeSeries x)
    {
        Vector<double> m = Vector<double>.Build.Dense(2);
        Matrix<double> p = s_stationary;
        double sum = 0;
        for (int t = 0; t < x.Length; t++)
        {
            if (t > 0)
                (m, p) = (s_a * m, (s_a * p * s_a.Transpose()) + s_q);
            Matrix<double> s = (s_c * p * s_c.Transpose()) + s_r, gain = p * s_c.Transpose() * s.Inverse();
            Vector<double> residual = Vector<double>.Build.Dense(x.Row(t).ToArray()) - s_d - (s_c * m);
            sum -= 0.5 * ((4 * Math.Log(2 * Math.PI)) + Math.Log(s.Determinant()) + (residual * s.Inverse() * residual));
            (m, p) = (m + (gain * residual), p - (gain * s_c * p));
        }
        return sum;
    }

    private static Vector<double> Normal(int count, RandomStream random) => Vector<double>.Build.Dense(count, _ => random.NextNormal());
}
