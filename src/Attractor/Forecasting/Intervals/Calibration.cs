using Attractor.Evaluation;

namespace Attractor.Forecasting;

/// <summary>The errors of a candidate's forecasts within a context: of parts of it that the fit has not seen.</summary>
/// <remarks>
/// Cross-conformal (V. Vovk, Annals of Mathematics and Artificial Intelligence 74, 2015): each block of the context is forecast by a fit to
/// the rest, without the rows that the forecasts reach. The radius of an interval h steps ahead is the k-th smallest error of its
/// horizon, k = ceil(coverage (m + 1)) of m.
/// </remarks>
internal sealed class Calibration
{
    private const int Blocks = 5, MostOrigins = 200, FewestOrigins = 20;
    private const double MostProducts = 1e9;

    // By horizon and variable.
    private readonly List<double>[] _errors;
    private readonly int _dimension;

    private Calibration(int steps, int dimension)
    {
        (Steps, _dimension) = (steps, dimension);
        _errors = [.. Enumerable.Range(0, steps * dimension).Select(_ => new List<double>())];
    }

    /// <summary>The horizon.</summary>
    public int Steps { get; }

    /// <summary>The median of the steps after which an error passes the threshold.</summary>
    public double ValidSteps { get; private set; } = double.NaN;

    public static Calibration Of(
        ForecastContext context,
        ForecastSelection.Ranked candidate,
        int steps,
        ForecastOptions options,
        CancellationToken cancellationToken)
    {
        Calibration calibration = new(steps, context.Measured.Dimension);
        List<int> valid = [];
        int length = context.Measured.Length;
        for (int block = 0; block < Blocks; block++)
        {
            int first = (int)((long)block * length / Blocks), end = (int)((long)(block + 1) * length / Blocks);
            if (Fitted(context, candidate, first, Math.Min(length, end + steps), cancellationToken) is not { } forecaster)
                continue;
            int affordable = (int)Math.Clamp(
                MostProducts / (forecaster.StepCost * (steps + forecaster.WarmUp)), FewestOrigins, MostOrigins);
            foreach (int origin in ComparedRows.Spread(Math.Min(end, length - 1) - first, affordable / Blocks).Select(i => first + i))
            {
                cancellationToken.ThrowIfCancellationRequested();
                int ahead = Math.Min(steps, length - 1 - origin);
                if (context.History(origin, forecaster.WarmUp) is not { } history)
                    continue;
                TimeSeries forecast = forecaster.Continue(history, ahead, cancellationToken);
                calibration.Add(forecast, context.Measured, origin);
                // One that is cut short says nothing of how long it would have been valid, unless it was not.
                int reached = ForecastJudge.ValidSteps(context.Measured, origin, forecast, options.ValidThreshold);
                if (ahead == steps || reached < ahead)
                    valid.Add(reached);
            }
        }
        calibration.ValidSteps = ValidPredictionTime.Median([.. valid]);
        return calibration;
    }

    /// <summary>The interval around an orbit in standard deviations, in the units of the context.</summary>
    public ForecastInterval IntervalAround(TimeSeries orbit, ForecastContext context, double coverage)
    {
        int n = _dimension, calibrated = 0;
        double[] low = new double[orbit.Values.Length], high = new double[orbit.Values.Length], widest = new double[n];
        (double Low, double High)[] usual = [.. Enumerable.Range(0, n).Select(i => Usual(context.Measured.Column(i), coverage))];
        for (int t = 0; t < orbit.Length; t++)
            for (int i = 0; i < n; i++)
            {
                int at = (t * n) + i;
                if (t < Steps && calibrated == t && Radius(_errors[at], coverage) is { } radius)
                {
                    // Errors of few forecasts fluctuate from step to step; what is known does not become more with time.
                    widest[i] = Math.Max(widest[i], radius);
                    (low[at], high[at]) = (orbit[t, i] - widest[i], orbit[t, i] + widest[i]);
                    calibrated = i == n - 1 ? t + 1 : calibrated;
                }
                else
                {
                    (low[at], high[at]) = usual[i];
                }
            }
        return new(InUnits(low), InUnits(high), coverage, calibrated);

        TimeSeries InUnits(double[] values) => context.Units.Undo(new TimeSeries(values, n, orbit.Dt, orbit.Names));
    }

    private void Add(TimeSeries forecast, TimeSeries truth, int origin)
    {
        for (int t = 0; t < forecast.Length; t++)
            for (int i = 0; i < _dimension; i++)
            {
                double value = truth[origin + 1 + t, i], error = Math.Abs(forecast[t, i] - value);
                if (!double.IsNaN(value))
                    _errors[(t * _dimension) + i].Add(double.IsNaN(error) ? double.PositiveInfinity : error);
            }
    }

    private static double? Radius(List<double> errors, double coverage)
    {
        int rank = (int)Math.Ceiling(coverage * (errors.Count + 1));
        if (errors.Count < FewestOrigins || rank > errors.Count)
            return null;
        double[] sorted = [.. errors];
        Array.Sort(sorted);
        return double.IsFinite(sorted[rank - 1]) ? sorted[rank - 1] : null;
    }

    private static (double Low, double High) Usual(double[] values, double coverage)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        int cut = (int)Math.Floor((1 - coverage) / 2 * (sorted.Length + 1));
        return (sorted[Math.Max(0, cut - 1)], sorted[Math.Min(sorted.Length - 1, sorted.Length - cut)]);
    }

    private static IForecaster? Fitted(
        ForecastContext context, ForecastSelection.Ranked candidate, int first, int end, CancellationToken cancellationToken)
    {
        IReadOnlyList<TimeSeries> pieces = context.Without(first, end);
        if (pieces.Count == 0)
            return null;
        try
        {
            return candidate.Candidate.Fit(pieces, [candidate.Setting!], cancellationToken)[0];
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return null;
        }
    }
}
