using Attractor.Data;

namespace Attractor.Evaluation;

/// <summary>
/// D_stsp over all variables at once, as the divergence of two Gaussian mixtures (<see cref="StateSpaceDivergence.Mixture"/>): beside the
/// binned form for data of more variables than a histogram can hold.
/// </summary>
/// <remarks>
/// The variables are in standard deviations of the truth, so that <see cref="EvaluationOptions.MixtureVariance"/> is in these.
/// A constant is left as it is.
/// </remarks>
public sealed class MixtureScore : OrbitScore
{
    internal const string KeyName = "d_stsp_gmm";

    /// <inheritdoc/>
    public override string Key => KeyName;

    /// <inheritdoc/>
    public override string Name => "Divergence of mixtures";

    /// <inheritdoc/>
    public override string Symbol => "D_stsp (GMM)";

    /// <inheritdoc/>
    public override string Explanation => "Kullback-Leibler divergence of Gaussian mixtures on the rows, over all variables, in nats.";

    /// <inheritdoc/>
    public override bool DependsOnOrder => false;

    /// <inheritdoc/>
    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        ArgumentNullException.ThrowIfNull(options);
        TimeSeries complete = ComparedRows.Complete(truth);
        (double[] mean, double[,] covariance) = Moments.Of(complete);
        Standardization units = new(
            mean, [.. Enumerable.Range(0, mean.Length).Select(n => covariance[n, n] > 0 ? Math.Sqrt(covariance[n, n]) : 1)]);
        return StateSpaceDivergence.Mixture(units.Apply(complete), units.Apply(generated), options.MixtureVariance, options.Seed);
    }

    /// <summary>Of as many rows of each recording as come to a mixture.</summary>
    protected internal override ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(floors);
        (TimeSeries Truth, TimeSeries Orbit)?[] perfect =
            [.. recordings.Select(one => one.Floors.Reference is var (truth, orbit) ? (First(truth, one), First(orbit, one)) : default)];
        return base.Pool(
            entries,
            [.. recordings.Select(one => one with { Truth = First(one.Truth, one), Generated = First(one.Generated, one) })],
            floors with
            {
                Reference = perfect.All(pair => pair is not null)
                    ? (ComparedRows.Joined(perfect.Select(pair => pair!.Value.Truth)),
                        ComparedRows.Joined(perfect.Select(pair => pair!.Value.Orbit)))
                    : null,
            },
            cancellationToken);

        static TimeSeries First(TimeSeries rows, EvaluatedModel of)
            => rows.Slice(0, Math.Min(rows.Length, of.Starts(StateSpaceDivergence.MostMixturePoints)));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OrbitsWithoutDynamics.All(perfect, options.Seed);
    }
}
