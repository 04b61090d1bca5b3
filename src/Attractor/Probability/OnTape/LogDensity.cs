using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>
/// The log density, or log mass, of a distribution on a tape: <c>LogDensity&lt;Normal&gt;.Of(x, mean, standardDeviation)</c>.
/// </summary>
public static class LogDensity<TDistribution>
    where TDistribution : struct, IDistribution<TDistribution>
{
    /// <summary>
    /// log p(x | parameters), element by element, differentiable with respect to all of them. Rows and columns broadcast.
    /// </summary>
    /// <param name="value">x.</param>
    /// <param name="parameters">In the order of the distribution's.</param>
    /// <exception cref="ArgumentException">There are too many or too few parameters, one is outside its domain, or the shapes do not go
    /// together.</exception>
    public static Variable<T> Of<T>(Variable<T> value, params ReadOnlySpan<Variable<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParameterCount.Require<TDistribution>(parameters.Length);
        return PointwiseOperation<T, Pointwise>.Apply([value, .. parameters]);
    }

    private readonly struct Pointwise : IPointwise
    {
        public static double Evaluate(ReadOnlySpan<double> inputs, Span<double> derivatives)
        {
            TDistribution distribution = TDistribution.Create(inputs[1..]);
            double log = distribution.LogDensity(inputs[0]);
            if (double.IsFinite(log))
                derivatives[0] = distribution.LogDensityGradient(inputs[0], derivatives[1..]);
            else
                derivatives.Clear();
            return log;
        }
    }
}
