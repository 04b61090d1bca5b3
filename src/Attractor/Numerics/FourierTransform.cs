using System.Numerics;

namespace Attractor.Numerics;

/// <summary>
/// The discrete Fourier transform of a fixed length, any length: X_k = sum_t x_t exp(-2 pi i k t / n).
/// </summary>
/// <remarks>
/// Mixed-radix Stockham passes (Cooley and Tukey 1965; no bit reversal) where all prime factors are small; Bluestein's
/// convolution (1970) by a power of two where not. Not thread-safe: the transform owns its working memory.
/// </remarks>
internal sealed class FourierTransform
{
    private const int LargestFactor = 31;

    private readonly int _length;
    private readonly int[] _factors;
    private readonly Complex[] _roots, _work;
    private readonly Complex[] _chirp = [], _response = [];
    private readonly FourierTransform? _convolution;

    public FourierTransform(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1 << 28);
        _length = length;
        _factors = Factors(length);
        if (_factors.Length == 0 || _factors[^1] <= LargestFactor)
        {
            _roots = Roots(length, length);
            _work = new Complex[length];
            return;
        }
        int padded = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * length) - 1);
        _roots = [];
        _work = new Complex[padded];
        _convolution = new(padded);
        _chirp = Chirp(length);
        _response = new Complex[padded];
        for (int t = 0; t < length; t++)
            _response[t] = _response[(padded - t) % padded] = Complex.Conjugate(_chirp[t]) / padded;
        _convolution.Forward(_response);
    }

    /// <summary>Transforms n values in place, without scaling.</summary>
    public void Forward(Span<Complex> values)
    {
        if (values.Length != _length)
            throw new ArgumentException($"Expected {_length} values, found {values.Length}.", nameof(values));
        if (_convolution is not null)
        {
            Convolve(_convolution, values);
            return;
        }
        // Each pass takes one factor p off n and moves between the two buffers.
        Span<Complex> from = values, to = _work;
        int remaining = _length, stride = 1;
        foreach (int p in _factors)
        {
            if (p == 4)
                Pass4(from, to, remaining / p, stride);
            else
                Pass(from, to, p, remaining / p, stride);
            remaining /= p;
            stride *= p;
            Span<Complex> swap = from;
            from = to;
            to = swap;
        }
        if (_factors.Length % 2 == 1)
            _work.CopyTo(values);
    }

    /// <summary>to[q + s (p j + k)] = w^(j k) sum_r from[q + s (j + m r)] w_p^(r k), w = exp(-2 pi i / (p m)).</summary>
    private void Pass(ReadOnlySpan<Complex> from, Span<Complex> to, int p, int m, int stride)
    {
        Span<Complex> rootsOfP = stackalloc Complex[p], twiddled = stackalloc Complex[p * p];
        for (int r = 0; r < p; r++)
            rootsOfP[r] = _roots[r * (_length / p)];
        for (int j = 0; j < m; j++)
        {
            for (int k = 0; k < p; k++)
                for (int r = 0; r < p; r++)
                    twiddled[(k * p) + r] = _roots[j * k * stride] * rootsOfP[r * k % p];
            for (int q = 0; q < stride; q++)
                for (int k = 0; k < p; k++)
                {
                    Complex sum = default;
                    for (int r = 0; r < p; r++)
                        sum += from[q + (stride * (j + (m * r)))] * twiddled[(k * p) + r];
                    to[q + (stride * ((p * j) + k))] = sum;
                }
        }
    }

    /// <summary><see cref="Pass"/> for p = 4, whose roots are 1, -i, -1, i.</summary>
    private void Pass4(ReadOnlySpan<Complex> from, Span<Complex> to, int m, int stride)
    {
        for (int j = 0; j < m; j++)
        {
            Complex w1 = _roots[j * stride], w2 = _roots[2 * j * stride], w3 = _roots[3 * j * stride];
            ReadOnlySpan<Complex> from0 = from.Slice(stride * j, stride), from1 = from.Slice(stride * (j + m), stride);
            ReadOnlySpan<Complex> from2 = from.Slice(stride * (j + (2 * m)), stride), from3 = from.Slice(stride * (j + (3 * m)), stride);
            Span<Complex> to0 = to.Slice(stride * 4 * j, stride), to1 = to.Slice(stride * ((4 * j) + 1), stride);
            Span<Complex> to2 = to.Slice(stride * ((4 * j) + 2), stride), to3 = to.Slice(stride * ((4 * j) + 3), stride);
            for (int q = 0; q < from0.Length; q++)
            {
                Complex a = from0[q] + from2[q], b = from0[q] - from2[q], c = from1[q] + from3[q], d = from1[q] - from3[q];
                Complex turned = new(d.Imaginary, -d.Real);
                to0[q] = a + c;
                to1[q] = w1 * (b + turned);
                to2[q] = w2 * (a - c);
                to3[q] = w3 * (b - turned);
            }
        }
    }

    private void Convolve(FourierTransform convolution, Span<Complex> values)
    {
        Span<Complex> work = _work;
        for (int t = 0; t < values.Length; t++)
            work[t] = values[t] * _chirp[t];
        work[values.Length..].Clear();
        convolution.Forward(work);
        // The inverse transform is the conjugate of the transform of the conjugate; the response carries its 1/n.
        for (int f = 0; f < work.Length; f++)
            work[f] = Complex.Conjugate(work[f] * _response[f]);
        convolution.Forward(work);
        for (int k = 0; k < values.Length; k++)
            values[k] = Complex.Conjugate(work[k]) * _chirp[k];
    }

    /// <summary>exp(-2 pi i t / n) for t = 0 .. count - 1.</summary>
    private static Complex[] Roots(int n, int count)
    {
        Complex[] roots = new Complex[count];
        for (int t = 0; t < count; t++)
        {
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * t / n);
            roots[t] = new(cos, sin);
        }
        return roots;
    }

    /// <summary>exp(-pi i t^2 / n); the square is reduced modulo 2 n in integers, where nothing is lost.</summary>
    private static Complex[] Chirp(int n)
    {
        Complex[] chirp = new Complex[n];
        for (long t = 0; t < n; t++)
        {
            (double sin, double cos) = Math.SinCos(-Math.PI * (t * t % (2L * n)) / n);
            chirp[t] = new(cos, sin);
        }
        return chirp;
    }

    private static int[] Factors(int n)
    {
        List<int> factors = [];
        for (; n % 4 == 0; n /= 4)
            factors.Add(4);
        for (int p = 2; (long)p * p <= n; p++)
            for (; n % p == 0; n /= p)
                factors.Add(p);
        if (n > 1)
            factors.Add(n);
        return [.. factors];
    }
}
