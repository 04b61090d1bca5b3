namespace Attractor.Evaluation;

/// <summary>
/// The forecast that repeats what followed when the data last looked like this: the row of a context whose delay vector, itself and the
/// rows before it, is nearest to the latest rows, and from there on a copy of the context.
/// </summary>
/// <remarks>
/// Lorenz's analogues (J. Atmos. Sci. 26, 1969) in delay coordinates, copied on rather than sought anew at every step (Y. Zhang and
/// W. Gilpin, "Context parroting", 2025): it learns nothing, and what has learnt the dynamics forecasts better. Distances are Euclidean in
/// standard deviations of the context. Where the copy comes to the end of the context, the nearest row is sought again.
/// </remarks>
public sealed class ContextParroting
{
    /// <summary>Rows of a delay vector.</summary>
    public const int DefaultCoordinates = 10;

    private readonly TimeSeries _context;
    private readonly double[] _weights;

    // The last rows of valid delay vectors.
    private readonly int[] _candidates;

    /// <param name="context">T x N: where analogues are looked for. Delay vectors with missing values are left out.</param>
    /// <param name="coordinates">m, the rows of a delay vector.</param>
    /// <exception cref="ArgumentException">The context has no delay vector with a row behind it, or <paramref name="coordinates"/> is not
    /// positive.</exception>
    public ContextParroting(TimeSeries context, int coordinates = DefaultCoordinates)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coordinates);
        (_context, Coordinates) = (context, coordinates);
        _weights = [.. Enumerable.Range(0, context.Dimension).Select(n => Weight(context.Column(n)))];
        _candidates = [.. Enumerable.Range(0, context.Length).Where(IsCandidate)];
        if (_candidates.Length == 0)
            throw new ArgumentException(
                $"The context has no {coordinates} rows without missing values and a row after them, among {context.Length} rows.",
                nameof(context));
    }

    /// <summary>m, the rows of a delay vector.</summary>
    public int Coordinates { get; }

    /// <summary>Goes on from a row of a history.</summary>
    /// <param name="history">Rows of the N variables of the context.</param>
    /// <param name="row">The last row that is known; with the m - 1 before it the delay vector that is compared.</param>
    /// <param name="steps">How far.</param>
    /// <returns>steps x N: row 0 is the forecast of row <paramref name="row"/> + 1.</returns>
    /// <exception cref="ArgumentException">The variables are others than those of the context, or a size is out of range.</exception>
    public TimeSeries Continue(TimeSeries history, int row, int steps)
    {
        ComparedRows.RequireSameDimension(_context, history);
        ArgumentOutOfRangeException.ThrowIfLessThan(row, Coordinates - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, history.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        int n = _context.Dimension;
        double[] values = new double[(Coordinates + steps) * n];
        history.Values.Slice((row - Coordinates + 1) * n, Coordinates * n).CopyTo(values);
        int at = -1;
        for (int step = 0; step < steps; step++)
        {
            // What is near the end of the context can be copied for a moment only.
            if (at < 0 || at + 1 >= _context.Length || !ComparedRows.IsFinite(_context.Row(at + 1)))
                at = Nearest(values.AsSpan(step * n, Coordinates * n), _context.Length - 1 - Math.Min(steps - step, _context.Length / 4));
            _context.Row(++at).CopyTo(values.AsSpan((Coordinates + step) * n));
        }
        return new(values[(Coordinates * n)..], n, history.Dt, history.Names);
    }

    /// <summary>PE(n) of these forecasts: as <see cref="PredictionError.Of"/>, from the rows that have a delay vector.</summary>
    /// <returns>NaN if no start can be judged.</returns>
    internal double PredictionErrorOn(TimeSeries truth, int steps, int maximumStarts, CancellationToken cancellationToken)
    {
        double sum = 0;
        int judged = 0;
        foreach (int start in ComparedRows.Spread(truth.Length - steps - Coordinates + 1, maximumStarts).Select(t => t + Coordinates - 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> known = truth.Values.Slice((start - Coordinates + 1) * truth.Dimension, Coordinates * truth.Dimension);
            if (!ComparedRows.IsFinite(known) || !ComparedRows.IsFinite(truth.Row(start + steps)))
                continue;
            sum += ComparedRows.SquaredDistance(Continue(truth, start, steps).Row(steps - 1), truth.Row(start + steps));
            judged++;
        }
        return judged == 0 ? double.NaN : sum / judged / truth.Dimension;
    }

    private int Nearest(ReadOnlySpan<double> delayVector, int latest)
    {
        int n = _context.Dimension, nearest = _candidates[0];
        double least = double.PositiveInfinity;
        foreach (int t in _candidates)
        {
            if (t > latest && !double.IsPositiveInfinity(least))
                break;
            double distance = Distance(delayVector, _context.Values.Slice((t - Coordinates + 1) * n, Coordinates * n), least);
            if (distance < least)
                (least, nearest) = (distance, t);
        }
        return nearest;
    }

    private double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double limit)
    {
        double sum = 0;
        for (int offset = 0; offset < x.Length && sum < limit; offset += _weights.Length)
            for (int n = 0; n < _weights.Length; n++)
                sum += _weights[n] * (x[offset + n] - y[offset + n]) * (x[offset + n] - y[offset + n]);
        return sum;
    }

    private bool IsCandidate(int t)
    {
        int n = _context.Dimension;
        return t >= Coordinates - 1 && t + 1 < _context.Length
            && ComparedRows.IsFinite(_context.Values.Slice((t - Coordinates + 1) * n, (Coordinates + 1) * n));
    }

    private static double Weight(double[] column)
    {
        double[] finite = [.. column.Where(double.IsFinite)];
        double mean = finite.Length > 0 ? finite.Average() : 0, squares = finite.Sum(x => (x - mean) * (x - mean));
        return squares > 0 ? finite.Length / squares : 0;
    }
}
