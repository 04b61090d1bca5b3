using Attractor.Evaluation;

namespace Attractor.Forecasting;

/// <summary>
/// Compares forecasters on the tail of a context: short forecasts from several rows of it, and free runs beside the whole.
/// </summary>
internal sealed class ForecastJudge
{
    private const int Origins = 16, MostErrorSteps = 50, MostRunRows = 5000, FewestFloorRows = 100, FewestMoving = 5;
    private const double LargestError = 2, SmallestError = 1e-6, Same = 1e-6;

    private readonly ForecastContext _context;
    private readonly int[] _origins;
    private readonly int _steps;
    private readonly double _threshold;
    private readonly TimeSeries _reference;
    private readonly DivergenceForm _form;
    private readonly DataRange _range;
    private readonly bool _repeats;

    /// <param name="context">The context.</param>
    /// <param name="boundary">The first row of its tail: what is judged has been fitted to the rows before.</param>
    /// <param name="steps">How far the forecast is to go.</param>
    /// <param name="threshold">Of valid forecasts.</param>
    public ForecastJudge(ForecastContext context, int boundary, int steps, double threshold)
    {
        (_context, Boundary, _threshold) = (context, boundary, threshold);
        int tail = context.Measured.Length - boundary;
        _steps = Math.Max(1, Math.Min(Math.Min(steps, MostErrorSteps), tail / 2));
        // The last one has the steps of an error behind it; most have more, for the valid time.
        _origins = [.. ComparedRows.Spread(tail - _steps + 1, Origins).Select(i => boundary - 1 + i)];
        _reference = ComparedRows.Joined(context.Pieces);
        _form = DivergenceForm.Of(_reference);
        _range = DataRange.Of(_reference);
        _repeats = Repeats(_reference);
        Floors = FloorsOf(context.Pieces.MaxBy(piece => piece.Length)!);
    }

    /// <summary>The first row of the tail.</summary>
    public int Boundary { get; }

    /// <summary>The steps of an error.</summary>
    public int ErrorSteps => _steps;

    /// <summary>The rows from which forecasts set out.</summary>
    public int OriginCount => _origins.Length;

    /// <summary>What the length of the context allows.</summary>
    public ForecastFloors Floors { get; }

    /// <summary>How D_stsp is taken.</summary>
    public DivergenceForm Form => _form;

    /// <summary>
    /// The geometric mean over the origins of the root mean square error in standard deviations; NaN where none has a history.
    /// </summary>
    public double Error(IForecaster forecaster, CancellationToken cancellationToken)
    {
        double logs = 0;
        int count = 0;
        foreach (int origin in _origins)
        {
            if (_context.History(origin, forecaster.WarmUp) is not { } history)
                continue;
            TimeSeries forecast = forecaster.Continue(history, _steps, cancellationToken);
            logs += Math.Log(Math.Clamp(ErrorOf(forecast, origin), SmallestError, LargestError));
            count++;
        }
        return count == 0 ? double.NaN : Math.Exp(logs / count);
    }

    /// <summary>The median over the origins of the valid steps, as far as the tail goes.</summary>
    public double ValidSteps(IForecaster forecaster, CancellationToken cancellationToken)
    {
        List<int> valid = [];
        foreach (int origin in _origins)
            if (_context.History(origin, forecaster.WarmUp) is { } history)
                valid.Add(ValidSteps(
                    _context.Measured,
                    origin,
                    forecaster.Continue(history, _context.Measured.Length - 1 - origin, cancellationToken),
                    _threshold));
        return ValidPredictionTime.Median([.. valid]);
    }

    /// <summary>The first steps after which the error of a forecast passes a threshold; those of the forecast if it never does.</summary>
    public static int ValidSteps(TimeSeries truth, int origin, TimeSeries forecast, double threshold)
    {
        double limit = threshold * threshold * truth.Dimension;
        for (int t = 0; t < forecast.Length; t++)
        {
            double squares = ComparedRows.SquaredDistance(forecast.Row(t), truth.Row(origin + 1 + t));
            // A missing value exceeds nothing, a forecast that is not finite does.
            if (squares > limit || !ComparedRows.IsFinite(forecast.Row(t)))
                return t;
        }
        return forecast.Length;
    }

