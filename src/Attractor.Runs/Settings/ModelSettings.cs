namespace Attractor.Runs;

/// <summary>The settings of a run: what one kind of model is built of and how it is learnt.</summary>
/// <remarks>
/// Values that depend on the data are null until the run resolves them; the resolved record is what <c>config.json</c> holds.
/// </remarks>
public abstract record ModelSettings : SettingsRecord
{
    /// <summary>What the data are: a file, or what the kind has a word for.</summary>
    public string Data { get; init; } = "";

    /// <summary>The kind of model.</summary>
    public string Model { get; init; } = "";

    /// <summary>The seed of all randomness.</summary>
    public abstract long Seed { get; init; }

    /// <summary>How <c>config.json</c> names the data.</summary>
    public virtual string DataEntry => Path.GetFullPath(Data);

    /// <summary>
    /// Why a setting means nothing beside the others, as a sentence for <see cref="SettingException"/>; null if it means something.
    /// </summary>
    /// <param name="property">The name of its property.</param>
    public virtual FormattableString? WhyUnused(string property) => null;

    /// <summary>Time between two rows of the data; null if it is not said.</summary>
    public virtual double? TimeStep => null;

    /// <summary>Refuses settings that are given and mean nothing to what is asked for.</summary>
    /// <param name="given">Those that somebody gave; what a config has besides does no harm.</param>
    /// <exception cref="SettingException">One of them means nothing.</exception>
    internal void RequireUse(IReadOnlyList<Setting> given)
    {
        foreach (Setting setting in given)
            if (WhyUnused(setting.Property) is { } reason)
                throw new SettingException(reason);
    }
}
