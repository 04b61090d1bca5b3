namespace Attractor.Learning;

/// <summary>sum_k w~_k^2 times the path derivative of log w_k, with the normalised weights w~.</summary>
/// <remarks>
/// The score that the total derivative of the importance-weighted bound contains is reparameterised once more, which turns w~ into w~^2 and
/// needs no score. With one sample it is sticking the landing. Not for every q of less variance: far from the posterior it can have more.
/// </remarks>
internal sealed class DoublyReparameterized : GradientEstimator
{
    public override string Name => "doubly reparameterised";

    internal override bool NeedsScore => false;

    internal override bool IsForBound => true;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        double[] weights = new double[group.Count];
        double bound = ImportanceWeights.Of(group, weights);
        for (int i = 0; i < group.Count; i++)
            AddScaled(gradient, weights[i] * weights[i], group.Path(i));
        return bound;
    }
}
