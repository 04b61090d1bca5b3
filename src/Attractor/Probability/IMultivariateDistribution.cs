using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>A distribution of a vector of D numbers with a flat buffer of parameters.</summary>
public interface IMultivariateDistribution
{
    /// <summary>D.</summary>
    int Dimension { get; }

    /// <summary>How many parameters there are, in the order that the implementation documents.</summary>
    int ParameterCount { get; }

    /// <summary>E[x], D values.</summary>
    IReadOnlyList<double> Mean { get; }

    /// <summary>The variance of each component, D values.</summary>
    IReadOnlyList<double> Variance { get; }

    /// <summary>-E[log p(x)], nats.</summary>
    double Entropy { get; }

    /// <summary>log p(x); minus infinity outside the support.</summary>
    /// <exception cref="ArgumentException">The value does not have D components.</exception>
    double LogDensity(ReadOnlySpan<double> value);

    /// <summary>The gradient of log p(x).</summary>
    /// <param name="value">x, D components.</param>
    /// <param name="valueGradient">With respect to x; D values are written.</param>
    /// <param name="score">With respect to the parameters; written.</param>
    void LogDensityGradient(ReadOnlySpan<double> value, Span<double> valueGradient, Span<double> score);

    /// <summary>The gradient of the entropy with respect to the parameters.</summary>
    void EntropyGradient(Span<double> gradient);

    /// <summary>Draws a vector.</summary>
    void Sample(RandomStream random, Span<double> value);
}
