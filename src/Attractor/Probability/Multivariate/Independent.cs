using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>D independent numbers with distributions of one kind.</summary>
/// <remarks>
/// The parameters are the D first parameters, then the D second ones, and so on. For samples that move with them see
/// <see cref="ReparameterizedIndependent{TDistribution}"/>.
/// </remarks>
public class Independent<TDistribution> : IMultivariateDistribution
    where TDistribution : struct, IDistribution<TDistribution>
{
    private readonly TDistribution[] _components;

    /// <summary>The numbers with these distributions.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Independent(params ReadOnlySpan<TDistribution> components)
    {
        if (components.IsEmpty)
            throw new ArgumentException("Expected at least one component, found none.", nameof(components));
        _components = components.ToArray();
    }

    /// <summary>The distributions of the components.</summary>
    public IReadOnlyList<TDistribution> Components => _components;

    /// <inheritdoc/>
    public int Dimension => _components.Length;

    /// <inheritdoc/>
    public int ParameterCount => Dimension * TDistribution.Parameters.Count;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => [.. _components.Select(c => c.Mean)];

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
        Require.Length(value, Dimension);
        Require.Length(valueGradient, Dimension);
        Require.Length(score, ParameterCount);
        Span<double> own = stackalloc double[TDistribution.Parameters.Count];
        for (int i = 0; i < value.Length; i++)
        {
            valueGradient[i] = _components[i].LogDensityGradient(value[i], own);
            Spread(own, i, score);
        }
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, ParameterCount);
        Span<double> own = stackalloc double[TDistribution.Parameters.Count];
        for (int i = 0; i < Dimension; i++)
        {
            _components[i].EntropyGradient(own);
            Spread(own, i, gradient);
        }
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.Length(value, Dimension);
        for (int i = 0; i < value.Length; i++)
            value[i] = _components[i].Sample(random);
    }

    /// <summary>What belongs to the parameters of one component, to its places among those of all.</summary>
    private protected void Spread(ReadOnlySpan<double> own, int component, Span<double> all)
    {
        for (int p = 0; p < own.Length; p++)
            all[(p * Dimension) + component] = own[p];
    }
}
