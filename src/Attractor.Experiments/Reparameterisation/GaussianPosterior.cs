using Attractor.Learning;
using Attractor.Probability;

namespace Attractor.Experiments;

/// <summary>
/// q = N(mu, s^2) against the posterior N(m, t^2) of a model with log p(x) = c: gradients with respect to (mu, log s), and the variances of
/// their estimators, in closed form.
/// </summary>
/// <remarks>
/// With z = mu + s eps the integrand log p(x, z) - log q(z) is A + B eps + C eps^2, and the score is (eps / s, eps^2 - 1):
/// every variance below is a moment of eps. c is not 0, so that the score function does not lose its variance at the
/// posterior by the accident of log p(x) = 0.
/// </remarks>
internal sealed record GaussianPosterior(double Mean, double Scale)
{
    /// <summary>m, the mean of the posterior.</summary>
    public const double PosteriorMean = 1;

    /// <summary>t, its standard deviation.</summary>
    public const double PosteriorScale = 0.5;

    /// <summary>c.</summary>
    public const double LogEvidence = -2;

    /// <summary>q at a distance delta from the posterior: mu = m + delta t, s = t (1 + delta / 2).</summary>
    public static GaussianPosterior At(double distance)
        => new(PosteriorMean + (distance * PosteriorScale), PosteriorScale * (1 + (distance / 2)));

    public DiagonalGaussian Q => new([Mean], [Scale]);

    public static TargetFunction LogJoint { get; } = TargetFunction.Of(1, (z, gradient) =>
    {
        double u = (z[0] - PosteriorMean) / PosteriorScale;
        if (gradient.Length > 0)
            gradient[0] = -u / PosteriorScale;
        return LogEvidence - (0.5 * u * u) - Math.Log(PosteriorScale) - (0.5 * Math.Log(2 * Math.PI));
    });

    /// <summary>From the derivatives of <see cref="DiagonalGaussian"/> to those with respect to (mu, log s).</summary>
    public double[] Units => [1, Scale];

    /// <summary>s^2 / t^2.</summary>
    public double Ratio => Scale * Scale / (PosteriorScale * PosteriorScale);

    public double[] Gradient => [B / Scale, 2 * C];

    private double A => LogEvidence + Math.Log(Scale / PosteriorScale) - (0.5 * Square((Mean - PosteriorMean) / PosteriorScale));

    private double B => (PosteriorMean - Mean) * Scale / Square(PosteriorScale);

    private double C => (1 - Ratio) / 2;

    /// <summary>
    /// Of the path derivative less a multiple of the score: 0 is sticking the landing, 1 the total
    /// derivative, and the least has 1 less the ratio.
    /// </summary>
    public double[] VarianceWithScore(double multiple)
        => [Square(((1 - Ratio) - multiple) / Scale), Square(B) + (2 * Square((1 - Ratio) - multiple))];

    /// <summary>Of the score function.</summary>
    public double[] VarianceOfScoreFunction => [ScoreVariance(A)[0], ScoreVariance(A)[1]];

    /// <summary>Of the score function with the best constant for each parameter, E[f g^2] / E[g^2], taken off.</summary>
    public double[] VarianceWithOptimalBaseline => [ScoreVariance(-3 * C)[0], ScoreVariance(-5 * C)[1]];

    /// <summary>
    /// Of the score function with the mean of the n - 1 others taken off, times n: it is the sample covariance of integrand and score.
    /// </summary>
    public double[] VarianceWithLeaveOneOut(int n)
    {
        double integrand = Square(B) + (2 * Square(C));
        return
        [
            ((2 * Square(B)) + (10 * Square(C)) + ((integrand + Square(B)) / (n - 1))) / Square(Scale),
            (10 * Square(B)) + (56 * Square(C)) + (((2 * integrand) + (4 * Square(C))) / (n - 1)),
        ];
    }

    // The integrand's constant is a.
    private double[] ScoreVariance(double a)
    {
        double squared = Square(B) + (2 * a * C);
        return
        [
            (Square(a) + (3 * squared) + (15 * Square(C)) - Square(B)) / Square(Scale),
            (2 * Square(a)) + (10 * squared) + (78 * Square(C)) - (4 * Square(C)),
        ];
    }

    private static double Square(double x) => x * x;
}
