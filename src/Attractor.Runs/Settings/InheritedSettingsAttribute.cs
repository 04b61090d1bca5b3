namespace Attractor.Runs;

/// <summary>Where settings that a record inherits stand among its own: those that none of these names come last.</summary>
/// <param name="after">The property of the record that they follow.</param>
/// <param name="properties">The properties that it inherits, in their order.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class InheritedSettingsAttribute(string after, params string[] properties) : Attribute
{
    /// <summary>The property of the record that they follow.</summary>
    public string After => after;

    /// <summary>The properties that it inherits, in their order.</summary>
    public string[] Properties => properties;
}
