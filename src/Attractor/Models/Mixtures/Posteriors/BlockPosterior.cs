using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>q(theta_1) .. q(theta_K): what is known of the parameters of one block in each component.</summary>
/// <remarks>A product of factors that are updated one after the other. In all but one family there is one factor, the conjugate posterior.</remarks>
public abstract class BlockPosterior
{
    private protected BlockPosterior(ConjugateBlock block, int components) => (Block, Components) = (block, components);

    /// <summary>The family and its prior.</summary>
    public ConjugateBlock Block { get; }

    /// <summary>K.</summary>
    public int Components { get; }

    /// <summary>What the factors are about, such as "mean": in the order of their updates.</summary>
    internal abstract IReadOnlyList<string> Factors { get; }

    /// <summary>The numbers that say the posterior.</summary>
    internal abstract IReadOnlyList<PosteriorTensor> Tensors { get; }

    /// <summary>To be called when the values of the tensors have been written.</summary>
    internal virtual void Refresh()
    {
    }

    /// <summary>Moves a factor towards its optimum given the others, in its natural parameters: eta = (1 - rate) eta + rate (eta_prior + sums). Rate 1 is coordinate ascent.</summary>
    internal abstract void Update(int factor, in BlockSums sums, double rate);

    /// <summary>E[eta(theta_k)] and -E[A(theta_k)]: the weights of the statistics in E[log p(x | theta_k)], apart from log h(x).</summary>
    internal abstract void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights);

    /// <summary>E[log p(factor)] under the prior, of all components.</summary>
    internal abstract double ExpectedLogPrior(int factor);

    /// <summary>The entropy of a factor, of all components.</summary>
    internal abstract double Entropy(int factor);

    /// <summary>log of the posterior predictive density of a row's D values in a component; missing ones are marginalised.</summary>
    internal abstract double LogPredictive(int component, ReadOnlySpan<double> x);

    /// <summary>A draw from the posterior predictive distribution of a component.</summary>
    internal abstract void Sample(int component, RandomStream random, Span<double> x);
}
