using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor;

/// <content>Exponents over short stretches of the orbit.</content>
public static partial class Lyapunov
{
    /// <summary>
    /// Local (finite-time) exponents: the mean growth over each of consecutive windows. Their mean is the exponent; how they
    /// spread says how unevenly the attractor stretches (Abarbanel, Brown and Kennel 1991).
    /// </summary>
    /// <param name="map">Any map.</param>
    /// <param name="from">D values in the basin of what is asked about.</param>
    /// <param name="windows">W, the number of windows.</param>
    /// <param name="window">Steps in a window; the vectors are orthonormalised after every step.</param>
    /// <param name="transient">Steps before the first window.</param>
    /// <param name="count">k, how many exponents from the largest; null for all D.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>W x k, per step of the map, columns lambda1, lambda2, ...; Dt is the window, in steps. NaN from where the orbit leaves the
    /// finite numbers.</returns>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static TimeSeries Local(
        IMap map,
        ReadOnlySpan<double> from,
        int windows,
        int window,
        int transient = DefaultTransient,
        int? count = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        int k = RequireCount(map, from, count);
        ArgumentOutOfRangeException.ThrowIfNegative(transient);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windows, Array.MaxLength / k);

        using TangentOrbit orbit = new(map, from, k);
        for (int done = 0; done < transient; done++)
        {
            orbit.Advance(1);
            CheckCancellation(done, cancellationToken);
        }
        double[] values = new double[windows * k];
        LogProduct[] products = new LogProduct[k];
        long step = 0;
        for (int w = 0; w < windows; w++)
        {
            Array.Fill(products, LogProduct.One);
            for (int i = 0; i < window; i++, step++)
            {
                ReadOnlySpan<double> stretches = orbit.Advance(1);
                for (int c = 0; c < k; c++)
                    products[c].Multiply(stretches[c]);
                CheckCancellation((int)(step & 1023), cancellationToken);
            }
            bool finite = orbit.IsFinite();
            for (int c = 0; c < k; c++)
                values[(w * k) + c] = finite ? products[c].Logarithm() / window : double.NaN;
        }
        return new(values, k, window, [.. Enumerable.Range(1, k).Select(i => FormattableString.Invariant($"lambda{i}"))]);
    }

    private static int RequireCount(IMap map, ReadOnlySpan<double> from, int? count)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map is IDrivenMap { Inputs: > 0 })
            throw new ArgumentException(
                "The map is driven by inputs: its exponents are those along them, DrivenMap.Along(map, inputs).", nameof(map));
        int exponents = count ?? map.Dimension;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exponents, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponents, map.Dimension, nameof(count));
        if (from.Length != map.Dimension)
            throw new ArgumentException($"Expected a state of {map.Dimension} values, found {from.Length}.", nameof(from));
        return exponents;
    }
}
