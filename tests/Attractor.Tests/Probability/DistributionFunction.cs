using Attractor.Numerics;

namespace Attractor.Tests.Probability;

/// <summary>P(x at most t), by formulas that the distributions under test do not use.</summary>
internal static class DistributionFunction
{
    public static double At(string name, double[] p, double t) => name switch
    {
        "Normal" => MathNet.Numerics.Distributions.Normal.CDF(p[0], p[1], t),
        "LogNormal" => MathNet.Numerics.Distributions.Normal.CDF(p[0], p[1], Math.Log(t)),
        "Exponential" => -Exponentials.Expm1(-p[0] * t),
        "Gamma" => IncompleteGamma.P(p[0], p[1] * t),
        "Beta" => IncompleteBeta.Of(p[0], p[1], t),
        "StudentT" => Student(p[0], (t - p[1]) / p[2]),
        "Laplace" => t < p[0] ? 0.5 * Math.Exp((t - p[0]) / p[1]) : 1 - (0.5 * Math.Exp(-(t - p[0]) / p[1])),
        "Gumbel" => Math.Exp(-Math.Exp(-(t - p[0]) / p[1])),
        "Uniform" => (t - p[0]) / (p[1] - p[0]),
        "Bernoulli" => t < 0 ? 0 : t < 1 ? Logistic.Sigmoid(-p[0]) : 1,
        "Poisson" => IncompleteGamma.Q(Math.Floor(t) + 1, p[0]),
        "NegativeBinomial" => IncompleteBeta.Of(p[0], Math.Floor(t) + 1, Logistic.Sigmoid(-p[1])),
        _ => throw new ArgumentException(name),
    };

    // Half the tails beyond |t|, from whichever side of the beta distribution keeps its digits.
    private static double Student(double nu, double t)
    {
        double square = t * t;
        double tails = square < nu
            ? 1 - IncompleteBeta.Of(0.5, 0.5 * nu, square / (nu + square))
            : IncompleteBeta.Of(0.5 * nu, 0.5, nu / (nu + square));
        return t > 0 ? 1 - (0.5 * tails) : 0.5 * tails;
    }
}
