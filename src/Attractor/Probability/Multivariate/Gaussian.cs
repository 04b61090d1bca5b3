using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>The normal distribution of D numbers with any covariance, by its Cholesky factor: x = mean + L e, covariance L L'.</summary>
/// <remarks>
/// The parameters are the D means, then the lower triangle of L row by row: D (D + 1) / 2 values, those on the diagonal above 0.
/// </remarks>
public sealed class Gaussian : IReparameterizedMultivariate, IDivergence<Gaussian>
{
    private readonly double[] _mean, _factor;

    /// <summary>The distribution with this mean and factor.</summary>
    /// <param name="mean">D values.</param>
    /// <param name="factor">L, D x D, row-major, lower triangular.</param>
    /// <exception cref="ArgumentException">The sizes disagree, a value is not finite, one on the diagonal is not
    /// above 0 or one above it is not 0.</exception>
    public Gaussian(ReadOnlySpan<double> mean, ReadOnlySpan<double> factor)
    {
        int d = mean.Length;
        if (d == 0)
            throw new ArgumentException("Expected at least one component, found none.", nameof(mean));
        Require.Length(factor, checked(d * d));
        Require.Real(mean);
        Require.Real(factor);
        for (int i = 0; i < d; i++)
        {
            Require.Positive(factor[(i * d) + i], $"factor[{i}, {i}]");
            for (int j = i + 1; j < d; j++)
                if (factor[(i * d) + j] != 0)
                    throw new ArgumentException(
                        $"Expected 0 above the diagonal of the factor, found {factor[(i * d) + j]} at [{i}, {j}].", nameof(factor));
        }
        _mean = mean.ToArray();
        _factor = factor.ToArray();
    }

