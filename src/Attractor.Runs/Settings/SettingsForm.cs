using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The settings of one kind of record, in the order in which help, files and forms list them.</summary>
public sealed class SettingsForm
{
    private readonly Func<SettingsRecord> _create;

    private SettingsForm(Func<SettingsRecord> create, IReadOnlyList<Setting> all) => (_create, All) = (create, all);

    /// <summary>All settings: those of the record itself, then those it inherits, unless the record says where these stand.</summary>
    public IReadOnlyList<Setting> All { get; }

    /// <summary>A record at its defaults.</summary>
    public SettingsRecord Defaults => _create();

    /// <summary>The form of a record type.</summary>
    public static SettingsForm Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
        where T : SettingsRecord, new()
    {
        T defaults = new();
        List<(int Depth, SettingAttribute Declared, PropertyInfo Property)> found = [];
        foreach (PropertyInfo property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetCustomAttribute<SettingAttribute>() is { } declared)
                found.Add((Depth(typeof(T), property.DeclaringType!), declared, property));
        List<Setting> all =
        [
            .. found.OrderBy(f => !f.Declared.Leads).ThenBy(f => f.Depth).ThenBy(f => f.Declared.Line)
                .Select(f => new Setting(f.Property, f.Declared, defaults))
        ];
        foreach (InheritedSettingsAttribute placed in typeof(T).GetCustomAttributes<InheritedSettingsAttribute>(inherit: false))
            Place(all, placed);
        return new(() => new T(), all);
    }

    /// <summary>The setting of a key; null if there is none.</summary>
    public Setting? Find(string key) => All.FirstOrDefault(s => s.Key == key);

    /// <summary>A copy with other values.</summary>
    public SettingsRecord With(SettingsRecord settings, IEnumerable<(Setting Setting, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(values);
        SettingsRecord copy = settings.Copy();
        foreach ((Setting setting, object? value) in values)
        {
            if (!All.Contains(setting))
                throw new ArgumentException($"The setting '{setting.Key}' is of another form.", nameof(values));
            setting.Set(copy, value);
        }
        return copy;
    }

    /// <summary>The entries of a file, such as a run's <c>config.json</c>, as values.</summary>
    /// <param name="config">One JSON object.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="others">Keys that are no settings.</param>
    /// <exception cref="ArgumentException">A key is not known, or a value does not fit.</exception>
    internal IReadOnlyList<(Setting Setting, object? Value)> Read(JsonElement config, string file, IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        List<(Setting, object?)> values = [];
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (others.Contains(property.Name, StringComparer.Ordinal))
                continue;
            Setting setting = Find(property.Name) ?? throw Unknown(property.Name, file);
            if (property.Value.ValueKind != JsonValueKind.Null)
                values.Add((setting, setting.Read(property.Value, file)));
        }
        return values;
    }

    /// <summary>Adds every setting to a file; null where it means nothing.</summary>
    internal void Write(ModelSettings settings, JsonObject json)
    {
        foreach (Setting setting in All)
            json[setting.Key] = settings.WhyUnused(setting.Property) is null ? setting.Write(setting.Get(settings)) : null;
    }

    /// <summary>Whether all numbers lie in their ranges.</summary>
    /// <exception cref="ArgumentException">One does not; the message names the property.</exception>
    public void Check(SettingsRecord settings)
    {
        foreach (Setting setting in All)
            if (setting.Get(settings) is { } value)
                setting.Checked(value, setting.Property);
    }

    private static void Place(List<Setting> all, InheritedSettingsAttribute placed)
    {
        Setting[] moved = [.. placed.Properties.Select(name => all.Single(s => s.Property == name))];
        all.RemoveAll(moved.Contains);
        all.InsertRange(all.FindIndex(s => s.Property == placed.After) + 1, moved);
    }

    private ArgumentException Unknown(string key, string file)
    {
        string hint = NearestName.Among(All.Select(s => s.Key), key) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        return new($"{file}: unknown key \"{key}\"{hint}");
    }

    private static int Depth(Type type, Type declaring) => type == declaring ? 0 : 1 + Depth(type.BaseType!, declaring);
}
