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
        ReservoirSettings resolved = ((ReservoirSettings)settings).Resolve(trials.Max(t => t.Length) - 1);
        Standardization? units = DataUnits.Of(resolved.Standardize, trials);
        resolved = resolved with { Standardize = DataUnits.Rule(units) };
        trials = DataUnits.Apply(units, trials);
        NoiseReduction? noise = DataNoise.Of(resolved.Smooth, trials);
        trials = DataNoise.Apply(noise, trials);
        ReadoutOptions options = resolved.ToReadoutOptions();
        EchoStateNetwork network = resolved.CreateModel(trials[0].Dimension);
        TeachingSeries[] series = [.. trials.Where(t => t.Length > 1).Select(TeachingSeries.NextStep)];
        ReadoutTraining.Check(network, series, options);
        return new ReadoutFit(
            resolved,
            network,
            units,
            noise,
            Standardization.Of(trials).Scale.Average(s => s * s),
            clock.Elapsed.TotalSeconds,
            LeftOut.From(trials, options.Washout + 2),
            (progress, token) => ReadoutTraining.Fit(network, series, options, progress, token));
    }
}
