using System.Diagnostics;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>An echo state network.</summary>
public sealed class EchoStateKind : GenerativeKind
{
    /// <inheritdoc/>
    public override string Name => EchoStateNetwork.KindName;

    /// <inheritdoc/>
    public override string Description => "An echo state network: a fixed random reservoir whose readout is fitted by ridge regression.";

    /// <inheritdoc/>
    public override string DataDescription => $"series as {DataFiles.Series}; each row is predicted from those before it";

    /// <inheritdoc/>
    public override bool CanBeDistributed => true;

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<ReservoirSettings>();

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => ((ReservoirSettings)settings).Stream
            ? StreamedRows.Read((SeriesSettings)settings, takesTrials: true, progress, cancellationToken)
            : base.Read(settings, progress, cancellationToken);

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
        => file => new(RidgePathFigures.Of(Path.GetDirectoryName(file)!), null);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        if (data is StreamedRows rows)
            return Prepare((ReservoirSettings)settings, rows);
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<TimeSeries> trials = ((SeriesData)data).Trials;
        int longest = trials.Max(LongestStretch);
        ReservoirSettings resolved = ((ReservoirSettings)settings).Resolve(Math.Max(0, longest - 1));
        (DataPreparation prepared, trials) = DataPreparation.Of(resolved, trials);
        resolved = resolved with { Standardize = prepared.Rule };
        ReadoutOptions options = resolved.ToReadoutOptions();
        EchoStateNetwork network = resolved.CreateModel(trials[0].Dimension);
        // Infinite values are refused by the check; gaps are left out.
        TeachingSeries[] series = trials.Any(trial => trial.FindNonFinite() is { Infinite: 0 })
            ? [.. trials.SelectMany(trial => TeachingSeries.Stretches(trial, options.Washout + 2))]
            : [.. trials.Where(t => t.Length > 1).Select(TeachingSeries.NextStep)];
        if (series.Length == 0)
            throw TooShort(longest, options.Washout);
        ReadoutTraining.Check(network, series, options);
        return new ReadoutFit(
            resolved,
            network,
            prepared,
            Standardization.Of(trials).Scale.Average(s => s * s),
            clock.Elapsed.TotalSeconds,
            LeftOut.From(trials, options.Washout + 2),
            (progress, ranks, token) => ReadoutTraining.Fit(network, series, options with { Ranks = ranks }, progress, token));
    }

    // As above, in blocks.
    private static ReadoutFit Prepare(ReservoirSettings known, StreamedRows rows)
    {
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<IRowSource> recordings = rows.Recordings(rows.Rows);
        (long Rows, IReadOnlyList<long> Stretches)[] whole =
            [.. recordings.Select(one => (one.Count, (IReadOnlyList<long>)[.. RowStretches.Whole(one).Select(stretch => stretch.Length)]))];
        long longest = whole.Max(one => one.Stretches.DefaultIfEmpty().Max());
        ReservoirSettings resolved = known.Resolve((int)Math.Clamp(longest - 1, 0, int.MaxValue));
        DataPreparation prepared = new(DataUnits.OfRows(resolved.Standardize, rows.Rows), Noise: null);
        resolved = resolved with { Standardize = prepared.Rule };
        ReadoutOptions options = resolved.ToReadoutOptions();
        EchoStateNetwork network = resolved.CreateModel(rows.Rows.Names.Count);
        if (longest < options.Washout + 2)
            throw TooShort(longest, options.Washout);
        ReadoutTraining.CheckRows(network, recordings, options);
        // Standardised, the variances are 1.
        double variance = prepared.Units is not null ? 1 : Standardization.OfRows(rows.Rows).Scale.Average(s => s * s);
        LeftOut? left = LeftOut.From(whole, options.Washout + 2);
        return new(resolved, network, prepared, variance, clock.Elapsed.TotalSeconds, left, (progress, ranks, token) =>
        {
            using RowStore? learnt = rows.Prepared(prepared.Units, noise: 0, seed: 0, token);
            return ReadoutTraining.FitRows(
                network, rows.Recordings(learnt ?? rows.Rows), options with { Ranks = ranks }, progress, token);
        });
    }

    private static SettingException TooShort(long longest, int washout) => new(SettingSentence.Join(
        $"The longest stretch without missing values has {longest:N0} rows, of which a {nameof(ReservoirSettings.Washout):setting} of ",
        $"{washout:N0} states leaves nothing: shorten it, or fill the gaps."));

    private static int LongestStretch(TimeSeries trial) => trial.WholeStretches().Select(stretch => stretch.Length).DefaultIfEmpty().Max();
}
