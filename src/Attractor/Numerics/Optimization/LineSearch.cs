namespace Attractor.Numerics;

/// <summary>A point along a direction of descent that satisfies the strong Wolfe conditions.</summary>
/// <remarks>
/// Doublings until an interval holds one, then cubic interpolation, kept off its ends (Nocedal and Wright 2006, section 3.5). Near a
/// minimum the fall of a function drowns in its rounding while its slope does not, so that a rise by no more than rounding counts as none
/// (after Hager and Zhang, SIAM Journal on Optimization 16, 2005). Where the function is not finite it counts as too far.
/// </remarks>
internal sealed class LineSearch(DescentFunction function, double[] start, double value, double[] direction, double slope)
{
    private const int MostTrials = 80;
    private const double SufficientDecrease = 1e-4, Curvature = 0.9, Growth = 4;

    /// <summary>The point found.</summary>
    public double[] Point { get; } = new double[start.Length];

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; } = new double[start.Length];

    /// <summary>The value there.</summary>
    public double Value { get; private set; }

    /// <summary>Whether the function fell to minus infinity, or on and on.</summary>
    public bool IsUnbounded { get; private set; }

    /// <summary>Searches from a first length.</summary>
    /// <returns>Whether a point was found.</returns>
    public bool Run(double length)
    {
        double rounding = 1e-14 * Math.Max(1, Math.Abs(value));
        Trial low = new(0, value, slope), high = new(double.PositiveInfinity, double.NaN, double.NaN);
        for (int i = 0; i < MostTrials; i++)
        {
            Trial trial = At(length);
            if (double.IsNegativeInfinity(trial.Value))
            {
                IsUnbounded = true;
                break;
            }
            if (!double.IsFinite(trial.Value) || !double.IsFinite(trial.Slope)
                || trial.Value > value + (SufficientDecrease * length * slope) + rounding)
                high = trial;
            else if (Math.Abs(trial.Slope) <= -Curvature * slope)
                return true;
            else if (trial.Slope > 0)
                high = trial;
            else
                low = trial;
            double next = double.IsInfinity(high.Length) ? Growth * length : Between(low, high, bisect: i % 3 == 2);
            if (next == length || next == low.Length || next == high.Length)
                break;
            length = next;
        }
        IsUnbounded |= double.IsInfinity(high.Length);
        // No point is level enough, as beside a kink, but this one is the lowest; it may be the start.
        At(low.Length);
        return low.Length > 0 && !IsUnbounded;
    }

    private Trial At(double length)
    {
        for (int i = 0; i < start.Length; i++)
            Point[i] = start[i] + (length * direction[i]);
        Value = function(Point, Gradient);
        return new(length, Value, VectorOperations.Dot(Gradient, direction));
    }

    // The minimum of the cubic through both, at least a tenth of the interval away from its ends.
    private static double Between(Trial low, Trial high, bool bisect)
    {
        double width = high.Length - low.Length, middle = low.Length + (width / 2);
        if (bisect || !double.IsFinite(high.Value) || !double.IsFinite(high.Slope))
            return double.IsFinite(high.Value) ? middle : low.Length + (width / 10);
        double a = low.Slope + high.Slope - (3 * (high.Value - low.Value) / width), square = (a * a) - (low.Slope * high.Slope);
        double cubic = square >= 0
            ? high.Length - (width * (high.Slope + Math.Sqrt(square) - a) / (high.Slope - low.Slope + (2 * Math.Sqrt(square))))
            : middle;
        return double.IsFinite(cubic) ? Math.Clamp(cubic, low.Length + (width / 10), high.Length - (width / 10)) : middle;
    }

    private readonly record struct Trial(double Length, double Value, double Slope);
}
