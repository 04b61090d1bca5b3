using Attractor.Dynamics;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor;

/// <summary>Lyapunov exponents of a map: the mean logarithmic growth per step of small displacements of its state.</summary>
/// <remarks>
/// Tangent vectors are carried along the orbit and orthonormalised, and the logarithms of the diagonal of R are averaged
/// (Shimada and Nagashima 1979; Benettin, Galgani, Giorgilli and Strelcyn 1980). The plain product of Jacobians overflows
/// on a chaotic orbit and loses all directions but one; this does neither. For a flow, divide by dt.
/// </remarks>
public static partial class Lyapunov
{
    /// <summary>Steps that the state and the tangent vectors take before the average begins.</summary>
    public const int DefaultTransient = 1000;

    private const int Batches = 16;

    /// <summary>The first <paramref name="count"/> exponents, per step.</summary>
    /// <param name="map">Any map; a trained model, the flow of a known system.</param>
    /// <param name="from">D values in the basin of what is asked about.</param>
    /// <param name="steps">Steps to average over.</param>
    /// <param name="transient">Steps before that, in which the state reaches the attractor and the vectors align.</param>
    /// <param name="count">How many exponents, from the largest; null for all D.</param>
    /// <param name="interval">Steps between two orthonormalisations.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Exponents in descending order, up to error; all NaN if the orbit leaves the finite numbers.</returns>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static double[] Spectrum(
        IMap map,
        ReadOnlySpan<double> from,
        int steps,
        int transient = DefaultTransient,
        int? count = null,
        int interval = 1,
        CancellationToken cancellationToken = default)
        => Estimate(map, from, steps, transient, count, interval, cancellationToken: cancellationToken).Exponents;

    /// <summary>All exponents, per step, from a state of the library's choice: see <see cref="StartingState"/>.</summary>
    /// <inheritdoc cref="Spectrum(IMap, ReadOnlySpan{double}, int, int, int?, int, CancellationToken)"/>
    public static double[] Spectrum(
        IMap map,
        int steps = 100_000,
        int transient = DefaultTransient,
        int? count = null,
        int interval = 1,
        CancellationToken cancellationToken = default)
        => Spectrum(map, StartingState(map), steps, transient, count, interval, cancellationToken);

    /// <summary>The largest exponent, per step: one tangent vector, made a unit vector again after every step.</summary>
    /// <inheritdoc cref="Spectrum(IMap, ReadOnlySpan{double}, int, int, int?, int, CancellationToken)"/>
    public static double Maximum(
        IMap map, ReadOnlySpan<double> from, int steps, int transient = DefaultTransient, CancellationToken cancellationToken = default)
        => Spectrum(map, from, steps, transient, count: 1, cancellationToken: cancellationToken)[0];

    /// <summary>The largest exponent, per step, from a state of the library's choice: see <see cref="StartingState"/>.</summary>
    /// <inheritdoc cref="Spectrum(IMap, ReadOnlySpan{double}, int, int, int?, int, CancellationToken)"/>
    public static double Maximum(
        IMap map, int steps = 100_000, int transient = DefaultTransient, CancellationToken cancellationToken = default)
        => Maximum(map, StartingState(map), steps, transient, cancellationToken);

    /// <summary>The first <paramref name="count"/> exponents, per step, with their standard errors.</summary>
    /// <param name="map">Any map; a trained model, the flow of a known system.</param>
    /// <param name="from">D values in the basin of what is asked about.</param>
    /// <param name="steps">Steps to average over.</param>
    /// <param name="transient">Steps before that, in which the state reaches the attractor and the vectors align.</param>
    /// <param name="count">How many exponents, from the largest; null for all D.</param>
    /// <param name="interval">Steps between two orthonormalisations.</param>
    /// <param name="progress">Told every 1024 orthonormalisations how many steps are done.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Exponents in descending order, up to error; all NaN if the orbit leaves the finite numbers.</returns>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static LyapunovSpectrum Estimate(
        IMap map,
        ReadOnlySpan<double> from,
        int steps,
        int transient = DefaultTransient,
        int? count = null,
        int interval = 1,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(transient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        int k = RequireCount(map, from, count);

        using TangentOrbit orbit = new(map, from, k);
        for (int done = 0; done < transient; done += interval)
        {
            orbit.Advance(Math.Min(interval, transient - done));
            CheckCancellation(done / interval, cancellationToken);
        }

        int blocks = (int)(((long)steps + interval - 1) / interval);
        double[] batchSums = new double[Batches * k];
        LogProduct[] products = new LogProduct[k];
        Array.Fill(products, LogProduct.One);
        for (int block = 0, batch = 0; block < blocks; block++)
        {
            ReadOnlySpan<double> stretches = orbit.Advance(Math.Min(interval, steps - (block * interval)));
            for (int c = 0; c < k; c++)
                products[c].Multiply(stretches[c]);
            int nextBatch = (int)((block + 1L) * Batches / blocks);
            if (nextBatch > batch)
            {
                for (int c = 0; c < k; c++)
                {
                    batchSums[(batch * k) + c] = products[c].Logarithm();
                    products[c] = LogProduct.One;
                }
                batch = nextBatch;
            }
            if (!orbit.IsFinite())
                return Diverged(k, steps);
            CheckCancellation(block, cancellationToken);
            if (block % 1024 == 0)
                progress?.Report((long)block * interval);
        }
        return Summarize(batchSums, k, steps, blocks);
    }

    /// <summary>
    /// The number of dimensions that the attractor fills by the conjecture of Kaplan and Yorke (1979):
    /// j + (l_1 + ... + l_j) / |l_{j+1}|, j the last for which the sum is not negative.
    /// </summary>
    /// <param name="exponents">All exponents, in any order and unit.</param>
    /// <returns>0 if all are negative, D if they sum to 0 or more, NaN if one is NaN.</returns>
    public static double KaplanYorkeDimension(IReadOnlyList<double> exponents)
    {
        ArgumentNullException.ThrowIfNull(exponents);
        if (exponents.Any(double.IsNaN))
            return double.NaN;
        double sum = 0;
        int j = 0;
        foreach (double exponent in exponents.OrderDescending())
        {
            if (sum + exponent < 0)
                return j + (sum / -exponent);
            sum += exponent;
            j++;
        }
        return j;
    }

    /// <summary>
    /// A state in general position: the one that goes with an observation of standard normal numbers (the same at every
    /// call) for a map that is observed, else D such numbers. Never a fixed point such as the origin of many systems;
    /// a map whose basin does not hold such states needs a start of the caller's.
    /// </summary>
    public static double[] StartingState(IMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        RandomStream random = new(0, "starting state");
        double[] values = new double[map is IObservedMap seen ? seen.Observed : map.Dimension];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextNormal();
        if (map is not IObservedMap observed)
            return values;
        double[] state = new double[map.Dimension];
        observed.InitialState(values, state);
        return state;
    }

    private static LyapunovSpectrum Summarize(double[] batchSums, int k, int steps, int blocks)
    {
        double[] exponents = new double[k], errors = new double[k];
        for (int c = 0; c < k; c++)
        {
            double sum = 0, squares = 0;
            for (int batch = 0; batch < Batches; batch++)
                sum += batchSums[(batch * k) + c];
            exponents[c] = sum / steps;
            for (int batch = 0; batch < Batches; batch++)
            {
                double deviation = (batchSums[(batch * k) + c] * Batches / steps) - exponents[c];
                squares += deviation * deviation;
            }
            errors[c] = blocks >= 10 * Batches ? Math.Sqrt(squares / (Batches - 1) / Batches) : double.NaN;
        }
        return new(exponents, errors, steps);
    }

    private static LyapunovSpectrum Diverged(int k, int steps)
        => new([.. Enumerable.Repeat(double.NaN, k)], [.. Enumerable.Repeat(double.NaN, k)], steps);

    private static void CheckCancellation(int block, CancellationToken cancellationToken)
    {
        if (block % 1024 == 0)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
