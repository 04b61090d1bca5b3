using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>The model that wins a race among several kinds and sizes, chosen by how it runs on its own.</summary>
/// <remarks>What comes out of it is a model of another kind, and whatever is asked of it is asked of that.</remarks>
public sealed class AutoKind : GenerativeKind
{
    /// <summary>As commands name it.</summary>
    public const string KindName = "auto";

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override string Description => "The model that wins a race among several kinds and sizes within a budget of time.";

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<AutoSettings>();

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
        => file => new(RidgePathFigures.Of(Path.GetDirectoryName(file)!), null);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        AutoSettings known = (AutoSettings)settings;
        if (known.Budget < TimeSpan.FromSeconds(1))
            throw new SettingException($"{nameof(known.Budget):setting} must be at least a second, such as 60s");
        SeriesData series = (SeriesData)data;
        return FreeRunScore.WhyNot(TimeSeries.LongestWhole(series.Trials)) is { } reason
            ? throw new ArgumentException($"Nothing can be raced: {reason}")
            : new AutoTraining(known, series);
    }
}
