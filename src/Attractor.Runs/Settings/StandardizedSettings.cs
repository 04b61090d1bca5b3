namespace Attractor.Runs;

/// <summary>The settings of a model that may standardise its data inside.</summary>
[SettingsGroup(SettingGroup.Data)]
public abstract record StandardizedSettings : SeriesSettings
{
    internal const string Help =
        "whether the model is of standardised variables inside: yes, no, or auto: unless the data are of order one already";

    /// <summary>Whether it does.</summary>
    [Setting(Help, Leads = true)]
    public StandardizeRule Standardize { get; init; } = StandardizeRule.Auto;
}
