using System.Globalization;

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

    /// <summary>A point and white noise: the spectra of a surrogate are those of the data.</summary>
    protected internal override IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [OrbitsWithoutDynamics.Point(perfect), GaussianSurrogate.Of(perfect, options.Seed)];
    }

    /// <inheritdoc/>
    protected internal override string? Warning(TimeSeries truth, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(options);
        int fewest = Evaluation.HellingerDistance.FewestRows(options.SpectrumSmoothing);
        return truth.Length >= fewest ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"D_H of {truth.Length:N0} rows says little: a spectrum smoothed over {options.SpectrumSmoothing} bins wants {fewest:N0}.");
    }

    /// <inheritdoc/>
    protected override double Floor(EvaluatedModel evaluated) => evaluated.Floors.HellingerDistance;
}