    /// <summary>Free runs from the first and from the middle row of the tail, beside the whole context.</summary>
    public (double Divergence, double Spectrum, bool Stays) Run(IForecaster forecaster, CancellationToken cancellationToken)
    {
        int rows = Math.Min(_reference.Length, MostRunRows), runs = 0;
        double divergence = 0, spectrum = 0;
        foreach (int origin in (int[])[_origins[0], _origins[_origins.Length / 2]])
        {
            if (_context.History(origin, forecaster.WarmUp) is not { } history)
                continue;
            TimeSeries run = forecaster.Continue(history, rows, cancellationToken);
            if (!Stays(run))
                return (double.NaN, double.NaN, false);
            divergence += Divergence(run);
            spectrum += Spectrum(run);
            runs++;
        }
        return runs == 0 ? (double.NaN, double.NaN, false) : (divergence / runs, spectrum / runs, true);
    }

    /// <summary>D_stsp of an orbit in standard deviations beside the context; what falls outside altogether is as far as can be.</summary>
    public double Divergence(TimeSeries orbit)
        => _form.Between(_reference, orbit) is var d && double.IsNaN(d) ? double.PositiveInfinity : d;

    /// <summary>D_H of an orbit beside the context.</summary>
    public double Spectrum(TimeSeries orbit)
    {
        TimeSeries longest = _context.Pieces.MaxBy(piece => piece.Length)!;
        return HellingerDistance.Between(longest, orbit);
    }

    /// <summary>Whether an orbit is finite and its end lies where the data lie.</summary>
    public bool Stays(TimeSeries orbit)
    {
        if (!ComparedRows.IsFinite(orbit.Values))
            return false;
        int end = Math.Max(1, orbit.Length / 4);
        return !_range.IsOutside(orbit.Slice(orbit.Length - end, end));
    }

    /// <summary>Whether the end of an orbit does not repeat itself, if that can be told and the data do not either.</summary>
    /// <remarks>What stands still repeats a row; a copy of the context repeats it once it comes to its end.</remarks>
    public bool Moves(TimeSeries orbit) => _repeats || !Repeats(orbit);

    private static bool Repeats(TimeSeries rows)
    {
        int first = rows.Length / 2, count = rows.Length - first;
        if (count < FewestMoving)
            return false;
        for (int period = 1; 2 * period <= count; period++)
            if (Returns(rows, first, period))
                return true;
        return false;
    }

    private static bool Returns(TimeSeries rows, int first, int period)
    {
        for (int t = rows.Length - 1; t >= first + period; t--)
            for (int n = 0; n < rows.Dimension; n++)
                if (!(Math.Abs(rows[t, n] - rows[t - period, n]) <= Same))
                    return false;
        return true;
    }

    /// <summary>The product that is compared.</summary>
    public double Score(double error, double divergence, double spectrum)
    {
        static double Ratio(double value, double floor) => floor > 0 ? Math.Max(1, value / floor) : 1;
        return error * Ratio(divergence, Floors.Divergence) * Ratio(spectrum, Floors.Spectrum);
    }

    private double ErrorOf(TimeSeries forecast, int origin)
    {
        double squares = 0;
        int count = 0;
        for (int t = 0; t < _steps; t++)
        {
            ReadOnlySpan<double> truth = _context.Measured.Row(origin + 1 + t), row = forecast.Row(t);
            for (int n = 0; n < row.Length; n++)
            {
                if (double.IsNaN(truth[n]))
                    continue;
                double error = Math.Min(Math.Abs(row[n] - truth[n]), LargestError);
                squares += double.IsNaN(error) ? LargestError * LargestError : error * error;
                count++;
            }
        }
        return count == 0 ? LargestError : Math.Sqrt(squares / count);
    }

    // Halves of the context as models of each other.
    private ForecastFloors FloorsOf(TimeSeries longest)
    {
        int half = longest.Length / 2;
        TimeSeries first = longest.Slice(0, half), second = longest.Slice(longest.Length - half, half);
        if (longest.Length < FewestFloorRows || ComparedRows.AnyConstant(first) || ComparedRows.AnyConstant(second))
            return new(double.NaN, double.NaN, double.NaN, longest.Length);
        double Between(TimeSeries truth, TimeSeries other)
            => _form.Between(truth, other) is var d && double.IsNaN(d) ? double.PositiveInfinity : d;
        return new(
            (Between(first, second) + Between(second, first)) / 2,
            HellingerDistance.Between(first, second),
            Between(first, PhaseRandomizedSurrogate.Of(second)),
            longest.Length);
    }
}
