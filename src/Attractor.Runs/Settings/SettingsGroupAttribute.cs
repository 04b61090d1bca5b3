namespace Attractor.Runs;

/// <summary>What the settings that a record declares are about, where a setting does not say so itself.</summary>
/// <param name="group">The group.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SettingsGroupAttribute(SettingGroup group) : Attribute
{
    /// <summary>The group.</summary>
    public SettingGroup Group => group;
}
