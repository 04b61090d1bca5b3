using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>
/// One setting of a record: what its property and <see cref="SettingAttribute"/> say, for a command line, a file and a form.
/// </summary>
public sealed class Setting
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _declared;
    private readonly SettingValue _value;

    internal Setting(PropertyInfo property, SettingAttribute declared, object defaults)
    {
        (_property, _declared) = (property, declared);
        _value = SettingValue.Of(property.PropertyType, declared);
        Key = declared.Key ?? SettingName.Key(property.Name);
        Default = property.GetValue(defaults);
    }

    /// <summary>The property's name.</summary>
    public string Property => _property.Name;

    /// <summary>The key of a file, in snake_case.</summary>
    public string Key { get; }

    /// <summary>The option of a command line.</summary>
    public string Option => SettingName.Option(Key);

    /// <summary>A short name of the option; null if it has none.</summary>
    public string? Alias => _declared.Alias;

    /// <summary>What the values are.</summary>
    public SettingKind Kind => _value.Kind;

    /// <summary>The words it takes; none if it takes any.</summary>
    public IReadOnlyList<string> Words => _value.Words;

    /// <summary>What a number is measured in, if it is said.</summary>
    public string? Unit => _declared.Unit;

    /// <summary>What numbers must be, such as "above 0 and at most 1"; null if all do.</summary>
    public string? Range => SettingRange.Describe(_declared);

    /// <summary>Whether a search may try values of it.</summary>
    public bool IsSearched => _declared.IsSearched;

    /// <summary>Whether its orders of magnitude are what matters.</summary>
    public bool IsScale => _declared.IsScale;

    /// <summary>What it is about: said by itself, or by the record that declares it.</summary>
    public SettingGroup Group => _declared.Group is not SettingGroup.General and var own ? own
        : _property.DeclaringType?.GetCustomAttribute<SettingsGroupAttribute>(inherit: false)?.Group ?? SettingGroup.General;

    /// <summary>Whether it says how long a training lasts, so that a finished one can be given more of it.</summary>
    public bool IsLength => _declared.IsLength;

    /// <summary>Whether it names a file that series are written to.</summary>
    public bool IsOutput => _declared.IsOutput;

    /// <summary>The value in a new record; null where it depends on other things.</summary>
    public object? Default { get; }

    /// <summary>What it is, with its default in brackets.</summary>
    public string Help
    {
        get
        {
            string help = _value.IsOpen ? $"{_declared.Help}: {string.Join(", ", Words)}" : _declared.Help;
            string? fallback = _declared.Default
                ?? (Default is null ? _declared.Null : Kind is SettingKind.Flag ? null : _value.ToText(Default));
            return string.IsNullOrEmpty(fallback) ? help : $"{help} [{fallback}]";
        }
    }

    /// <summary>The value in a record.</summary>
    public object? Get(object settings) => _property.GetValue(settings);

    /// <summary>The value of a run whose file lacks it; null where that is the default.</summary>
    internal object? Before => _declared.Before is { } word ? Parse(word) : null;

    internal void Set(object settings, object? value) => _property.SetValue(settings, value);

    /// <summary>The value of a word of a command line; null for the word that says so.</summary>
    /// <exception cref="ArgumentException">It is none; the message names the option.</exception>
    public object? Parse(string text) => text == _declared.Null
        ? null
        : Checked(_value.FromText(text) ?? throw Unfit(_value.Unfit(text), _value.Expected, Option), Option);

    /// <summary>The value of an entry of a file; null for the one that says so.</summary>
    /// <exception cref="ArgumentException">It is none; the message names file and key.</exception>
    public object? Read(JsonElement entry, string file)
    {
        string where = $"{file}: \"{Key}\"";
        if (_value.TextOf(entry) is not { } text)
            throw Unfit(entry.GetRawText(), _value.ExpectedOfFile, where);
        if (text == _declared.Null)
            return null;
        return Checked(_value.FromText(text) ?? throw Unfit(entry.GetRawText(), _value.Expected, where), where);
    }

    /// <summary>An entry of a file for a value.</summary>
    public JsonNode? Write(object? value)
        => (value ?? (_declared.Null is { } word ? _value.FromText(word) : null)) is { } written ? _value.ToJson(written) : null;

    /// <summary>Whether a value lies in the range.</summary>
    /// <exception cref="ArgumentException">It does not; the message begins with <paramref name="where"/>.</exception>
    internal object Checked(object value, string where)
        => value is TooLarge ? throw new ArgumentException($"{where} must be at most {int.MaxValue}, not {value}")
            : SettingRange.Fits(_declared, value)
                ? value
                : throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where} must {SettingRange.Demand(_declared, value)}, not "
                    + $"{_value.ToText(SettingRange.Offending(_declared, value))}"));

    private ArgumentException Unfit(string found, string expected, string where)
    {
        string nearest = Words.Count > 0 && NearestName.Among(Words, found.Trim('"')) is { } match ? $"; did you mean {match}?" : "";
        return new($"{where} takes {expected}, not {found}{nearest}{_value.Spelling(found)}");
    }
}
