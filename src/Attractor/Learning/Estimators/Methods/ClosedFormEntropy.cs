namespace Attractor.Learning;

/// <summary>(1/n) sum_i (dz_i / d parameters)' d log p / dz at z_i, plus the gradient of the entropy of q.</summary>
internal sealed class ClosedFormEntropy : GradientEstimator
{
    public override string Name => "closed-form entropy";

    internal override bool NeedsScore => false;

    internal override bool IsForBound => true;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        group.Distribution.EntropyGradient(gradient);
        double mean = 0;
        for (int i = 0; i < group.Count; i++)
        {
            AddScaled(gradient, 1.0 / group.Count, group.Pullback(i, group.TargetGradient(i)));
            mean += group.Targets[i] / group.Count;
        }
        return mean + group.Distribution.Entropy;
    }
}
