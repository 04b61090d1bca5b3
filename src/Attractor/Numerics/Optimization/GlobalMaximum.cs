using System.Globalization;

namespace Attractor.Numerics;

/// <summary>All high maxima of a function of one number over an interval that may be infinite.</summary>
/// <remarks>
/// A grid that is geometric towards the ends of the interval (16 points an octave over 400 octaves) finds where the function is high; a
/// uniform one of 2000 points there finds its maxima, and golden sections narrow them down on both. What is narrower than the grid is
/// missed, as by every method that only evaluates the function.
/// </remarks>
internal sealed class GlobalMaximum
{
    private const int Octaves = 200, PointsPerOctave = 16, UniformPoints = 2000, MostCandidates = 100;

    private readonly Func<double, double> _f;
    private readonly double _lower, _upper, _margin;
    private readonly List<double> _points = [], _values = [];

    /// <param name="f">The function; minus infinity where it is not defined.</param>
    /// <param name="lower">The interval's lower end.</param>
    /// <param name="upper">Its upper end.</param>
    /// <param name="margin">Maxima lower than the highest by more than this do not count.</param>
    /// <param name="ripple">Neither do two that no valley deeper than this separates: the higher stands for both.</param>
    public GlobalMaximum(Func<double, double> f, double lower, double upper, double margin, double ripple)
    {
        (_f, _lower, _upper, _margin) = (f, lower, upper, margin);
        foreach (double x in Coarse())
            Add(x);
        if (_values.TrueForAll(v => double.IsNaN(v) || double.IsNegativeInfinity(v)))
            throw new ArgumentException(FormattableString.Invariant(
                $"f is minus infinity or not a number at all of {_values.Count} points between {lower} and {upper}."));
        // On a coarse grid a narrow peak stands higher than its points.
        foreach ((double location, _, _, _) in Find(0))
            Add(location);
        (double from, double to) = Hull(_values.Where(Known).Max());
        for (int i = 1; i < UniformPoints; i++)
            Add(from + ((to - from) * i / UniformPoints));
        Maxima = Find(ripple);
        Width = to - from;
    }

    /// <summary>Where the maxima are, the highest first, and the neighbours on the grid between which each is.</summary>
    public IReadOnlyList<(double Location, double Value, double Left, double Right)> Maxima { get; }

    /// <summary>The width of the part of the interval where the function is high.</summary>
    public double Width { get; }

    private IEnumerable<double> Coarse()
    {
        bool left = double.IsFinite(_lower), right = double.IsFinite(_upper);
        if (left)
            yield return _lower;
        if (right)
            yield return _upper;
        if (!left && !right)
            yield return 0;
        double unit = left && right ? (_upper - _lower) / 2 : 1;
        for (int k = -Octaves * PointsPerOctave; k <= Octaves * PointsPerOctave; k++)
        {
            double distance = unit * Math.Pow(2, (double)k / PointsPerOctave);
            if (left && right && k > 0)
                break;
            if (left || !right)
                yield return (left ? _lower : 0) + distance;
            if (right || !left)
                yield return (right ? _upper : 0) - distance;
        }
        if (left && right)
            for (int i = 1; i < UniformPoints; i++)
                yield return _lower + ((_upper - _lower) * i / UniformPoints);
    }

    private void Add(double x)
    {
        if (x < _lower || x > _upper)
            return;
        double value = _f(x);
        if (double.IsPositiveInfinity(value))
            throw new ArgumentException(FormattableString.Invariant($"f({x}) is infinite: the integrand has no maximum."));
        _points.Add(x);
        _values.Add(value);
    }

    private (double[] Points, double[] Values) Sorted()
    {
        double[] x = [.. _points], v = [.. _values];
        Array.Sort(x, v);
        return (x, v);
    }

    // From the grid point before the first that is high to the one behind the last.
    private (double From, double To) Hull(double highest)
    {
        (double[] x, double[] v) = Sorted();
        int first = Array.FindIndex(v, IsHigh), last = Array.FindLastIndex(v, IsHigh);
        return (x[Math.Max(0, first - 1)], x[Math.Min(x.Length - 1, last + 1)]);

        bool IsHigh(double value) => value >= highest - _margin;
    }

