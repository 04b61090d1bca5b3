using Attractor.Runs;

namespace Attractor.Cli.Training;

/// <summary>What <c>attractor train</c> is asked for; null where nothing is said.</summary>
/// <param name="Model">The kind of model.</param>
/// <param name="Data">The data.</param>
/// <param name="Output">The run folder, or the folder of several.</param>
/// <param name="Config">A file of settings.</param>
/// <param name="Resume">A run to go on with.</param>
/// <param name="Seeds">Several seeds at once.</param>
/// <param name="Overwrite">Whether to replace a run that is there.</param>
/// <param name="Distributed">Whether all processes of <c>mpirun</c> share the training.</param>
/// <param name="Given">The settings of the command line.</param>
internal sealed record RunRequest(
    string? Model,
    string? Data,
    string? Output,
    string? Config,
    string? Resume,
    string? Seeds,
    bool Overwrite,
    bool Distributed,
    IReadOnlyList<(Setting Setting, object? Value)> Given);
