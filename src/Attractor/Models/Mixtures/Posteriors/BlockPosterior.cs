using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>q(theta_1) .. q(theta_K): what is known of the parameters of one block in each component.</summary>
/// <remarks>
/// A product of factors that are updated one after the other. In all but one family there is one factor, the conjugate posterior. Only
/// <see cref="Update"/> changes it, and what writes to its <see cref="Tensors"/>; everything else may be called by several threads at once.
/// </remarks>
public abstract class BlockPosterior
{
    /// <summary>A posterior that is the prior still.</summary>
    /// <param name="block">The family and its prior.</param>
    /// <param name="components">K.</param>
    protected BlockPosterior(ConjugateBlock block, int components)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        (Block, Components) = (block, components);
    }

    /// <summary>The family and its prior.</summary>
    public ConjugateBlock Block { get; }

    /// <summary>K.</summary>
    public int Components { get; }

    /// <summary>What the factors are about, such as "mean": in the order of their updates.</summary>
    public abstract IReadOnlyList<string> Factors { get; }

    /// <summary>
    /// The numbers that say the posterior, always in the same order: what is kept, put back and written.
    /// They are the posterior's own, not copies.
    /// </summary>
    public abstract IReadOnlyList<PosteriorTensor> Tensors { get; }

    /// <summary>To be called when the values of the tensors have been written: forgets what was reckoned from them.</summary>
    public virtual void Refresh()
    {
    }

    /// <summary>
    /// What the tensors hold that no posterior of this family has, such as "degrees of freedom that are not above 1"; null if nothing. That
    /// they are finite and, where they must be, above 0 is known.
    /// </summary>
    public virtual string? Fault => null;

    /// <summary>
    /// Moves a factor towards its optimum given the others, in its natural parameters: eta = (1 - rate) eta + rate (eta_prior + sums). Rate
    /// 1 is coordinate ascent.
    /// </summary>
    /// <param name="factor">Which of the <see cref="Factors"/>.</param>
    /// <param name="sums">The sufficient statistics that each component was given; of a sample of the
    /// rows, as if it were all of them.</param>
    /// <param name="rate">In (0, 1].</param>
    public abstract void Update(int factor, in BlockSums sums, double rate);

    /// <summary>E[eta(theta_k)] and -E[A(theta_k)]: the weights of the statistics in E[log p(x | theta_k)], apart from log h(x).</summary>
    /// <param name="component">k.</param>
    /// <param name="origin">What the statistics are measured from: D values.</param>
    /// <param name="weights">As many values as the block has statistics are written here.</param>
    public abstract void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights);

    /// <summary>E[log p(factor)] under the prior, of all components, nats: a term of the bound.</summary>
    public abstract double ExpectedLogPrior(int factor);

    /// <summary>The entropy of a factor, of all components, nats: a term of the bound.</summary>
    public abstract double Entropy(int factor);

    /// <summary>log of the posterior predictive density of a row's D values in a component; missing ones (NaN) are marginalised.</summary>
    public abstract double LogPredictive(int component, ReadOnlySpan<double> x);

    /// <summary>A draw from the posterior predictive distribution of a component.</summary>
    /// <param name="component">k.</param>
    /// <param name="random">Where randomness comes from.</param>
    /// <param name="x">D values are written here.</param>
    public abstract void Sample(int component, RandomStream random, Span<double> x);

    /// <summary>
    /// What is worth telling of a component, in order: the values of a program's output. Its share of the
    /// tensors unless a posterior says otherwise.
    /// </summary>
    public virtual IReadOnlyList<BlockValue> Describe(int component)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)component, (uint)Components);
        return [.. Tensors.Select(t => t.Shared ? BlockValue.Of(t.Name, t.Values) : Share(t, t.Values.Length / Components))];

        BlockValue Share(PosteriorTensor tensor, int width) => tensor.Shape.Count == 1
            ? BlockValue.Of(tensor.Name, tensor.Values[component])
            : BlockValue.Of(tensor.Name, tensor.Values[(component * width)..((component + 1) * width)]);
    }

    /// <summary>What a report can draw of a component; null if it can only tell its values.</summary>
    public virtual ComponentView? View(int component) => null;
}
