namespace Attractor.Runs;

/// <summary>How a report on a variational autoencoder is made.</summary>
public sealed record AutoencoderReportOptions : SettingsRecord
{
    /// <summary>The labels of the images that are named.</summary>
    [Setting("the labels of the images that are named as data")]
    public string? Labels { get; init; }
}
