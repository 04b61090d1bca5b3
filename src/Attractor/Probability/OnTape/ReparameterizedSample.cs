using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>
/// Samples on a tape that move with the parameters of their distribution:
/// <c>ReparameterizedSample&lt;Gamma&gt;.Of(random, shape, rate)</c>.
/// </summary>
public static class ReparameterizedSample<TDistribution>
    where TDistribution : struct, IReparameterized<TDistribution>
{
    /// <summary>
    /// One sample for each element of the parameters, whose rows and columns broadcast; differentiable with respect to them at fixed noise.
    /// </summary>
    /// <param name="random">Where the noise comes from.</param>
    /// <param name="parameters">In the order of the distribution's.</param>
    /// <exception cref="ArgumentException">There are too many or too few parameters, one is outside its domain, or the shapes do not go
    /// together.</exception>
    public static Variable<T> Of<T>(RandomStream random, params ReadOnlySpan<Variable<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        ParameterCount.Require<TDistribution>(parameters.Length);
        Shape shape = parameters[0].Shape;
        foreach (Variable<T> parameter in parameters)
            shape = Shape.Broadcast(shape, parameter.Shape);
        Variable<T> samples = parameters[0].Tape.Constant(shape, Draw(random, shape, parameters));
        return PointwiseOperation<T, Pointwise>.Apply([samples, .. parameters]);
    }

    private static T[] Draw<T>(RandomStream random, Shape shape, ReadOnlySpan<Variable<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] samples = new T[shape.Count];
        Span<double> values = stackalloc double[parameters.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, shape.Columns);
            for (int k = 0; k < values.Length; k++)
            {
                Variable<T> parameter = parameters[k];
                values[k] = double.CreateTruncating(
                    parameter.Value[((parameter.Rows == 1 ? 0 : row) * parameter.Columns) + (parameter.Columns == 1 ? 0 : column)]);
            }
            samples[i] = T.CreateTruncating(TDistribution.Create(values).Sample(random));
        }
        return samples;
    }

    // The first input is the sample itself, drawn before: it stays while the parameters move it.
    private readonly struct Pointwise : IPointwise
    {
        public static double Evaluate(ReadOnlySpan<double> inputs, Span<double> derivatives)
        {
            derivatives[0] = 0;
            TDistribution.Create(inputs[1..]).SampleGradient(inputs[0], derivatives[1..]);
            return inputs[0];
        }
    }
}
