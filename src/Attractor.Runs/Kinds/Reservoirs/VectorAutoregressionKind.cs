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
            ? StreamedRows.Read((SeriesSettings)settings, takesTrials: true, progress, cancellationToken)
            : base.Read(settings, progress, cancellationToken);

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
        => file => new(RidgePathFigures.Of(Path.GetDirectoryName(file)!), null);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        VectorAutoregressionSettings known = (VectorAutoregressionSettings)settings;
        if (data is StreamedRows rows)
            return Prepare(known, rows);
        IReadOnlyList<TimeSeries> trials = ((SeriesData)data).Trials;
        (DataPreparation prepared, trials) = DataPreparation.Of(known, trials);
        known = known with { Standardize = prepared.Rule };
        known.RequireMemory(trials[0].Dimension);
        NonlinearVectorAutoregression model = known.CreateModel(trials[0].Dimension);
        ReadoutOptions options = known.ToReadoutOptions();
        VectorAutoregressionTraining.Check(model, trials, options);
        IReadOnlyList<TimeSeries> noisy = known.WithNoise(trials);
        return new ReadoutFit(
            known,
            model,
            prepared,
            null,
            0,
            LeftOut.From(trials, model.WarmUp + 2),
            (_, _, token) => VectorAutoregressionTraining.Fit(model, noisy, options, token));
    }

    // As above, in blocks.
    private static ReadoutFit Prepare(VectorAutoregressionSettings known, StreamedRows rows)
    {
        DataPreparation prepared = new(DataUnits.OfRows(known.Standardize, rows.Rows), Noise: null);
        known = known with { Standardize = prepared.Rule };
        NonlinearVectorAutoregression model = known.CreateModel(rows.Rows.Names.Count);
        ReadoutOptions options = known.ToReadoutOptions();
        IReadOnlyList<IRowSource> recordings = rows.Recordings(rows.Rows);
        VectorAutoregressionTraining.CheckRows(model, recordings, options);
        LeftOut? left = LeftOut.From(
            [.. recordings.Select(one => (one.Count, (IReadOnlyList<long>)[.. RowStretches.Whole(one).Select(stretch => stretch.Length)]))],
            model.WarmUp + 2);
        return new(known, model, prepared, null, 0, left, (_, _, token) =>
        {
            using RowStore? learnt = rows.Prepared(prepared.Units, known.Noise, (ulong)known.Seed, token);
            return VectorAutoregressionTraining.FitRows(model, rows.Recordings(learnt ?? rows.Rows), options, token);
        });
    }
}
