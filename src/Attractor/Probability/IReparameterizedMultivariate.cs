namespace Attractor.Probability;

/// <summary>A distribution of a vector whose samples move smoothly with its parameters.</summary>
public interface IReparameterizedMultivariate : IMultivariateDistribution
{
    /// <summary>The adjoint of the sample as a function of the parameters, at fixed noise.</summary>
    /// <param name="value">x, a sample of this distribution.</param>
    /// <param name="adjoint">v, D components.</param>
    /// <param name="gradient">sum_j v_j dx_j / d parameter is written.</param>
    void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient);
}
