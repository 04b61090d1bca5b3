using Attractor.Learning;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Estimators;

/// <summary>q = N(mu, s^2) against the posterior N(m, t^2), with log p(x) = 0: everything about it is known in closed form.</summary>
internal sealed record GaussianProblem(double Mu, double S, double M, double T)
{
    public double Ratio => S * S / (T * T);

    public DiagonalGaussian Q => new([Mu], [S]);

    public TargetFunction LogJoint => TargetFunction.Of(1, (z, gradient) =>
    {
        double u = (z[0] - M) / T;
        if (gradient.Length > 0)
            gradient[0] = -u / T;
        return (-0.5 * u * u) - Math.Log(T) - (0.5 * Math.Log(2 * Math.PI));
    });

    /// <summary>-KL(q || posterior).</summary>
    public double Bound => -(Math.Log(T / S) + (((S * S) + ((Mu - M) * (Mu - M))) / (2 * T * T)) - 0.5);

    /// <summary>With respect to mu and to s (not log s).</summary>
    public double[] Gradient => [-(Mu - M) / (T * T), (1 - Ratio) / S];

    public double[] VarianceOfPath => [Square((1 / S) - (S / (T * T))), (Shift + (2 * Square(1 - Ratio))) / (S * S)];

    public double[] VarianceOfTotal => [S * S / Square(T * T), (Shift + (2 * Square(Ratio))) / (S * S)];

    /// <summary>Of the path derivative less c times the score: for c = 1 - r the least.</summary>
    public double[] VarianceWith(double c) => [Square(((1 - Ratio) - c) / S), (Shift + (2 * Square((1 - Ratio) - c))) / (S * S)];

    private double Shift => S * S * (Mu - M) * (Mu - M) / Square(T * T);

    private static double Square(double x) => x * x;
}
