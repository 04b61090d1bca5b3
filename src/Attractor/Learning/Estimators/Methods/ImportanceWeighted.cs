namespace Attractor.Learning;

/// <summary>sum_k w~_k (path derivative - score) of log w_k, with the normalised weights w~.</summary>
internal sealed class ImportanceWeighted : GradientEstimator
{
    public override string Name => "importance weighted";

    internal override bool IsForBound => true;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        double[] weights = new double[group.Count];
        double bound = ImportanceWeights.Of(group, weights);
        for (int i = 0; i < group.Count; i++)
        {
            AddScaled(gradient, weights[i], group.Path(i));
            AddScaled(gradient, -weights[i], group.Score(i));
        }
        return bound;
    }
}
