using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Shallow piecewise-linear networks of several subjects, whose parameters are linear in a few features of each.</summary>
public sealed class HierarchicalKind : ModelKind
{
    /// <inheritdoc/>
    public override string Name => HierarchicalShallowPlrnn.KindName;

    /// <inheritdoc/>
    public override string Description
        => "A shallow PLRNN for each of several subjects, all learnt together: a few features tell them apart.";

    /// <inheritdoc/>
    public override string DataDescription => $"trials, each of a subject: series as {DataFiles.Series}";

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<HierarchicalSettings>();

    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities { get; } =
        [new SubjectGeneration(), new SubjectEvaluation(), new HierarchicalReporting()];

    internal override string WhyNotGenerative => "which is a network for each of its subjects";

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => SeriesData.Read((SeriesSettings)settings);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        SeriesData series = (SeriesData)data;
        IReadOnlyList<TimeSeries> trials = series.Trials;
        IReadOnlyList<string> subjects = NamesOf(series);
        HierarchicalSettings known = (HierarchicalSettings)settings;
        RequireWhole(trials, subjects, known.Missing);
        HierarchicalShallowPlrnn model;
        if (known.From is { } run)
        {
            model = Shared(run, trials[0].Dimension).WithSubjects(subjects);
            known = known.SharedWith(model);
        }
        else
        {
            known = known.Resolve(trials[0].Dimension);
            known.RequireMemory(trials[0].Dimension, trials.Count);
            Standardization? units = DataUnits.Of(known.Standardize, trials);
            known = known with { Standardize = DataUnits.Rule(units) };
            model = new(trials[0].Dimension, known.Latent!.Value, known.Hidden, known.Features, subjects, (ulong)known.Seed)
            {
                Standardization = units,
            };
        }
        trials = DataUnits.Apply(model.Standardization, trials);
        if (known.Precision is Precision.Float32)
            ReckonableData.RequireSinglePrecision(trials);
        HierarchicalTraining.Check(model, trials, known.ToOptions());
        if (known is { From: null, Start: StartingParameters.Data })
        {
            ShallowPlrnn network = new(model.Observed, model.Latent, model.Hidden, (ulong)known.Seed);
            new DataDrivenStart().Apply(network, trials, (ulong)known.Seed);
            model.BeginAs(network);
        }
        return new HierarchicalFit(known, model, trials);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("generate", $"attractor generate {run} --subject NAME --steps 10000 -o orbit.npy"),
        ("evaluate", RunCommands.Evaluate(run, settings.Data)),
        ("exponent", $"attractor lyapunov {run} --subject NAME"),
        ("new subject", $"attractor train {Name} new.npy --from {run}"),
    ];

    internal override MapSource ToMap(TrainedModel model, string subject, double? dt)
    {
        HierarchicalShallowPlrnn subjects = (HierarchicalShallowPlrnn)model.Model;
        return subjects.Subjects.Count == 1
            ? SubjectMap.Of(model, subjects.Subjects[0], dt)
            : throw new SettingException(SettingSentence.Join(
                $"{subject} holds a {Name}, {WhyNotGenerative}: ",
                $"{nameof(SubjectOrbitOptions.Subject):setting} {subjects.Subjects[0]} takes one of them"));
    }

    private static HierarchicalShallowPlrnn Shared(string run, int observed)
    {
        TrainedModel trained = TrainedModel.Load(run);
        if (trained.Model is not HierarchicalShallowPlrnn model)
            throw new SettingException(
                $"{nameof(HierarchicalSettings.From):setting} takes another run of this kind: {run} is a {trained.Model.Kind}");
        return model.Observed == observed ? model : throw new SettingException(
            $"{nameof(HierarchicalSettings.From):setting} {run} observes {model.Observed} variables: the data have {observed}");
    }

    // Numbers where names are there twice, as of parts of a recording.
    private static IReadOnlyList<string> NamesOf(SeriesData data)
        => data.Reading?.TrialNames is { } names && names.Count == data.Trials.Count && names.Distinct().Count() == names.Count
            && !names.Any(string.IsNullOrWhiteSpace)
            ? names
            : [.. Enumerable.Range(1, data.Trials.Count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    // The training refuses them too, but knows nothing of settings.
    private static void RequireWhole(IReadOnlyList<TimeSeries> trials, IReadOnlyList<string> subjects, MissingValues missing)
    {
        for (int s = 0; s < trials.Count; s++)
            if (missing == MissingValues.Reject && trials[s].FindNonFinite() is { Infinite: 0 } found)
                throw new SettingException(SettingSentence.Join(
                    $"The data of subject '{subjects[s]}' hold {found}: fill them, train on the windows without them ",
                    $"({nameof(HierarchicalSettings.Missing):setting} skip), or let the network's own predictions take their place ",
                    $"({nameof(HierarchicalSettings.Missing):setting} model)."));
    }
}
