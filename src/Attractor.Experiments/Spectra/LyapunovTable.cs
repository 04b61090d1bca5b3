using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The spectra of the catalogue, which are a page of documentation and a file, not a report.</summary>
internal sealed class LyapunovTable() : Experiment(
    "lyapunov-table",
    "Lyapunov spectra of the whole catalogue with the identities that certify them",
    SettingsForm.Of<LyapunovTableSettings>(),
    (_, _, _) => throw new InvalidOperationException("it has no document"))
{
    public override bool IsOfDocument => false;

    public override string Extension => ".md";

    public override JsonObject Run(ExperimentSettings settings, ExperimentSession session, CancellationToken token)
        => new LyapunovTableExperiment((LyapunovTableSettings)settings, session).Run(token);
}
