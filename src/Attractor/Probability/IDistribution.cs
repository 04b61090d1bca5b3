using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>A distribution of one number: its density or mass, its moments, its samples, and the gradients that inference needs.</summary>
/// <remarks>
/// Implementations are immutable structs of float64 parameters, checked when they are made. What is said of a density holds for a
/// mass where the values are discrete. Logarithms are natural, entropies in nats.
/// </remarks>
public interface IDistribution<TSelf>
    where TSelf : struct, IDistribution<TSelf>
{
    /// <summary>The parameters, in the order of every span of them.</summary>
    static abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The distribution with these parameters.</summary>
    /// <exception cref="ArgumentException">There are too many or too few, or one is outside its domain.</exception>
    static abstract TSelf Create(ReadOnlySpan<double> parameters);

    /// <summary>Where the values lie; <see cref="Domain.Binary"/> and <see cref="Domain.Natural"/> are discrete.</summary>
    static abstract Domain Support { get; }

    /// <summary>E[x]; NaN where it does not exist.</summary>
    double Mean { get; }

    /// <summary>E[(x - E[x])^2]; infinite or NaN where it does not exist.</summary>
    double Variance { get; }

    /// <summary>-E[log p(x)], nats.</summary>
    double Entropy { get; }

    /// <summary>log p(x); minus infinity outside the support, NaN of NaN.</summary>
    double LogDensity(double value);

    /// <summary>The gradient of log p(x): with respect to the parameters (the score), and the derivative with respect to x.</summary>
    /// <param name="value">x, inside the support.</param>
    /// <param name="score">d log p / d parameter is written, one for each of <see cref="Parameters"/>.</param>
    /// <returns>d log p / dx; 0 where x is discrete.</returns>
    double LogDensityGradient(double value, Span<double> score);

    /// <summary>The gradient of the entropy with respect to the parameters.</summary>
    void EntropyGradient(Span<double> gradient);

    /// <summary>A value drawn from the distribution.</summary>
    double Sample(RandomStream random);
}
