using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>
/// A recurrent network run freely for some steps, as one operation on a tape, by the fused kernels that its trainer uses.
/// </summary>
/// <remarks>
/// The model gives the form of the map; the parameters are an input of the operation, so that they may themselves be computed, or shared.
/// For forcing between steps apply it with fewer steps, as often as there is something to be forced. Of ReLU networks the gradient at a
/// kink is that of one side.
/// </remarks>
public sealed class Recurrence<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecurrentModel _model;
    private readonly int _steps;
    private readonly RecurrenceOperation<T> _operation;

    /// <summary>The map of a model, iterated.</summary>
    /// <param name="model">Its kind and sizes are used, not its parameters.</param>
    /// <param name="steps">How often the map is applied.</param>
    public Recurrence(RecurrentModel model, int steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (model.Inputs > 0)
            throw new ArgumentException("A recurrence on the tape runs freely: the model has inputs.", nameof(model));
        (_model, _steps) = (model, steps);
        _operation = new(model, steps);
    }

    /// <summary>Runs the map from a batch of states.</summary>
    /// <param name="parameters">All parameters in the order of <see cref="RecurrentModel.Parameters"/>, as one row.</param>
    /// <param name="states">n x M.</param>
    /// <returns>The states after 1, 2, .. steps, one under the other: steps n x M.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit the model.</exception>
    public Variable<T> Apply(Variable<T> parameters, Variable<T> states)
    {
        if (parameters.Shape != new Shape(1, _model.ParameterCount))
            throw new ArgumentException(
                $"The parameters of this model are 1 x {_model.ParameterCount}, found {parameters.Shape}.", nameof(parameters));
        if (states.Columns != _model.Latent)
            throw new ArgumentException($"The states of this model have {_model.Latent} columns, found {states.Shape}.", nameof(states));
        int saved = _operation.SavedCount(states.Rows);
        return parameters.Tape.Apply(_operation, new(checked(_steps * states.Rows), states.Columns), saved, parameters, states);
    }

    /// <inheritdoc/>
    public void Dispose() => _operation.Dispose();
}
