using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>A next-generation reservoir.</summary>
public sealed class VectorAutoregressionKind : GenerativeKind
{
    /// <inheritdoc/>
    public override string Name => NonlinearVectorAutoregression.KindName;

    /// <inheritdoc/>
    public override string Description => "A next-generation reservoir: ridge regression on polynomials of the last rows.";

    /// <inheritdoc/>
    public override string DataDescription => $"series as {DataFiles.Series}; each row is predicted from those before it";

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<VectorAutoregressionSettings>();

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        VectorAutoregressionSettings known = (VectorAutoregressionSettings)settings;
        IReadOnlyList<TimeSeries> trials = ((SeriesData)data).Trials;
        Standardization? units = DataUnits.Of(known.Standardize, trials);
        known = known with { Standardize = DataUnits.Rule(units) };
        trials = DataUnits.Apply(units, trials);
        NoiseReduction? noise = DataNoise.Of(known.Smooth, trials);
        trials = DataNoise.Apply(noise, trials);
        known.RequireMemory(trials[0].Dimension);
        NonlinearVectorAutoregression model = known.CreateModel(trials[0].Dimension);
        ReadoutOptions options = known.ToReadoutOptions();
        VectorAutoregressionTraining.Check(model, trials, options);
        IReadOnlyList<TimeSeries> noisy = known.WithNoise(trials);
        return new ReadoutFit(
            known,
            model,
            units,
            noise,
            null,
            0,
            LeftOut.From(trials, model.WarmUp + 2),
            (_, token) => VectorAutoregressionTraining.Fit(model, noisy, options, token));
    }
}
