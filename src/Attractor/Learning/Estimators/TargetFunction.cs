using System.Collections.Concurrent;
using Attractor.Differentiation;

namespace Attractor.Learning;

/// <summary>What an expectation is taken of: f(z), or the log joint density log p(x, z) of a model whose latent variables are z.</summary>
/// <remarks>Evaluated at many points at once. Safe to use from several threads if the function it is made from is.</remarks>
public abstract class TargetFunction
{
    private protected TargetFunction(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        Dimension = dimension;
    }

    /// <summary>D, the number of components of z.</summary>
    public int Dimension { get; }

    /// <summary>A function written on a tape, differentiated there.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="function">Computes a column of n values from the n x D matrix of points, each from its own row.</param>
    public static TargetFunction OnTape(int dimension, Func<Tape<double>, Variable<double>, Variable<double>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Taped(dimension, function);
    }

    /// <summary>A function of one point with a gradient of its own.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="function">Gives the value at a point and writes its gradient, where one is asked for.</param>
    public static TargetFunction Of(int dimension, PointFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Pointwise(dimension, function);
    }

    /// <summary>The values at n points, and the gradients.</summary>
    /// <param name="points">n x D, row by row.</param>
    /// <param name="values">n values are written.</param>
    /// <param name="gradients">n x D values are written; empty where no gradients are wanted.</param>
    public void Evaluate(ReadOnlySpan<double> points, Span<double> values, Span<double> gradients)
    {
        if (points.Length != (long)values.Length * Dimension)
            throw new ArgumentException(
                $"{values.Length} points of {Dimension} components are {(long)values.Length * Dimension} values, found {points.Length}.",
                nameof(points));
        if (gradients.Length != 0 && gradients.Length != points.Length)
            throw new ArgumentException(
                $"The gradients of {values.Length} points are {points.Length} values, found {gradients.Length}.", nameof(gradients));
        Compute(points, values, gradients);
    }

    private protected abstract void Compute(ReadOnlySpan<double> points, Span<double> values, Span<double> gradients);

    private sealed class Pointwise(int dimension, PointFunction function) : TargetFunction(dimension)
    {
        private protected override void Compute(ReadOnlySpan<double> points, Span<double> values, Span<double> gradients)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = function(
                    points.Slice(i * Dimension, Dimension), gradients.Length == 0 ? [] : gradients.Slice(i * Dimension, Dimension));
        }
    }

    private sealed class Taped(int dimension, Func<Tape<double>, Variable<double>, Variable<double>> function) : TargetFunction(dimension)
    {
        private readonly ConcurrentBag<Tape<double>> _tapes = [];

        private protected override void Compute(ReadOnlySpan<double> points, Span<double> values, Span<double> gradients)
        {
            if (!_tapes.TryTake(out Tape<double>? tape))
                tape = new();
            tape.Reset();
            Shape shape = new(values.Length, Dimension);
            Variable<double> z = gradients.Length == 0 ? tape.Constant(shape, points) : tape.Variable(shape, points);
            Variable<double> result = function(tape, z);
            if (result.Shape != new Shape(values.Length, 1))
                throw new ArgumentException(
                    $"A function of {values.Length} points gives a column of {values.Length} values, found {result.Shape}: "
                    + $"sum over the columns.");
            result.Value.CopyTo(values);
            if (gradients.Length > 0)
            {
                // The value at a point depends on its own row alone, so that the gradient of the sum holds the gradients of all.
                tape.Backward(result.Sum());
                z.Gradient.CopyTo(gradients);
            }
            _tapes.Add(tape);
        }
    }
}
