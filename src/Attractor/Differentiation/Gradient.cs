namespace Attractor.Differentiation;

/// <summary>
/// Gradients, products with Jacobians and with Hessians of functions written on a tape, and their comparison with central differences.
/// </summary>
public static partial class Gradient
{
    /// <summary>
    /// Checks the gradient of <paramref name="function"/> at a point against central differences
    /// (f(x + h e_i) - f(x - h e_i)) / 2h, component by component.
    /// </summary>
    /// <param name="function">Gives the value and the gradient at a point; must not keep the array it is given.</param>
    /// <param name="at">The point.</param>
    /// <param name="step">h, relative to max(1, |x_i|). The default balances truncation against rounding in float64.</param>
    /// <returns>The largest deviation and where it is.</returns>
    /// <remarks>
    /// A piecewise-linear function has kinks: within h of one, the difference is the mean of two slopes and says nothing about either.
    /// </remarks>
    /// <exception cref="ArgumentException">The gradient is not as long as the point.</exception>
    public static GradientCheck Check(
        Func<double[], (double Value, double[] Gradient)> function, ReadOnlySpan<double> at, double step = 6e-6)
    {
        ArgumentNullException.ThrowIfNull(function);
        double[] point = at.ToArray(), analytic = function(point.AsSpan().ToArray()).Gradient;
        if (analytic.Length != point.Length)
            throw new ArgumentException($"The gradient has {analytic.Length} components, the point {point.Length}.", nameof(function));
        double[] numeric = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            double x = point[i], h = step * Math.Max(1, Math.Abs(x));
            (double above, double below) = (x + h, x - h);
            point[i] = above;
            double high = function(point.AsSpan().ToArray()).Value;
            point[i] = below;
            double low = function(point.AsSpan().ToArray()).Value;
            point[i] = x;
            numeric[i] = (high - low) / (above - below);
        }
        return GradientCheck.Compare(analytic, numeric);
    }
}
