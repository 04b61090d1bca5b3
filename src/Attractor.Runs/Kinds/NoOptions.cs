namespace Attractor.Runs;

/// <summary>Of a capability that has no options.</summary>
public sealed record NoOptions : SettingsRecord;
