using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the table of Lyapunov spectra.</summary>
internal sealed record LyapunovTableSettings : ExperimentSettings
{
    [Setting("periods to average over", Least = 1, Unit = "periods")]
    public int Periods { get; init; } = new Dynamics.CertificateOptions().Periods;
}
