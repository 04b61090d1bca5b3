using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>A family of Gaussians by parameters that may each be any number, so that an optimiser may move them freely.</summary>
public abstract class GaussianFamily
{
    private protected GaussianFamily()
    {
    }

    /// <summary>Independent components: D means, D logarithms of standard deviations.</summary>
    public static GaussianFamily MeanField { get; } = new MeanFieldGaussian();

    /// <summary>
    /// Any covariance: D means, then the Cholesky factor's lower triangle row by row, with the logarithms of its diagonal.
    /// </summary>
    public static GaussianFamily FullRank { get; } = new FullRankGaussian();

    /// <summary>Such as <c>mean-field Gaussian</c>.</summary>
    public abstract string Name { get; }

    internal abstract int ParameterCount(int dimension);

    /// <summary>The family's parameters of N(mean, scale^2 I).</summary>
    internal abstract double[] Initial(ReadOnlySpan<double> mean, double scale);

    /// <summary>The member with these parameters.</summary>
    internal abstract IReparameterizedMultivariate Member(int dimension, ReadOnlySpan<double> parameters);

    /// <summary>A gradient with respect to the distribution's parameters becomes one with respect to the family's.</summary>
    internal abstract void ToFamily(int dimension, ReadOnlySpan<double> parameters, Span<double> gradient);
}
