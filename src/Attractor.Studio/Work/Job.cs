using System.Text.Json;

namespace Attractor.Studio.Work;

/// <summary>A command that was started: a training, or a question to a model.</summary>
/// <param name="run">What names the run that it is about; empty if it is about none.</param>
/// <param name="verb">The verb of the command.</param>
/// <param name="title">What it is, in a few words.</param>
/// <param name="commandLine">The command, as it is typed in the folder.</param>
internal sealed class Job(string run, string verb, string title, string commandLine) : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    /// <summary>What names the run that it is about.</summary>
    public string Run => run;

    /// <summary>The verb.</summary>
    public string Verb => verb;

    /// <summary>What it is.</summary>
    public string Title => title;

    /// <summary>The command, as it is typed in the folder.</summary>
    public string CommandLine => commandLine;

    /// <summary>When it was asked for.</summary>
    public DateTime Began { get; } = DateTime.UtcNow;

    /// <summary>How far it came.</summary>
    public JobState State { get; set; } = JobState.Waiting;

    /// <summary>What it says of how far it came, or of what went wrong.</summary>
    public string Message { get; set; } = "";

    /// <summary>The answer; null as long as there is none.</summary>
    public JsonElement? Answer { get; set; }

    /// <summary>A file that it wrote, if it did.</summary>
    public string? File { get; init; }

    /// <summary>Cancelled by <see cref="Cancel"/>.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    /// <summary>Ends it before its time.</summary>
    public void Cancel()
    {
        if (!IsOver)
            _cancelled.Cancel();
    }

    /// <summary>Lets go of what cancels it, once it is over.</summary>
    public void Dispose() => _cancelled.Dispose();
}
