namespace Attractor.Runs;

/// <summary>A record whose properties are settings: immutable, with a default for everything.</summary>
public abstract record SettingsRecord
{
    internal SettingsRecord Copy() => this with { };
}
