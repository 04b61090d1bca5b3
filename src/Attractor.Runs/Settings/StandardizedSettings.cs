namespace Attractor.Runs;

/// <summary>The settings of a model that may standardise its data inside.</summary>
public abstract record StandardizedSettings : ModelSettings
{
    /// <summary>Whether it does.</summary>
    [Setting("whether the model is of standardised variables inside: yes, no, or auto: unless the data are of order one already")]
    public StandardizeRule Standardize { get; init; } = StandardizeRule.Auto;
}
