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
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => ((VectorAutoregressionSettings)settings).Stream
            ? StreamedRows.Read((VectorAutoregressionSettings)settings, progress, cancellationToken)
            : base.Read(settings, progress, cancellationToken);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        VectorAutoregressionSettings known = (VectorAutoregressionSettings)settings;
        if (data is StreamedRows rows)
            return Prepare(known, rows);
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

    // As above, in blocks.
    private static ReadoutFit Prepare(VectorAutoregressionSettings known, StreamedRows rows)
    {
        Standardization? units = DataUnits.OfRows(known.Standardize, rows.Rows);
        known = known with { Standardize = DataUnits.Rule(units) };
        NonlinearVectorAutoregression model = known.CreateModel(rows.Rows.Names.Count);
        ReadoutOptions options = known.ToReadoutOptions();
        VectorAutoregressionTraining.CheckRows(model, [rows.Rows], options);
        return new(known, model, units, null, null, 0, null, (_, token) =>
        {
            using RowStore? prepared = rows.Prepared(units, known.Noise, (ulong)known.Seed, token);
            return VectorAutoregressionTraining.FitRows(model, [prepared ?? rows.Rows], options, token);
        });
    }
}
