using System.Numerics.Tensors;

namespace Attractor.Data;

/// <summary>
/// Smoothing by local polynomials: each value becomes that of the polynomial which fits the 2 w + 1 values around it best by least squares.
/// </summary>
/// <remarks>
/// A. Savitzky and M. J. E. Golay, Analytical Chemistry 36, 1627 (1964). The first and the last w values are those of the polynomials of
/// the first and the last window. A polynomial of the order of the filter passes unchanged, and but for the ends one of the next order if
/// that is odd.
/// </remarks>
public sealed class SavitzkyGolayFilter
{
    /// <summary>The largest <see cref="HalfWidth"/>.</summary>
    public const int MostHalfWidth = 10_000;

    /// <summary>The highest <see cref="Order"/>.</summary>
    public const int MostOrder = 8;

    // (2 w + 1) x (p + 1): orthonormal polynomials on the window, one after another.
    private readonly double[] _basis;

    /// <param name="order">p, of the polynomials, 0 to 8.</param>
    /// <param name="halfWidth">w, values on either side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window has no more values than a polynomial has coefficients.</exception>
    public SavitzkyGolayFilter(int order, int halfWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, MostOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(halfWidth, MostHalfWidth);
        if (2 * halfWidth <= order)
            throw new ArgumentOutOfRangeException(
                nameof(halfWidth), halfWidth, $"A polynomial of order {order} needs a window of more than {order + 1} values.");
        (Order, HalfWidth) = (order, halfWidth);
        _basis = OrthonormalBasis(order, halfWidth);
        Weights = WeightsAt(halfWidth);
    }

    /// <summary>p.</summary>
    public int Order { get; }

    /// <summary>w.</summary>
    public int HalfWidth { get; }

    /// <summary>2 w + 1.</summary>
    public int Window => (2 * HalfWidth) + 1;

    /// <summary>What the values of a window count in the middle, the first first; symmetric.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>k_0, what a value counts for itself: of independent noise the filter leaves the share k_0 of the variance.</summary>
    public double Leverage => Weights[HalfWidth];

    /// <summary>Smooths one variable.</summary>
    /// <param name="values">T values, at least <see cref="Window"/>.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public double[] Apply(ReadOnlySpan<double> values)
    {
        double[] smooth = new double[values.Length];
        Middle(values, smooth.AsSpan(HalfWidth, MiddleLength(values)));
        for (int i = 0; i < HalfWidth; i++)
        {
            double[] weights = WeightsAt(i);
            smooth[i] = TensorPrimitives.Dot(weights, values[..Window]);
            Array.Reverse(weights);
            smooth[^(i + 1)] = TensorPrimitives.Dot(weights, values[^Window..]);
        }
        return smooth;
    }

    /// <summary>The smoothed values of all but the first and the last w.</summary>
    internal void Middle(ReadOnlySpan<double> values, Span<double> smooth)
    {
        smooth.Clear();
        for (int j = 0; j < Window; j++)
            TensorPrimitives.MultiplyAdd(values.Slice(j, smooth.Length), Weights[j], smooth, smooth);
    }

    private int MiddleLength(ReadOnlySpan<double> values) => values.Length >= Window
        ? values.Length - (2 * HalfWidth)
        : throw new ArgumentException($"A window of {Window} values needs as many; there are {values.Length}.", nameof(values));

    // A row of the hat matrix.
    private double[] WeightsAt(int position)
    {
        double[] weights = new double[Window];
        for (int k = 0; k <= Order; k++)
        {
            ReadOnlySpan<double> polynomial = _basis.AsSpan(k * Window, Window);
            TensorPrimitives.MultiplyAdd(polynomial, polynomial[position], weights, weights);
        }
        return weights;
    }

    // Gram polynomials by their recursion: t times the last, made orthogonal to it and to the one before.
    private static double[] OrthonormalBasis(int order, int halfWidth)
    {
        int window = (2 * halfWidth) + 1;
        double[] basis = new double[window * (order + 1)];
        basis.AsSpan(0, window).Fill(1 / Math.Sqrt(window));
        for (int k = 1; k <= order; k++)
        {
            Span<double> next = basis.AsSpan(k * window, window);
            for (int i = 0; i < window; i++)
                next[i] = (double)(i - halfWidth) / halfWidth * basis[((k - 1) * window) + i];
            // Twice: what rounding leaves goes the second time.
            for (int pass = 0; pass < 2; pass++)
                for (int l = 0; l < k; l++)
                {
                    ReadOnlySpan<double> known = basis.AsSpan(l * window, window);
                    TensorPrimitives.MultiplyAdd(known, -TensorPrimitives.Dot<double>(known, next), next, next);
                }
            TensorPrimitives.Divide(next, TensorPrimitives.Norm<double>(next), next);
        }
        return basis;
    }
}
