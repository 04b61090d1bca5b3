using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>An orbit that a map makes on its own, seen through its observed variables.</summary>
/// <remarks>
/// A map that inputs drive (<see cref="IDrivenMap"/>) runs along those of the series that it sets out from; where a run outlasts them they
/// begin again. <see cref="AfterWarmUp"/> and <see cref="Along"/> do not repeat them.
/// </remarks>
public static class FreeRun
{
    /// <summary>Runs from one observation: row 0 is that observation, row t what is observed of the state t steps later.</summary>
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
        RequireInputs(model);
        if (observation.Length != model.Observed)
            throw new ArgumentException(
                $"Expected an observation of {model.Observed} values, found {observation.Length}.", nameof(observation));
        double[] state = RunStart.From(model, observation).State;
        using IDisposable? threads = Pair(ref model, (long)rows + dropped);
        return Run(model, state, observation, rows, dropped, dt, names, cancellationToken);
    }

    /// <summary>
    /// Runs from one row of a series, after the rows before it have driven the map: row 0 is that row, row t
    /// what is observed of the state t steps later.
    /// </summary>
    /// <param name="model">Any observed map.</param>
    /// <param name="history">T x N; its dt, names and units pass to the result. Missing values are bridged by the map.</param>
    /// <param name="start">The row to start from.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="warmUp">Rows before <paramref name="start"/> that drive the map; as many as <see cref="IObservedMap.WarmUp"/> asks for,
    /// or as there are, if negative.</param>
    /// <param name="dropped">Rows to run through and leave out beforehand.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The series has another number of variables, or a size is out of range.</exception>
    public static TimeSeries After(
        IObservedMap model,
        TimeSeries history,
        int start,
        int rows,
        int warmUp = -1,
        int dropped = 0,
        CancellationToken cancellationToken = default)
    {
        using IDisposable? threads = Pair(ref model, (long)rows + dropped);
        RunStart from = RunStart.After(model, history, start, warmUp);
        TimeSeries orbit = Run(from.Model, from.State, from.Observation, rows, dropped, history.Dt, history.Names, cancellationToken);
        return new(orbit.Values.ToArray(), orbit.Dimension, orbit.Dt, orbit.Names) { Standardization = history.Standardization };
    }

    /// <summary>Runs from a start.</summary>
    internal static TimeSeries Of(RunStart start, int rows, int dropped, CancellationToken cancellationToken)
    {
        IObservedMap model = start.Model;
        using IDisposable? threads = Pair(ref model, (long)rows + dropped);
        return Run(model, start.State, start.Observation, rows, dropped, 1, null, cancellationToken);
    }

    /// <summary>Runs from the first row that has <paramref name="warmUp"/> rows before it, counted from <paramref name="start"/>.</summary>
    /// <param name="model">Any observed map.</param>
    /// <param name="from">A series of the N observed variables; its dt, names and units pass to the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="start">The row of <paramref name="from"/> to begin at.</param>
    /// <param name="warmUp">Rows that drive the map beforehand; as many as it asks for if null.</param>
    /// <exception cref="ArgumentException">The series has another number of variables, or too few rows for the warm-up.</exception>
    public static TimeSeries AfterWarmUp(IObservedMap model, TimeSeries from, int rows, int start = 0, int? warmUp = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(from);
        int driven = RequireRows(model, from, start, warmUp);
        if (model is IDrivenMap { Inputs: > 0 } && from.Inputs is { } inputs && (long)start + driven + rows > inputs.Length)
            throw new ArgumentException(
                $"{rows} rows from row {start + driven} on need inputs for as many, found {inputs.Length - start - driven}: give "
                + "those that are known to come, or ask for fewer.",
                nameof(from));
        return After(model, from, start + driven, rows, driven);
    }

    /// <summary>Runs a driven map from a row of a series along inputs that are known to come.</summary>
    /// <param name="model">An <see cref="IDrivenMap"/>.</param>
    /// <param name="from">A series of the N observed variables, with inputs of its own where there is a warm-up.</param>
    /// <param name="inputs">Of as many rows as the result: row t is that of row t of the orbit. Row 0, at which it sets out, drives
    /// nothing.</param>
    /// <param name="start">The row of <paramref name="from"/> to begin at.</param>
    /// <param name="warmUp">Rows that drive the map beforehand; as many as it asks for if null.</param>
    /// <exception cref="ArgumentException">The series do not fit the model, or there are too few rows for the warm-up.</exception>
    public static TimeSeries Along(IDrivenMap model, TimeSeries from, TimeSeries inputs, int start = 0, int? warmUp = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(inputs);
        DrivenMap.Require(model, inputs);
        if (model.Inputs == 0)
            throw new ArgumentException("The model has no inputs: it runs by itself.", nameof(model));
        int driven = RequireRows(model, from, start, warmUp), row = start + driven;
        double[] state = StateAt(model, from, row, driven);
        TimeSeries orbit = Run(
            DrivenMap.Along(model, inputs, 0, repeats: false), state, from.Row(row), inputs.Length, 0, from.Dt, from.Names, default);
        return new(orbit.Values.ToArray(), orbit.Dimension, orbit.Dt, orbit.Names)
        {
            Standardization = from.Standardization,
            Inputs = inputs,
        };
    }

    private static int RequireRows(IObservedMap model, TimeSeries from, int start, int? warmUp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        int driven = warmUp ?? model.WarmUp;
        ArgumentOutOfRangeException.ThrowIfNegative(driven, nameof(warmUp));
        return start <= from.Length - 1 - driven ? driven : throw new ArgumentException(
            $"A warm-up of {driven} steps from row {start} needs {(long)start + driven + 1} rows, found {from.Length}.", nameof(from));
    }

    private static void RequireInputs(IObservedMap model)
    {
        if (model is IDrivenMap { Inputs: > 0 })
            throw new ArgumentException("The model is driven by inputs: run it along them, DrivenMap.Along(model, inputs).", nameof(model));
    }

    /// <summary>The state at one row of a series, after the rows before it have driven the map.</summary>
    /// <returns>D values; the observation of row <paramref name="start"/> itself is still to be taken in, except where there is no row
    /// before it.</returns>
    /// <inheritdoc cref="After"/>
    public static double[] StateAt(IObservedMap model, TimeSeries history, int start, int warmUp = -1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        if (history.Dimension != model.Observed)
            throw new ArgumentException(
                $"The model observes {model.Observed} variables, the series has {history.Dimension}.", nameof(history));
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, history.Length);
        if (warmUp > start)
            throw new ArgumentException($"A warm-up of {warmUp} rows needs as many before row {start}.", nameof(warmUp));
        if (model is IEncodedMap { IsEncoded: true } encoded)
            return EncodedState(encoded, history, start);
        int first = start - (warmUp < 0 ? Math.Min(model.WarmUp, start) : warmUp);
        // Before it can bridge a gap in its history the map needs a history of its own; and none begins with a gap.
        if (warmUp < 0 && TensorPrimitives.IsNaNAny(history.Values[(first * model.Observed)..(start * model.Observed)]))
            first = Math.Max(0, first - model.WarmUp);
        while (first < start && TensorPrimitives.IsNaNAny(history.Row(first)))
            first++;
        double[] state = new double[model.Dimension];
        model.InitialState(history.Row(first), state);
        // Without a step there is nothing to drive.
        model = first < start ? DrivenMap.Along(model, history.Inputs, first) : model;
        for (int t = first; t < start; t++)
            model.ForcedStep(state, history.Row(t), state);
        return state;
    }

    private static double[] EncodedState(IEncodedMap map, TimeSeries history, int row)
    {
        double[] state = new double[map.Dimension];
        int encoded = map.EncodedRow(row);
        map.EncodedState(history, encoded, state);
        IObservedMap along = encoded < row ? DrivenMap.Along(map, history.Inputs, encoded) : map;
        for (int t = encoded; t < row; t++)
            along.Step(state, state);
        return state;
    }

    /// <summary>Runs from a state of D values: row 0 is what is observed of it.</summary>
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
        RequireInputs(model);
        if (from.Length != model.Dimension)
            throw new ArgumentException($"Expected a state of {model.Dimension} values, found {from.Length}.", nameof(from));
        using IDisposable? threads = Pair(ref model, (long)rows + dropped);
        return Run(model, from.ToArray(), [], rows, dropped, dt, names, cancellationToken);
    }

    // A second thread for a long orbit, where the map has a use for it.
    private static IDisposable? Pair(ref IObservedMap model, long steps)
    {
        const int Long = 1000;
        if (steps <= Long || (model as IPairedMap)?.Pair() is not { } pair)
            return null;
        model = pair.Map;
        return pair.Threads;
    }

    // The first row is the observation if there is one: the map takes it in with its first step.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TimeSeries Run(
        IObservedMap model,
        double[] state,
        ReadOnlySpan<double> observation,
        int rows,
        int dropped,
        double dt,
        IReadOnlyList<string>? names,
        CancellationToken cancellationToken)
    {
        int n = model.Observed;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Array.MaxLength / n);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped);

        double[] values = new double[rows * n];
        double[] seen = new double[n];
        observation.CopyTo(seen);
        // Where what is observed has to be computed, it is computed once: a step from it is a step that is forced with it.
        bool forced = model.WarmUp > 0;
        for (long t = 0; t < (long)dropped + rows; t++)
        {
            bool given = observation.Length > 0 && t == 0;
            if (t > 0 && (forced || (t == 1 && observation.Length > 0)))
                model.ForcedStep(state, seen, state);
            else if (t > 0)
                model.Step(state, state);
            if (!given && (forced || t >= dropped))
                model.Observe(state, seen);
            if (!VectorOperations.AreFinite(state))
            {
                values.AsSpan((int)Math.Max(0, t - dropped) * n).Fill(double.NaN);
                break;
            }
            if (t >= dropped)
                seen.CopyTo(values.AsSpan((int)(t - dropped) * n));
            if (t % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        return new(values, n, dt, names);
    }
}
