using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Runs;

/// <summary>One training in its run folder, of whatever model.</summary>
internal interface IModelRun : IDisposable
{
    string Path { get; }

    ILearntModel Model { get; }

    /// <summary>Makes the folder ready: goes back to the last checkpoint of a run that is resumed, else replaces what is there.</summary>
    /// <remarks>Of several runs, none begins before all are prepared: one that is refused must not cost what the others hold.</remarks>
    void Begin();

    /// <summary>Trains and, when it is done, writes the model.</summary>
    TrainingEnding Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    /// <summary>What happened, for <c>--json</c>.</summary>
    JsonObject Describe();

    /// <summary>What happened, in words.</summary>
    string Sentence();
}
