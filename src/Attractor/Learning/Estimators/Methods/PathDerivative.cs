namespace Attractor.Learning;

/// <summary>(1/n) sum_i (dz_i / d parameters)' d integrand / dz at z_i.</summary>
internal sealed class PathDerivative(string name, bool onlyBound) : GradientEstimator
{
    public override string Name => name;

    internal override bool NeedsScore => false;

    internal override bool IsForBound => onlyBound;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        for (int i = 0; i < group.Count; i++)
            AddScaled(gradient, 1.0 / group.Count, group.Path(i));
        return group.MeanIntegrand();
    }
}
