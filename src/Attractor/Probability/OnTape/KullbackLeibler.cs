using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>
/// The Kullback-Leibler divergence between two distributions of a kind on a tape: <c>KullbackLeibler&lt;Normal&gt;.Of([mean, deviation],
/// [priorMean, priorDeviation])</c>.
/// </summary>
public static class KullbackLeibler<TDistribution>
    where TDistribution : struct, IDistribution<TDistribution>, IDivergence<TDistribution>
{
    /// <summary>
    /// KL(p || q), nats, element by element, differentiable with respect to the parameters of both. Rows and columns broadcast.
    /// </summary>
    /// <param name="parameters">Those of p, in the order of the distribution's.</param>
    /// <param name="others">Those of q.</param>
    /// <exception cref="ArgumentException">There are too many or too few parameters, one is outside its domain, or the shapes do not go
    /// together.</exception>
    public static Variable<T> Of<T>(ReadOnlySpan<Variable<T>> parameters, ReadOnlySpan<Variable<T>> others)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParameterCount.Require<TDistribution>(parameters.Length);
        ParameterCount.Require<TDistribution>(others.Length);
        return PointwiseOperation<T, Pointwise>.Apply([.. parameters, .. others]);
    }

    private readonly struct Pointwise : IPointwise
    {
        public static double Evaluate(ReadOnlySpan<double> inputs, Span<double> derivatives)
        {
            int own = inputs.Length / 2;
            TDistribution distribution = TDistribution.Create(inputs[..own]), other = TDistribution.Create(inputs[own..]);
            distribution.KullbackLeiblerGradient(other, derivatives[..own], derivatives[own..]);
            return distribution.KullbackLeibler(other);
        }
    }
}
