using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A kind of model that learns from recordings and goes on by itself in time.</summary>
public abstract class GenerativeKind : ModelKind
{
    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities => GenerativeCapabilities.All;

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => SeriesData.Read((SeriesSettings)settings);

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings)
        => GenerativeCapabilities.Uses(run, settings);
}
