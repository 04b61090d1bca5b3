using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>A density of one coordinate: kernels at the values that were tried, and a wide one that stands for knowing nothing.</summary>
/// <remarks>
/// A range has normal distributions that are cut off at its ends, in the logarithm where it is one of orders of magnitude. A kernel is as
/// wide as the farther of its two neighbours is away, not wider than the range and not narrower than a hundredth of it, or its part by the
/// number of kernels where these are few; those at the ends look at their one neighbour. Whole numbers have the probability of the unit
/// around them. A list has for each kernel a distribution that gives the value tried 1 + 1/n and every other one 1/n, before it is made
/// to sum to one. Beyond 25 values the weights rise from the oldest to the last 25, which have 1.
/// </remarks>
internal sealed class ParzenEstimator
{
    private const int FullWeights = 25, Finest = 100;

    private readonly StudyDimension _dimension;
    private readonly double[] _weights, _centres, _widths, _masses;
    private readonly double _low, _high;

    /// <param name="dimension">Whose.</param>
    /// <param name="values">What was tried, the oldest first.</param>
    public ParzenEstimator(StudyDimension dimension, double[] values)
    {
        _dimension = dimension;
        _weights = Weights(values.Length);
        // Whole numbers: the unit around each end belongs to the range.
        double half = dimension.IsWhole ? 0.5 : 0;
        (_low, _high) = dimension.IsRange ? (Scaled(dimension.Low - half), Scaled(dimension.High + half)) : (0, dimension.Count);
        _centres = dimension.IsRange
            ? [.. values.Select(Scaled), (_low + _high) / 2]
            : [.. values.Select(v => (double)dimension.IndexOf(v)), -1];
        _widths = dimension.IsRange ? Widths() : [];
        _masses = dimension.IsRange
            ? [.. _centres.Select((c, k) => NormalInterval.Mass((_low - c) / _widths[k], (_high - c) / _widths[k]))]
            : [];
    }

    /// <summary>A coordinate.</summary>
    public double Draw(RandomStream random)
    {
        int kernel = Kernel(random.NextDouble());
        if (!_dimension.IsRange)
            return _dimension.At(Word(kernel, random.NextDouble()));
        double x = _centres[kernel] + (_widths[kernel] * NormalInterval.Quantile(
            random.NextDouble(), (_low - _centres[kernel]) / _widths[kernel], (_high - _centres[kernel]) / _widths[kernel]));
        double value = _dimension.IsLogarithmic ? Math.Exp(x) : x;
        return Math.Clamp(_dimension.IsWhole ? Math.Round(value) : value, _dimension.Low, _dimension.High);
    }

    /// <summary>The logarithm of the density, or of the probability of a value of a list or a whole number.</summary>
    public double LogDensity(double coordinate)
    {
        double sum = 0;
        int index = _dimension.IsRange ? 0 : _dimension.IndexOf(coordinate);
        for (int k = 0; k < _weights.Length; k++)
            sum += _weights[k] * (_dimension.IsRange ? InRange(k, coordinate) : InList(k, index));
        return Math.Log(sum);
    }

    private double InRange(int kernel, double coordinate)
    {
        double centre = _centres[kernel], width = _widths[kernel];
        if (_dimension.IsWhole)
            return NormalInterval.Mass(
                (Scaled(coordinate - 0.5) - centre) / width, (Scaled(coordinate + 0.5) - centre) / width) / _masses[kernel];
        double z = (Scaled(coordinate) - centre) / width;
        return Math.Exp(-0.5 * z * z) / (Math.Sqrt(2 * Math.PI) * width * _masses[kernel]);
    }

    private double InList(int kernel, int index)
    {
        double prior = 1.0 / _weights.Length, all = prior * _dimension.Count;
        return _centres[kernel] < 0 ? 1.0 / _dimension.Count : (prior + (_centres[kernel] == index ? 1 : 0)) / (all + 1);
    }

    private int Word(int kernel, double uniform)
    {
        for (int i = 0; i < _dimension.Count - 1; i++)
            if ((uniform -= InList(kernel, i)) < 0)
                return i;
        return _dimension.Count - 1;
    }

    private int Kernel(double uniform)
    {
        for (int k = 0; k < _weights.Length - 1; k++)
            if ((uniform -= _weights[k]) < 0)
                return k;
        return _weights.Length - 1;
    }

    private double Scaled(double value) => _dimension.IsLogarithmic ? Math.Log(value) : value;

    /// <summary>Of as many values, the oldest first, and of the kernel that knows nothing.</summary>
    internal static double[] Weights(int count)
    {
        double[] weights = new double[count + 1];
        int ramp = Math.Max(0, count - FullWeights);
        for (int i = 0; i < count; i++)
            weights[i] = i >= ramp ? 1 : ramp == 1 ? 1.0 / count : (1.0 / count) + (i * (1 - (1.0 / count)) / (ramp - 1));
        // Of the kernel that knows nothing.
        weights[count] = 1;
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private double[] Widths()
    {
        double range = _high - _low;
        int[] order = [.. Enumerable.Range(0, _centres.Length).OrderBy(k => _centres[k]).ThenBy(k => k)];
        double[] widths = new double[_centres.Length];
        for (int i = 0; i < order.Length; i++)
        {
            double left = i > 0 ? _centres[order[i]] - _centres[order[i - 1]] : double.NaN;
            double right = i < order.Length - 1 ? _centres[order[i + 1]] - _centres[order[i]] : double.NaN;
            double widest = double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Max(left, right);
            widths[order[i]] = double.IsNaN(widest) ? range : Math.Clamp(widest, range / Math.Min(Finest, 1 + order.Length), range);
        }
        widths[^1] = range;
        return widths;
    }
}
