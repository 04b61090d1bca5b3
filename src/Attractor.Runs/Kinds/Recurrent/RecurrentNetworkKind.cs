using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>
/// A recurrent network whose first units are the observed variables, trained by backpropagation through time with teacher forcing.
/// </summary>
/// <param name="name">One of <see cref="RecurrentModel.Kinds"/>.</param>
public sealed class RecurrentNetworkKind(string name) : GenerativeKind
{
    private static readonly SettingsForm s_settings = SettingsForm.Of<RecurrentSettings>();

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => "A recurrent network trained by backpropagation through time with teacher forcing.";

    /// <inheritdoc/>
    public override SettingsForm Settings => s_settings;

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        IReadOnlyList<TimeSeries> trials = ((SeriesData)data).Trials;
        RecurrentSettings resolved = ((RecurrentSettings)settings).Resolve(trials[0].Dimension) with { Inputs = trials[0].Inputs?.Names };
        FormattableString? hint = resolved.IsEncoded ? null : ObservedValues.Hint(resolved.Observation, trials);
        RequireWhole(trials, resolved.Missing);
        resolved = resolved.Observing(trials);
        (DataPreparation prepared, trials) = DataPreparation.Of(resolved, trials);
        resolved = resolved with { Standardize = prepared.Rule };
        if (resolved.Precision is Precision.Float32)
            ReckonableData.RequireSinglePrecision(trials);
        resolved.RequireWindow(trials);
        RecurrentModel model = resolved.CreateModel(trials[0].Dimension);
        model.InputUnits = prepared.InputUnits;
        Training.Check(model, trials, resolved.ToOptions());
        resolved = resolved.ForcedBy(trials);
        resolved.Begin(model, trials);
        return new RecurrentTraining(resolved, model, trials, prepared) { Hint = hint };
    }

    // Units come before noise is smoothed away: what takes long in a training is not needed here.
    internal override Func<string, (IGenerativeModel Model, long Update)>? AtCheckpoint(ModelSettings settings, TrainingData data)
    {
        IReadOnlyList<TimeSeries> trials = ((SeriesData)data).Trials;
        RecurrentSettings resolved = ((RecurrentSettings)settings) with { VariableNames = trials[0].Names };
        Standardization? units = DataUnits.Of(resolved.Standardize, trials);
        return file =>
        {
            RecurrentModel model = resolved.CreateModel(trials[0].Dimension);
            long update = model.Parameters.Restore(file);
            return (StandardizedModel.Of(model, units), update);
        };
    }

    // The training refuses them too, but knows nothing of settings.
    private static void RequireWhole(IReadOnlyList<TimeSeries> trials, MissingValues missing)
    {
        foreach (TimeSeries trial in trials)
            if (missing == MissingValues.Reject && trial.FindNonFinite() is { Infinite: 0 } found)
                throw new SettingException(SettingSentence.Join(
                    $"The data hold {found}: fill them, train on the windows without them ({nameof(RecurrentSettings.Missing):setting} ",
                    $"skip), or let the network's own predictions take their place ({nameof(RecurrentSettings.Missing):setting} model)."));
    }
}
