using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The gated recurrent unit over sequences of different lengths, as one operation on a tape (Cho et al., "Learning phrase representations
/// using RNN encoder-decoder", EMNLP 2014).
/// </summary>
/// <remarks>
/// r = sigmoid(u_r + W_r p + b_r), v = sigmoid(u_v + W_v p + b_v), n = tanh(u_n + r (W_n p + b_n)), h = (1 - v) n + v p,
/// where p is the state before and u = W_x x + b_x the projected input: the equations and the order of the weights
/// (r, v, n one under the other) of PyTorch.
/// </remarks>
public static class GatedRecurrentUnit
{
    /// <summary>The states of all sequences at all their steps.</summary>
    /// <param name="projected">u: rows x 3H, W_x x + b_x of every row, in one product before.</param>
    /// <param name="weights">W: 3H x H.</param>
    /// <param name="bias">b: 1 x 3H.</param>
    /// <param name="initial">p of the first step: 1 x H.</param>
    /// <param name="layout">How the sequences lie in the rows.</param>
    /// <param name="direction">From the first step on, or from the last back.</param>
    /// <returns>h: rows x H.</returns>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Variable<T> Apply<T>(
        Variable<T> projected,
        Variable<T> weights,
        Variable<T> bias,
        Variable<T> initial,
        SequenceLayout layout,
        TimeDirection direction = TimeDirection.Forward)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        int units = weights.Columns;
        if (weights.Rows != 3 * units)
            throw new ArgumentException($"The weights of {units} units are {3 * units} x {units}, found {weights.Shape}.", nameof(weights));
        if (bias.Shape != new Shape(1, 3 * units))
            throw new ArgumentException($"The bias of {units} units is 1 x {3 * units}, found {bias.Shape}.", nameof(bias));
        if (initial.Shape != new Shape(1, units))
            throw new ArgumentException($"The initial state of {units} units is 1 x {units}, found {initial.Shape}.", nameof(initial));
        if (projected.Shape != new Shape(layout.Rows, 3 * units))
            throw new ArgumentException(
                $"The projected inputs of {layout.Rows} rows and {units} units are {layout.Rows} x {3 * units}, found {projected.Shape}.",
                nameof(projected));
        Operation<T> operation = WidestLanes.Invoke<T, Construction<T>, Operation<T>>(new(layout, direction, units));
        int saved = checked(units * ((5 * layout.Rows) + (3 * units)));
        return projected.Tape.Apply(operation, new(layout.Rows, units), saved, projected, weights, bias, initial);
    }

    private readonly struct Construction<T>(SequenceLayout layout, TimeDirection direction, int units) : ILaneFunction<T, Operation<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Operation<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new GatedRecurrenceOperation<S, T>(layout, direction, units);
    }
}
