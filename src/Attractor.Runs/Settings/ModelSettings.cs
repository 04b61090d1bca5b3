using System.Globalization;

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

    /// <summary>The same for a training that lasts longer.</summary>
    /// <param name="more">By how much, under <see cref="Setting.IsLength"/> settings of any kind.</param>
    /// <exception cref="ArgumentException">A training of this kind is not measured in it.</exception>
    internal ModelSettings Longer(IEnumerable<(Setting Setting, object? Value)> more)
    {
        SettingsForm form = ModelKinds.Find(Model).Settings;
        return (ModelSettings)form.With(this, more.Select(m => (Own(m.Setting), Sum(Own(m.Setting), m.Value))).ToArray());

        Setting Own(Setting asked) => form.Find(asked.Key) is { IsLength: true } own ? own
            : form.All.FirstOrDefault(s => s.IsLength) is { } measure
                ? throw new ArgumentException($"a {Model} learns for {measure.Unit}: give {measure.Option}, not {asked.Option}")
                : throw new ArgumentException($"a {Model} that is trained is not trained further: leave {asked.Option} out");

        object? Sum(Setting own, object? value)
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            return own.Parse((Convert.ToDecimal(own.Get(this), culture) + Convert.ToDecimal(value, culture)).ToString(culture));
        }
    }

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
