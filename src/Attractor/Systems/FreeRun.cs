using System.Numerics.Tensors;
using Attractor.Data;

namespace Attractor.Systems;

/// <summary>An orbit that a map makes on its own, seen through its observed variables.</summary>
public static class FreeRun
{
    /// <summary>Runs from one observation: row 0 is what is observed of the initial state, row t of the t-th step.</summary>
    /// <param name="model">Any observed map.</param>
    /// <param name="observation">N values.</param>
    /// <param name="rows">T, the rows of the result.</param>
    /// <param name="dropped">Rows to run through and leave out beforehand.</param>
    /// <param name="dt">Time between two rows.</param>
    /// <param name="names">N names, or none.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>T x N; from the first row that is not finite on, NaN.</returns>
    /// <exception cref="ArgumentException">The observation is not of N values, or a size is out of range.</exception>
    public static TimeSeries From(
        IObservedMap model,
        ReadOnlySpan<double> observation,
        int rows,
        int dropped = 0,
        double dt = 1,
        IReadOnlyList<string>? names = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (observation.Length != model.Observed)
            throw new ArgumentException($"Expected an observation of {model.Observed} values, found {observation.Length}.", nameof(observation));
        double[] state = new double[model.Dimension];
        model.InitialState(observation, state);
        return FromState(model, state, rows, dropped, dt, names, cancellationToken);
    }

    /// <summary>Runs from a state of D values.</summary>
    /// <inheritdoc cref="From"/>
    public static TimeSeries FromState(
        IObservedMap model,
        ReadOnlySpan<double> from,
        int rows,
        int dropped = 0,
        double dt = 1,
        IReadOnlyList<string>? names = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        int n = model.Observed;
        if (from.Length != model.Dimension)
            throw new ArgumentException($"Expected a state of {model.Dimension} values, found {from.Length}.", nameof(from));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Array.MaxLength / n);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped);

        double[] state = from.ToArray(), values = new double[rows * n];
        for (long t = 0; t < (long)dropped + rows; t++)
        {
            if (t > 0)
                model.Step(state, state);
            if (!TensorPrimitives.IsFiniteAll<double>(state))
            {
                values.AsSpan((int)Math.Max(0, t - dropped) * n).Fill(double.NaN);
                break;
            }
            if (t >= dropped)
                state.AsSpan(0, n).CopyTo(values.AsSpan((int)(t - dropped) * n));
            if (t % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        return new(values, n, dt, names);
    }
}
