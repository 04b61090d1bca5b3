using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>
/// A recurrent network driven by data, h_t = F(h_{t-1}) + u_t from h_0 = 0, over sequences of different lengths, as one operation on a
/// tape: an encoder made of the map that one models with.
/// </summary>
/// <remarks>
/// The model gives the form of F; its parameters and the drive u = C x are inputs of the operation. May be applied from several threads at
/// once, each with its own tape. Of ReLU networks the gradient at a kink is that of one side.
/// </remarks>
public sealed class DrivenRecurrence<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecurrentModel _model;
    private readonly KernelPool<T> _kernels;

    /// <summary>The driven map of a model.</summary>
    /// <param name="model">Its kind and sizes are used, not its parameters.</param>
    public DrivenRecurrence(RecurrentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Inputs > 0)
            throw new ArgumentException("The drive takes the place of the inputs that the model has.", nameof(model));
        _model = model;
        _kernels = new(model);
    }

    /// <summary>The states of all sequences at all their steps.</summary>
    /// <param name="parameters">All parameters in the order of <see cref="RecurrentModel.Parameters"/>, as one row.</param>
    /// <param name="drive">u: rows x M.</param>
    /// <param name="layout">How the sequences lie in the rows.</param>
    /// <param name="direction">From the first step on, or from the last back.</param>
    /// <returns>h: rows x M.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit the model or the layout.</exception>
    public Variable<T> Apply(
        Variable<T> parameters, Variable<T> drive, SequenceLayout layout, TimeDirection direction = TimeDirection.Forward)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (parameters.Shape != new Shape(1, _model.ParameterCount))
            throw new ArgumentException(
                $"The parameters of this model are 1 x {_model.ParameterCount}, found {parameters.Shape}.", nameof(parameters));
        if (drive.Shape != new Shape(layout.Rows, _model.Latent))
            throw new ArgumentException(
                $"The drive of {layout.Rows} rows and {_model.Latent} units is {layout.Rows} x {_model.Latent}, found {drive.Shape}.",
                nameof(drive));
        DrivenRecurrenceOperation<T> operation = new(_kernels, layout, direction);
        return drive.Tape.Apply(operation, drive.Shape, operation.SavedCount, parameters, drive);
    }

    /// <inheritdoc/>
    public void Dispose() => _kernels.Dispose();
}