    private List<(double Location, double Value, double Left, double Right)> Find(double ripple)
    {
        (double[] x, double[] v) = Sorted();
        // Far out, where the grid goes and nobody else, a function may well overflow to what is not a number.
        int first = Array.FindIndex(v, Known), last = Array.FindLastIndex(v, Known);
        int hole = double.IsFinite(_lower) && first > 0 ? 0
            : double.IsFinite(_upper) && last < v.Length - 1 ? v.Length - 1
            : Array.FindIndex(v, first, last - first, double.IsNaN);
        if (hole >= 0)
            throw new ArgumentException(FormattableString.Invariant($"f({x[hole]}) is not a number."));
        (x, v) = (x[first..(last + 1)], v[first..(last + 1)]);
        List<(int From, int To)> peaks = Peaks(v, ripple);
        double highest = v.Max();
        foreach ((int from, int to) in peaks.Where(p => v[p.From] >= highest))
        {
            if (double.IsInfinity(_lower) && from == 0)
                throw Unbounded("-", x[0], v[0]);
            if (double.IsInfinity(_upper) && to == v.Length - 1)
                throw Unbounded("+", x[^1], v[^1]);
        }
        List<(double Location, double Value, double Left, double Right)> maxima = [];
        foreach ((int from, int to) in peaks.OrderByDescending(p => v[p.From]).Take(MostCandidates))
        {
            double left = x[Math.Max(0, from - 1)], right = x[Math.Min(x.Length - 1, to + 1)];
            (double location, double value) = Golden(left, right, x[(from + to) / 2], v[from]);
            maxima.Add((location, value, left, right));
        }
        double best = maxima.Max(m => m.Value);
        return [.. maxima.Where(m => m.Value >= best - _margin).OrderByDescending(m => m.Value).ThenBy(m => m.Location)];
    }

    private static bool Known(double value) => !double.IsNaN(value);

    private static ArgumentException Unbounded(string sign, double x, double value) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The integrand does not fall towards {sign}infinity: f({x:G3}) = {value:G6} is the highest value found. A maximum at infinity "
            + $"has no Laplace approximation."));

    // Runs of equal values with lower ones on both sides; of two with a shallow valley between them the higher.
    private static List<(int From, int To)> Peaks(double[] v, double ripple)
    {
        List<(int From, int To)> peaks = [];
        double valley = double.PositiveInfinity;
        for (int from = 0; from < v.Length;)
        {
            int to = from;
            while (to + 1 < v.Length && v[to + 1] == v[from])
                to++;
            valley = Math.Min(valley, v[from]);
            bool isPeak = !double.IsInfinity(v[from])
                && (from == 0 || v[from - 1] < v[from]) && (to == v.Length - 1 || v[to + 1] < v[from]);
            if (isPeak)
            {
                if (peaks.Count > 0 && valley >= Math.Min(v[peaks[^1].From], v[from]) - ripple)
                {
                    if (v[from] > v[peaks[^1].From])
                        peaks[^1] = (from, to);
                }
                else
                {
                    peaks.Add((from, to));
                }
                valley = v[from];
            }
            from = to + 1;
        }
        return peaks;
    }

    // Kiefer 1953; the best point seen is kept, which may be the one at the start, on the boundary.
    private (double Location, double Value) Golden(double left, double right, double location, double value)
    {
        const double ratio = 0.61803398874989484820;
        double a = right - (ratio * (right - left)), b = left + (ratio * (right - left)), fa = _f(a), fb = _f(b);
        for (int i = 0; i < 80 && a < b; i++)
        {
            if (fa > value)
                (location, value) = (a, fa);
            if (fb > value)
                (location, value) = (b, fb);
            if (fa >= fb)
            {
                (right, b, fb) = (b, a, fa);
                a = right - (ratio * (right - left));
                fa = _f(a);
            }
            else
            {
                (left, a, fa) = (a, b, fb);
                b = left + (ratio * (right - left));
                fb = _f(b);
            }
        }
        return (location, value);
    }
}
