using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>A mixture of almost-linear experts that continues a recording of a system that it was not trained on.</summary>
public sealed class ZeroShotKind : ModelKind
{
    /// <inheritdoc/>
    public override string Name => DynaMixModel.KindName;

    /// <inheritdoc/>
    public override string Description
        => "A mixture of almost-linear networks that continues recordings of systems it has not seen, learnt from many that are simulated.";

    /// <inheritdoc/>
    public override string DataDescription => "nothing: the recordings of the systems are simulated";

    /// <inheritdoc/>
    public override bool HasDataOfItsOwn => true;

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<ZeroShotSettings>();

    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities { get; } = [new HeldOutEvaluation(), new ZeroShotReporting()];

    internal override string WhyNotGenerative => "which goes on from a context alone: attractor forecast takes it as weights";

    /// <inheritdoc/>
    public override string DataOf(string? named, ModelSettings given)
        => named is null or ZeroShotSettings.Catalogue
            ? ZeroShotSettings.Catalogue
            : throw new SettingException(SettingSentence.Join(
                $"a {Name} learns from recordings that are simulated, not from {named}: ",
                $"{nameof(ZeroShotSettings.Systems):setting} says of which systems"));

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => ZeroShotData.Read((ZeroShotSettings)settings, cancellationToken);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        ZeroShotSettings known = (ZeroShotSettings)settings;
        ZeroShotData recordings = (ZeroShotData)data;
        DynaMixModel model = known.CreateModel();
        ZeroShotTraining.Check(model, recordings.Recordings, known.ToOptions());
        return new ZeroShotFit(known, model, recordings);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("evaluate", $"attractor evaluate {run}"),
        ("forecast", $"attractor forecast data.csv --weights {run}"),
    ];
}
