using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>The entropy of a distribution on a tape: <c>Entropy&lt;Gamma&gt;.Of(shape, rate)</c>.</summary>
public static class Entropy<TDistribution>
    where TDistribution : struct, IDistribution<TDistribution>
{
    /// <summary>-E[log p], nats, element by element, differentiable with respect to the parameters. Rows and columns broadcast.</summary>
    /// <param name="parameters">In the order of the distribution's.</param>
    /// <exception cref="ArgumentException">There are too many or too few parameters, one is outside its domain, or the shapes do not go
    /// together.</exception>
    public static Variable<T> Of<T>(params ReadOnlySpan<Variable<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParameterCount.Require<TDistribution>(parameters.Length);
        return PointwiseOperation<T, Pointwise>.Apply(parameters);
    }

    private readonly struct Pointwise : IPointwise
    {
        public static double Evaluate(ReadOnlySpan<double> inputs, Span<double> derivatives)
        {
            TDistribution distribution = TDistribution.Create(inputs);
            distribution.EntropyGradient(derivatives);
            return distribution.Entropy;
        }
    }
}
