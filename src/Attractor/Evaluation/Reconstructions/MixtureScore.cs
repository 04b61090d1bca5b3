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

    /// <inheritdoc/>
    protected internal override IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OrbitsWithoutDynamics.All(perfect, options.Seed);
    }
}
