namespace Attractor.Evaluation;

/// <summary>D_stsp: see <see cref="StateSpaceDivergence"/>.</summary>
public sealed class DivergenceScore : OrbitScore
{
    internal const string KeyName = "d_stsp";

    /// <inheritdoc/>
    public override string Key => KeyName;

    /// <inheritdoc/>
    public override string Name => "State-space divergence";

    /// <inheritdoc/>
    public override string Symbol => "D_stsp";

    /// <inheritdoc/>
    public override string Explanation => "Kullback-Leibler divergence of where the orbits spend their time, in nats.";

    /// <inheritdoc/>
    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
        => NoiseFloors.Divergence(truth, generated, options);

    /// <inheritdoc/>
    protected override double Floor(EvaluatedModel evaluated) => evaluated.Floors.StateSpaceDivergence;
}
