using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>What is known of a block of standardised columns, told in the units of the data.</summary>
internal sealed class StandardizedPosterior(StandardizedBlock block, BlockPosterior posterior)
    : BlockPosterior(block, posterior.Components)
{
    public override IReadOnlyList<string> Factors => posterior.Factors;

    public override IReadOnlyList<PosteriorTensor> Tensors => posterior.Tensors;

    public override string? Fault => posterior.Fault;

    public override void Refresh() => posterior.Refresh();

    public override void Update(int factor, in BlockSums sums, double rate)
    {
        BlockSums own = sums.From(block.Inside(sums.Origin));
        posterior.Update(factor, own, rate);
    }

    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
        => posterior.Weigh(component, block.Inside(origin), weights);

    public override double ExpectedLogPrior(int factor) => posterior.ExpectedLogPrior(factor);

    public override double Entropy(int factor) => posterior.Entropy(factor);

    public override double LogPredictive(int component, ReadOnlySpan<double> x)
        => posterior.LogPredictive(component, block.Inside(x)) - block.LogScale(x);

    public override void Sample(int component, RandomStream random, Span<double> x)
    {
        posterior.Sample(component, random, x);
        block.Units.Undo(x);
    }

    /// <summary>The mean in the units of the data; the rest, such as precisions, is of the columns over <c>unit_scale</c>.</summary>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        .. posterior.Describe(component).Select(v => v.Name == "mean" ? BlockValue.Of(v.Name, InUnits(v.Numbers)) : v),
        BlockValue.Of("unit_scale", block.Units.Scale),
    ];

    public override ComponentView? View(int component)
    {
        if (posterior.View(component) is not PositionView view)
            return posterior.View(component);
        IReadOnlyList<double> scale = block.Units.Scale;
        int d = scale.Count;
        return new PositionView(
            InUnits(view.Centre),
            [.. view.CentreDeviations.Select((v, i) => v * scale[i])],
            [.. view.Covariance.Select((v, i) => v * scale[i / d] * scale[i % d])]);
    }

    private double[] InUnits(IReadOnlyList<double> place)
    {
        double[] own = [.. place];
        block.Units.Undo(own);
        return own;
    }
}
