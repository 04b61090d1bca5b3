namespace Attractor.Probability;

/// <summary>A distribution with a closed form of the Kullback-Leibler divergence to another of its kind.</summary>
public interface IDivergence<TSelf>
{
    /// <summary>
    /// KL(this || other) = E_this[log p_this(x) - log p_other(x)], nats; infinite where the other is 0 on part of this one's support.
    /// </summary>
    double KullbackLeibler(TSelf other);

    /// <summary>The gradient of <see cref="KullbackLeibler"/>.</summary>
    /// <param name="other">The second argument of the divergence.</param>
    /// <param name="gradient">With respect to this one's parameters; written.</param>
    /// <param name="otherGradient">With respect to the other's parameters; written.</param>
    void KullbackLeiblerGradient(TSelf other, Span<double> gradient, Span<double> otherGradient);
}
