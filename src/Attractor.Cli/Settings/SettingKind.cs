namespace Attractor.Cli.Settings;

/// <summary>What the values of a setting are.</summary>
internal enum SettingKind
{
    Whole,
    Number,
    Word,
}
