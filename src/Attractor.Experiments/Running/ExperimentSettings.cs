using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of an experiment. Every experiment has its own; what it has none of is refused.</summary>
internal abstract record ExperimentSettings : SettingsRecord
{
    /// <summary>Why the settings do not go together, as a sentence for <see cref="SettingException"/>; null if they do.</summary>
    public virtual FormattableString? WhyNot() => null;

    /// <summary>Why a setting means nothing beside the others, as a sentence for <see cref="SettingException"/>; null if it does.</summary>
    /// <param name="property">The name of its property.</param>
    public virtual FormattableString? WhyUnused(string property) => null;
}
