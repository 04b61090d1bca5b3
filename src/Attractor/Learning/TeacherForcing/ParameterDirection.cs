using System.Numerics.Tensors;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>A direction in the space of a model's parameters, along which a loss may be looked at.</summary>
public sealed class ParameterDirection
{
    private ParameterDirection(string name, double[] values) => (Name, Values) = (name, values);

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>As many values as the model has parameters.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>
    /// A random direction whose part in each tensor is as long as the tensor itself: at 1 each has changed by its own size.
    /// </summary>
    /// <remarks>
    /// Li, Xu, Taylor, Studer and Goldstein, "Visualizing the loss landscape of neural nets",
    /// NeurIPS 2018, with tensors in place of filters.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static ParameterDirection Random(RecurrentModel model, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        RandomStream random = new(seed, "direction");
        double[] values = new double[model.ParameterCount];
        int at = 0;
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            ReadOnlySpan<double> parameters = model.Parameters[tensor.Name];
            Span<double> part = values.AsSpan(at, parameters.Length);
            foreach (ref double x in part)
                x = random.NextNormal();
            TensorPrimitives.Multiply(part, TensorPrimitives.Norm(parameters) / TensorPrimitives.Norm<double>(part), part);
            at += parameters.Length;
        }
        return new(FormattableString.Invariant($"random {seed}"), values);
    }

    /// <summary>One parameter: its change is the coordinate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensor">The name of its tensor, such as <c>W1</c>.</param>
    /// <param name="index">Where in the tensor, row by row.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public static ParameterDirection Of(RecurrentModel model, string tensor, int index)
    {
        ArgumentNullException.ThrowIfNull(model);
        int at = 0;
        foreach (ParameterTensor candidate in model.Parameters.Tensors)
        {
            int count = model.Parameters[candidate.Name].Length;
            if (candidate.Name == tensor)
            {
                if (index < 0 || index >= count)
                    throw new ArgumentException($"{tensor} has the parameters 0 to {count - 1}, not {index}.", nameof(index));
                double[] values = new double[model.ParameterCount];
                values[at + index] = 1;
                return new(FormattableString.Invariant($"{tensor}[{index}]"), values);
            }
            at += count;
        }
        throw new ArgumentException(
            $"There is no tensor '{tensor}'; there are {string.Join(", ", model.Parameters.Tensors.Select(t => t.Name))}.", nameof(tensor));
    }
}
