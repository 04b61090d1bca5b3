namespace Attractor.Evaluation;

/// <summary>D_stsp: see <see cref="StateSpaceDivergence"/>.</summary>
public sealed class DivergenceScore : OrbitScore
{
    /// <summary>The key of the score.</summary>
    public const string KeyName = "d_stsp";

    /// <inheritdoc/>
    public override string Key => KeyName;

    /// <inheritdoc/>
    public override string Name => "State-space divergence";

    /// <inheritdoc/>
    public override string Symbol => "D_stsp";

    /// <inheritdoc/>
    public override string Explanation => "Kullback-Leibler divergence of where the orbits spend their time, in nats.";

    /// <inheritdoc/>
    public override bool DependsOnOrder => false;

    /// <inheritdoc/>
    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
        => NoiseFloors.Divergence(truth, generated, options);

    /// <inheritdoc/>
    protected internal override IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OrbitsWithoutDynamics.All(perfect, options.Seed);
    }

    /// <inheritdoc/>
    protected override double Floor(EvaluatedModel evaluated) => evaluated.Floors.StateSpaceDivergence;
}