    /// <summary>The distribution with this mean and covariance.</summary>
    /// <param name="mean">D values.</param>
    /// <param name="covariance">D x D, row-major.</param>
    /// <exception cref="ArgumentException">The sizes disagree, a value is not finite, or the covariance is not symmetric and positive
    /// definite (to rounding).</exception>
    public static Gaussian FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        int d = mean.Length;
        if (d == 0)
            throw new ArgumentException("Expected at least one component, found none.", nameof(mean));
        Require.Length(covariance, checked(d * d));
        Require.Real(covariance);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double below = covariance[(i * d) + j], above = covariance[(j * d) + i];
                if (Math.Abs(below - above) > 1e-9 * Math.Max(Math.Abs(below), Math.Abs(above)))
                    throw new ArgumentException(
                        $"Expected a symmetric covariance, found {below} at [{i}, {j}] and {above} at [{j}, {i}].", nameof(covariance));
            }
        }
        double[] factor = covariance.ToArray();
        if (!Cholesky.TryFactor(factor, d))
            throw new ArgumentException(
                $"Expected a positive definite covariance; this {d} x {d} matrix is not, to rounding.", nameof(covariance));
        for (int i = 0; i < d; i++)
            factor.AsSpan((i * d) + i + 1, d - i - 1).Clear();
        return new(mean, factor);
    }

    /// <inheritdoc/>
    public int Dimension => _mean.Length;

    /// <summary>D + D (D + 1) / 2.</summary>
    public int ParameterCount => Dimension + (Dimension * (Dimension + 1) / 2);

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => _mean.AsReadOnly();

    /// <summary>L, D x D, row-major.</summary>
    public ReadOnlySpan<double> Factor => _factor;

    /// <inheritdoc/>
    public IReadOnlyList<double> Variance
    {
        get
        {
            double[] variance = new double[Dimension];
            for (int i = 0; i < variance.Length; i++)
                variance[i] = VectorOperations.Dot(Row(i), Row(i));
            return variance;
        }
    }

    /// <inheritdoc/>
    public double Entropy => (Dimension * (0.5 + Normal.HalfLogTwoPi)) + LogDeterminant();

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> value)
    {
        Require.Length(value, Dimension);
        double[] z = Whiten(value);
        return (-0.5 * VectorOperations.Dot(z, z)) - (Dimension * Normal.HalfLogTwoPi) - LogDeterminant();
    }

    /// <inheritdoc/>
    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
    {
        int d = Dimension;
        Require.Length(value, d);
        Require.Length(valueGradient, d);
        Require.Length(score, ParameterCount);
        // With z = L^-1 (x - m) and w = L'^-1 z: by the mean w, by L_ij w_i z_j, and -1 / L_ii of the determinant.
        double[] z = Whiten(value), w = [.. z];
        SolveTransposed(w);
        w.CopyTo(score);
        for (int i = 0, at = d; i < d; i++)
        {
            valueGradient[i] = -w[i];
            for (int j = 0; j <= i; j++)
                score[at++] = (w[i] * z[j]) - (i == j ? 1 / Row(i)[i] : 0);
        }
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        int d = Dimension;
        Require.Length(gradient, ParameterCount);
        gradient.Clear();
        for (int i = 0, at = d; i < d; at += ++i)
            gradient[at + i] = 1 / Row(i)[i];
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        int d = Dimension;
        Require.Length(value, d);
        for (int i = 0; i < d; i++)
            value[i] = random.NextNormal();
        // From the last row, so that the noise of the rows above is still there.
        for (int i = d - 1; i >= 0; i--)
            value[i] = Draw.Finite(_mean[i] + VectorOperations.Dot(Row(i), value[..(i + 1)]));
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        int d = Dimension;
        Require.Length(value, d);
        Require.Length(adjoint, d);
        Require.Length(gradient, ParameterCount);
        double[] noise = Whiten(value);
        adjoint.CopyTo(gradient);
        for (int i = 0, at = d; i < d; i++)
            for (int j = 0; j <= i; j++)
                gradient[at++] = adjoint[i] * noise[j];
    }

    /// <inheritdoc/>
    public double KullbackLeibler(Gaussian other)
    {
        (double[] shift, double[] ratio) = Relative(other);
        int d = Dimension;
        double sum = 0.5 * VectorOperations.Dot(shift, shift);
        for (int i = 0; i < d; i++)
        {
            ReadOnlySpan<double> off = ratio.AsSpan(i * d, i);
            sum += (0.5 * VectorOperations.Dot(off, off)) + Normal.OfScales(Row(i)[i], other.Row(i)[i]);
        }
        return sum;
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(Gaussian other, Span<double> gradient, Span<double> otherGradient)
    {
        int d = Dimension;
        Require.Length(gradient, ParameterCount);
        Require.Length(otherGradient, ParameterCount);
        (double[] shift, double[] ratio) = Relative(other);
        // With M = K^-1 L, z = K^-1 (m - n) of the other's K and n: by m K'^-1 z, by L K'^-1
        // M - 1 / L_ii, by K -K'^-1 (M M' + z z') + 1 / K_ii.
        double[] byMean = [.. shift], column = new double[d];
        other.SolveTransposed(byMean);
        for (int i = 0; i < d; i++)
            (gradient[i], otherGradient[i]) = (byMean[i], -byMean[i]);
        for (int j = 0; j < d; j++)
        {
            for (int i = 0; i < d; i++)
                column[i] = ratio[(i * d) + j];
            other.SolveTransposed(column);
            for (int i = j; i < d; i++)
                gradient[At(i, j)] = column[i] - (i == j ? 1 / Row(i)[i] : 0);

            for (int i = 0; i < d; i++)
                column[i] = VectorOperations.Dot(ratio.AsSpan(i * d, d), ratio.AsSpan(j * d, d)) + (shift[i] * shift[j]);
            other.SolveTransposed(column);
            for (int i = j; i < d; i++)
                otherGradient[At(i, j)] = (i == j ? 1 / other.Row(i)[i] : 0) - column[i];
        }
    }

    private int At(int i, int j) => Dimension + (i * (i + 1) / 2) + j;

    private ReadOnlySpan<double> Row(int i) => _factor.AsSpan(i * Dimension, i + 1);

    private double LogDeterminant()
    {
        double sum = 0;
        for (int i = 0; i < Dimension; i++)
            sum += Math.Log(Row(i)[i]);
        return sum;
    }

    // L^-1 (x - m)
    private double[] Whiten(ReadOnlySpan<double> value)
    {
        double[] z = new double[Dimension];
        for (int i = 0; i < z.Length; i++)
            z[i] = value[i] - _mean[i];
        Solve(z);
        return z;
    }

    private void Solve(Span<double> b)
    {
        for (int i = 0; i < b.Length; i++)
            b[i] = (b[i] - VectorOperations.Dot(Row(i)[..i], b[..i])) / Row(i)[i];
    }

    private void SolveTransposed(Span<double> b)
    {
        for (int i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= Row(i)[i];
            VectorOperations.AddScaled(b[..i], -b[i], Row(i)[..i]);
        }
    }

    // K^-1 (m - n), D values, and K^-1 L, D x D and lower triangular.
    private (double[] Shift, double[] Ratio) Relative(Gaussian other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int d = Dimension;
        if (other.Dimension != d)
            throw new ArgumentException($"Expected {d} dimensions, found {other.Dimension}.", nameof(other));
        double[] shift = other.Whiten(_mean), ratio = new double[d * d], column = new double[d];
        for (int j = 0; j < d; j++)
        {
            for (int i = 0; i < d; i++)
                column[i] = _factor[(i * d) + j];
            other.Solve(column);
            for (int i = 0; i < d; i++)
                ratio[(i * d) + j] = column[i];
        }
        return (shift, ratio);
    }
}
