namespace Attractor.Learning;

/// <summary>The path derivative of the bound less c times the score, whose expectation is 0.</summary>
internal sealed class ScoreControlVariate(string name, double multiple) : GradientEstimator
{
    public override string Name => name;

    internal override bool IsForBound => true;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        for (int i = 0; i < group.Count; i++)
        {
            AddScaled(gradient, 1.0 / group.Count, group.Path(i));
            AddScaled(gradient, -multiple / group.Count, group.Score(i));
        }
        return group.MeanIntegrand();
    }
}
