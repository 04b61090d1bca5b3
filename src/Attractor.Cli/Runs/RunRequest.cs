using Attractor.Cli.Settings;

namespace Attractor.Cli.Runs;

/// <summary>What a command line asks of a training.</summary>
/// <param name="Model">The kind of model.</param>
/// <param name="Data">The file of the data.</param>
/// <param name="Output">The run folder.</param>
/// <param name="Config">A file of settings.</param>
/// <param name="Resume">The run to go on with.</param>
/// <param name="Seeds">Several seeds at once.</param>
/// <param name="Overwrite">Whether to replace a run that is there.</param>
/// <param name="Given">The settings of the command line.</param>
internal sealed record RunRequest(
    string? Model, string? Data, string? Output, string? Config, string? Resume, string? Seeds, bool Overwrite, IReadOnlyDictionary<Setting, object> Given);
