namespace Attractor.Evaluation;

/// <summary>D_H: see <see cref="HellingerDistance"/>.</summary>
public sealed class SpectrumScore : OrbitScore
{
    internal const string KeyName = "d_hellinger";

    /// <inheritdoc/>
    public override string Key => KeyName;

    /// <inheritdoc/>
    public override string Name => "Power-spectrum distance";

    /// <inheritdoc/>
    public override string Symbol => "D_H";

    /// <inheritdoc/>
    public override string Explanation => "Hellinger distance of the smoothed power spectra, from 0 to 1.";

    /// <inheritdoc/>
    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return HellingerDistance.Between(truth, generated, options.SpectrumSmoothing);
    }

    /// <inheritdoc/>
    protected override double Floor(EvaluatedModel evaluated) => evaluated.Floors.HellingerDistance;
}
