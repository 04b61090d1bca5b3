using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// All that a linear least-squares fit needs of its data: the products R'R, Y'R and Y'Y of features and targets, accumulated sample by
/// sample, so that memory does not grow with their number.
/// </summary>
/// <remarks>
/// Weighted by w, a sample counts as w samples would. With an intercept, which is never penalised, moments are taken about the first
/// sample, and statistics are merged about their means (Chan, Golub and LeVeque, COMPSTAT 1982): nothing is lost to cancellation where the
/// means are large. Not thread-safe; each thread should have its own, to be merged.
/// </remarks>
public sealed unsafe class RidgeStatistics : IDisposable
{
    internal const int Lanes = 8;

    // Steps of eight samples that are multiplied at once: the panel then stays in the second cache.
    internal const int ChunkSteps = 16;

    private readonly AlignedBuffer<double> _products, _panel, _transposed;
    private readonly double[] _shift;
    private readonly nint _padded;
    private int _steps, _lane;
    private bool _shifted;

    /// <summary>Statistics of no samples.</summary>
    /// <param name="features">F.</param>
    /// <param name="targets">K.</param>
    /// <param name="intercept">Whether the fit has an intercept.</param>
    public RidgeStatistics(int features, int targets, bool intercept = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targets);
        (Features, Targets, Intercept) = (features, targets, intercept);
        _padded = (Size + Lanes - 1) / Lanes * Lanes;
        _products = new(Size * (long)_padded);
        _panel = new((long)ChunkSteps * Size * Lanes);
        _transposed = new((long)ChunkSteps * Lanes * _padded);
        _shift = new double[features + targets];
    }

    /// <summary>F, the number of features.</summary>
    public int Features { get; }

    /// <summary>K, the number of targets.</summary>
    public int Targets { get; }

    /// <summary>Whether the fit has an intercept.</summary>
    public bool Intercept { get; }

    /// <summary>Samples added whose weight is not 0.</summary>
    public long Samples { get; private set; }

    /// <summary>The sum of their weights.</summary>
    public double Weight { get; private set; }

    /// <summary>Rows of a sample: the constant of the intercept if there is one, the features, the targets.</summary>
    internal int Size => Features + Targets + Offset;

    private int Offset => Intercept ? 1 : 0;

    /// <summary>Adds a sample.</summary>
    /// <param name="features">F values.</param>
    /// <param name="targets">K values; a sample with a missing one (NaN) is left out.</param>
    /// <param name="weight">At least 0.</param>
    /// <exception cref="ArgumentException">A length does not fit, a feature is not finite, or the weight is negative.</exception>
    public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double weight = 1)
    {
        if (features.Length != Features || targets.Length != Targets)
            throw new ArgumentException(
                $"Expected {Features} features and {Targets} targets, found {features.Length} and {targets.Length}.");
        if (!(weight >= 0) || !double.IsFinite(weight))
            throw new ArgumentException(
                FormattableString.Invariant($"The weight of a sample must be a number of at least 0, not {weight}."), nameof(weight));
        if (weight == 0 || TensorPrimitives.IsNaNAny(targets))
            return;
        if (!TensorPrimitives.IsFiniteAll(features) || !TensorPrimitives.IsFiniteAll(targets))
            throw new ArgumentException("A sample holds values that are not finite.", nameof(features));
        SetShift(features, targets);
        double root = Math.Sqrt(weight);
        double* column = Step() + _lane;
        if (Intercept)
            column[0] = root;
        for (int i = 0; i < Features; i++)
            column[(nint)(Offset + i) * Lanes] = root * (features[i] - _shift[i]);
        for (int k = 0; k < Targets; k++)
            column[(nint)(Offset + Features + k) * Lanes] = root * (targets[k] - _shift[Features + k]);
        Samples++;
        Weight += weight;
        if (++_lane == Lanes)
        {
            _lane = 0;
            EndStep(0, 0);
        }
    }

    /// <summary>Adds all samples of other statistics, as if they had been added one by one.</summary>
    /// <exception cref="ArgumentException">They are of other features, targets or intercept.</exception>
    public void Add(RidgeStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Features != Features || other.Targets != Targets || other.Intercept != Intercept)
            throw new ArgumentException("Only statistics of the same features, targets and intercept can be merged.", nameof(other));
        Flush();
        other.Flush();
        if (other.Samples == 0)
            return;
        if (Intercept && Samples > 0)
        {
            // Those of the other are moved to the shift of these: z - s = (z - s') + d.
            double[] d = new double[Size];
            d[0] = 1;
            for (int i = 0; i < _shift.Length; i++)
                d[i + 1] = other._shift[i] - _shift[i];
            double* p = _products.Pointer, q = other._products.Pointer;
            double weight = q[0];
            for (int i = 0; i < Size; i++)
            {
                double mi = i == 0 ? 0 : q[i * _padded];
                for (int j = 0; j <= i; j++)
                {
                    double mj = j == 0 ? 0 : q[j * _padded], own = j == 0 ? (i == 0 ? 0 : mi) : q[(i * _padded) + j];
                    p[(i * _padded) + j] += j == 0
                        ? (i == 0 ? weight : mi + (weight * d[i]))
                        : own + (mi * d[j]) + (mj * d[i]) + (weight * d[i] * d[j]);
                }
            }
        }
        else
        {
            other._shift.CopyTo(_shift, 0);
            _shifted = other._shifted;
            TensorPrimitives.Add<double>(_products.Span, other._products.Span, _products.Span);
        }
        Samples += other.Samples;
        Weight += other.Weight;
    }

    /// <summary>Gives all ranks what one of them has.</summary>
    /// <param name="ranks">The ranks, of which the others' statistics are of no samples.</param>
    /// <param name="owner">Whose they are.</param>
    internal void Share(Communicator ranks, int owner)
    {
        Flush();
        double[] counts = [Weight, _shifted ? 1 : 0];
        long[] samples = [Samples];
        ranks.Broadcast(MemoryMarshal.AsBytes(counts.AsSpan()), owner);
        ranks.Broadcast(MemoryMarshal.AsBytes(samples.AsSpan()), owner);
        ranks.Broadcast(MemoryMarshal.AsBytes(_shift.AsSpan()), owner);
        const int Rows = 1024;
        for (nint row = 0; row < Size; row += Rows)
            ranks.Broadcast(
                MemoryMarshal.AsBytes(
                    new Span<double>(_products.Pointer + (row * _padded), checked((int)(Math.Min(Rows, Size - row) * _padded)))), owner);
        (Weight, _shifted, Samples) = (counts[0], counts[1] != 0, samples[0]);
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        _products.Dispose();
        _panel.Dispose();
        _transposed.Dispose();
    }

    /// <summary>Takes moments about a sample, if there is an intercept and there were no samples before.</summary>
    internal void SetShift(ReadOnlySpan<double> features, ReadOnlySpan<double> targets)
    {
        if (_shifted)
            return;
        _shifted = true;
        if (!Intercept)
            return;
        features.CopyTo(_shift);
        targets.CopyTo(_shift.AsSpan(Features));
    }

    /// <summary>F + K values that are to be subtracted from a sample: 0 without an intercept.</summary>
    internal ReadOnlySpan<double> Shift => _shift;

    /// <summary>Where the next eight samples go: <see cref="Size"/> rows of eight lanes. A lane that is no sample must be 0.</summary>
    internal double* Step() => _panel.Pointer + ((nint)_steps * Size * Lanes);

    /// <summary>Takes in what was written to <see cref="Step"/>.</summary>
    /// <param name="samples">How many lanes of it are samples.</param>
    /// <param name="weight">The sum of their weights.</param>
    internal void EndStep(int samples, double weight)
    {
        Samples += samples;
        Weight += weight;
        if (++_steps == ChunkSteps)
            Multiply();
    }

    /// <summary>The weighted moments: mean and centred products with an intercept, plain products without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Moments ToMoments()
    {
        Flush();
        int f = Features, k = Targets, size = f + k;
        double* p = _products.Pointer;
        double[] mean = new double[size], gram = new double[(long)f * f], cross = new double[(long)k * f], squares = new double[k];
        // Summed together with the moments, so that the mean has their rounding.
        double weight = Intercept ? p[0] : Weight;
        if (Intercept && weight > 0)
            for (int i = 0; i < size; i++)
                mean[i] = p[(i + 1) * _padded] / weight;
        for (int i = 0; i < size; i++)
            for (int j = 0; j <= i; j++)
            {
                double value = p[((i + Offset) * _padded) + j + Offset] - (weight * mean[i] * mean[j]);
                if (i < f)
                    gram[((long)i * f) + j] = gram[((long)j * f) + i] = value;
                else if (j < f)
                    cross[((long)(i - f) * f) + j] = value;
                else if (i == j)
                    squares[i - f] = value;
            }
        for (int i = 0; i < size; i++)
            mean[i] += _shift[i];
        return new(f, k, weight, Intercept, mean, gram, cross, squares);
    }

    private void Flush()
    {
        if (_lane > 0)
        {
            double* step = Step();
            for (nint i = 0; i < Size; i++)
                for (int lane = _lane; lane < Lanes; lane++)
                    step[(i * Lanes) + lane] = 0;
            _lane = 0;
            _steps++;
        }
        Multiply();
    }

    private void Multiply()
    {
        WidestLanes.Invoke<double, Product>(new(this));
        _steps = 0;
    }

    // The lower triangle alone: bands of rows, each as wide as its last row reaches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<S>()
        where S : unmanaged, ILanes<S, double>
    {
        const int Band = 48;
        nint stride = (nint)Size * Lanes;
        OuterProduct<S, double>.Transpose(_panel.Pointer, stride, Size, _steps, _transposed.Pointer, _padded);
        for (int row = 0; row < Size; row += Band)
        {
            int rows = Math.Min(Band, Size - row), columns = (row + rows + Lanes - 1) / Lanes * Lanes;
            OuterProduct<S, double>.Accumulate(
                _products.Pointer + (row * _padded),
                rows,
                _panel.Pointer + ((nint)row * Lanes),
                stride,
                _transposed.Pointer,
                _padded,
                _steps,
                columns);
        }
    }

    /// <summary>
    /// Means (features, then targets), R'R (F x F), Y'R (K x F) and the diagonal of Y'Y; centred if there is an intercept.
    /// </summary>
    internal sealed record Moments(
        int Features, int Targets, double Weight, bool Intercept, double[] Mean, double[] Gram, double[] Cross, double[] Squares)
    {
        /// <summary>The sum of the squares of all targets: the squared error of weights 0 without an intercept.</summary>
        public double SquaredTargets
            => Squares.Select((s, k) => s + (Intercept ? Weight * Mean[Features + k] * Mean[Features + k] : 0)).Sum();
    }

    private readonly struct Product(RidgeStatistics statistics) : ILaneAction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => statistics.Multiply<S>();
    }
}
