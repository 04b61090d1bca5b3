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
    public override SettingsForm Settings { get; } = SettingsForm.Of<ReservoirSettings>();

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
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
            throw new SettingException(SettingSentence.Join(
                $"The longest stretch without missing values has {longest:N0} rows, of which a {nameof(options.Washout):setting} of ",
                $"{options.Washout:N0} states leaves nothing: shorten it, or fill the gaps."));
        ReadoutTraining.Check(network, series, options);
        return new ReadoutFit(
            resolved,
            network,
            prepared,
            Standardization.Of(trials).Scale.Average(s => s * s),
            clock.Elapsed.TotalSeconds,
            LeftOut.From(trials, options.Washout + 2),
            (progress, token) => ReadoutTraining.Fit(network, series, options, progress, token));
    }

    private static int LongestStretch(TimeSeries trial) => trial.WholeStretches().Select(stretch => stretch.Length).DefaultIfEmpty().Max();
}
