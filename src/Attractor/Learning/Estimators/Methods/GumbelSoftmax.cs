using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// (1/n) sum_i (dy_i / d logits)' df/dz, y the Gumbel-softmax relaxation of the sample (Jang, Gu and Poole; Maddison, Mnih and Teh; both
/// ICLR 2017): f is taken at y, or, straight through, at the one-hot vector of its largest component. Of a bound, the entropy of the
/// categorical variables is added exactly.
/// </summary>
internal sealed class GumbelSoftmax : GradientEstimator
{
    private readonly double _temperature;
    private readonly bool _straightThrough;

    public GumbelSoftmax(double temperature, bool straightThrough)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), $"A temperature is finite and above 0, found {temperature}.");
        (_temperature, _straightThrough) = (temperature, straightThrough);
    }

    public override string Name
        => FormattableString.Invariant($"{(_straightThrough ? "straight-through" : "Gumbel-softmax")}, temperature {_temperature}");

    public override bool IsUnbiased => false;

    internal override bool NeedsDensity => false;

    internal override IMultivariateDistribution Through(IMultivariateDistribution distribution)
        => new RelaxedSamples((OneHotCategorical)distribution, _temperature);

    internal override void Draw(IMultivariateDistribution through, RandomStream random, Span<double> point, Span<double> sample)
    {
        RelaxedSamples relaxed = (RelaxedSamples)through;
        if (_straightThrough)
        {
            relaxed.SampleBoth(random, point, sample);
            return;
        }
        relaxed.Sample(random, point);
        point.CopyTo(sample);
    }

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        double mean = 0;
        if (group.Objective is Objective.EvidenceLowerBound)
        {
            group.Distribution.EntropyGradient(gradient);
            mean = group.Distribution.Entropy;
        }
        for (int i = 0; i < group.Count; i++)
        {
            AddScaled(gradient, 1.0 / group.Count, group.Pullback(i, group.TargetGradient(i)));
            mean += group.Targets[i] / group.Count;
        }
        return mean;
    }

    internal override void Check(IMultivariateDistribution distribution, TargetFunction target, Objective objective, int samples)
    {
        if (distribution is not OneHotCategorical)
            throw new ArgumentException(
                $"The estimator '{Name}' relaxes one-hot categorical variables, found {distribution?.GetType().Name}.",
                nameof(distribution));
        base.Check(distribution, target, objective, samples);
    }
}
