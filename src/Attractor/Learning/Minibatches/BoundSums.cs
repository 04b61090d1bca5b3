namespace Attractor.Learning;

/// <summary>
/// Sums over samples: what the training curve is made of. An objective that is no bound has its negative
/// loss for the first two, and no divergence.
/// </summary>
/// <param name="Bound">Of the bound on log p(x), the divergence at weight 1.</param>
/// <param name="LogLikelihood">Of E[log p(x | z)].</param>
/// <param name="Divergence">Of KL(q || p).</param>
/// <param name="Count">What the sums are divided by: images, or time steps.</param>
public readonly record struct BoundSums(double Bound, double LogLikelihood, double Divergence, long Count)
{
    /// <summary>The sums over the samples of both.</summary>
    public static BoundSums operator +(BoundSums a, BoundSums b)
        => new(a.Bound + b.Bound, a.LogLikelihood + b.LogLikelihood, a.Divergence + b.Divergence, a.Count + b.Count);
}
