using Attractor.Numerics.Randomness;
using Attractor.Probability.Continuous;

namespace Attractor.Probability.Multivariate;

/// <summary>D independent normal numbers.</summary>
/// <remarks>The parameters are the D means, then the D standard deviations.</remarks>
public sealed class DiagonalGaussian : IReparameterizedMultivariate, IDivergence<DiagonalGaussian>
{
    private readonly Normal[] _components;

    /// <summary>The distribution with these means and standard deviations.</summary>
    /// <exception cref="ArgumentException">There are none, not as many of one as of the other, one is not finite or a standard deviation is not above 0.</exception>
    public DiagonalGaussian(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation)
    {
        if (mean.IsEmpty)
            throw new ArgumentException("Expected at least one component, found none.", nameof(mean));
        Require.Length(standardDeviation, mean.Length);
        Require.Real(mean);
        Require.Positive(standardDeviation);
        _components = new Normal[mean.Length];
        for (int i = 0; i < mean.Length; i++)
            _components[i] = new(mean[i], standardDeviation[i]);
        Mean = mean.ToArray();
        StandardDeviation = standardDeviation.ToArray();
    }

    /// <inheritdoc/>
    public int Dimension => _components.Length;

    /// <summary>2 D.</summary>
    public int ParameterCount => 2 * Dimension;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The standard deviation of each component, D values.</summary>
    public IReadOnlyList<double> StandardDeviation { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Variance => [.. _components.Select(c => c.Variance)];

    /// <inheritdoc/>
    public double Entropy => _components.Sum(c => c.Entropy);

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> value)
    {
        Require.Length(value, Dimension);
        double log = 0;
        for (int i = 0; i < value.Length; i++)
            log += _components[i].LogDensity(value[i]);
        return log;
    }

    /// <inheritdoc/>
    public void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score)
    {
        int d = Dimension;
        Require.Length(value, d);
        Require.Length(valueGradient, d);
        Require.Length(score, ParameterCount);
        Span<double> both = stackalloc double[2];
        for (int i = 0; i < d; i++)
        {
            valueGradient[i] = _components[i].LogDensityGradient(value[i], both);
            (score[i], score[d + i]) = (both[0], both[1]);
        }
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        int d = Dimension;
        Require.Length(gradient, ParameterCount);
        gradient[..d].Clear();
        for (int i = 0; i < d; i++)
            gradient[d + i] = 1 / _components[i].StandardDeviation;
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.Length(value, Dimension);
        for (int i = 0; i < value.Length; i++)
            value[i] = _components[i].Sample(random);
    }

    /// <inheritdoc/>
    public void Pullback(ReadOnlySpan<double> value, ReadOnlySpan<double> adjoint, Span<double> gradient)
    {
        int d = Dimension;
        Require.Length(value, d);
        Require.Length(adjoint, d);
        Require.Length(gradient, ParameterCount);
        for (int i = 0; i < d; i++)
        {
            gradient[i] = adjoint[i];
            gradient[d + i] = adjoint[i] * ((value[i] - _components[i].Mean) / _components[i].StandardDeviation);
        }
    }

    /// <inheritdoc/>
    public double KullbackLeibler(DiagonalGaussian other)
    {
        RequireSameDimension(other);
        double sum = 0;
        for (int i = 0; i < _components.Length; i++)
            sum += _components[i].KullbackLeibler(other._components[i]);
        return sum;
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(DiagonalGaussian other, Span<double> gradient, Span<double> otherGradient)
    {
        RequireSameDimension(other);
        int d = Dimension;
        Require.Length(gradient, ParameterCount);
        Require.Length(otherGradient, ParameterCount);
        Span<double> both = stackalloc double[2], otherBoth = stackalloc double[2];
        for (int i = 0; i < d; i++)
        {
            _components[i].KullbackLeiblerGradient(other._components[i], both, otherBoth);
            (gradient[i], gradient[d + i]) = (both[0], both[1]);
            (otherGradient[i], otherGradient[d + i]) = (otherBoth[0], otherBoth[1]);
        }
    }

    private void RequireSameDimension(DiagonalGaussian other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != Dimension)
            throw new ArgumentException($"Expected {Dimension} dimensions, found {other.Dimension}.", nameof(other));
    }
}
