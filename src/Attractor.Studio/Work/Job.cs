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
    public JobState State
    {
        get;
        set
        {
            field = value;
            if (value == JobState.Running)
                Started ??= DateTime.UtcNow;
            else if (IsOver)
                Ended ??= DateTime.UtcNow;
        }
    } = JobState.Waiting;

    /// <summary>What it says of how far it came, or of what went wrong.</summary>
    public string Message { get; set; } = "";

    /// <summary>The answer; null as long as there is none.</summary>
    public JsonElement? Answer { get; set; }

    /// <summary>A file that it writes, if it does.</summary>
    public string? Output { get; init; }

    /// <summary>A file of data that it wrote, if it did.</summary>
    public string? File => Page is null ? Output : null;

    /// <summary>A page that it wrote, if it did.</summary>
    public string? Page => Output?.EndsWith(".html", StringComparison.Ordinal) == true ? Output : null;

    /// <summary>How long it has been running, or ran.</summary>
    public TimeSpan Elapsed => (Ended ?? DateTime.UtcNow) - (Started ?? DateTime.UtcNow);

    /// <summary>When it began to run, and when it was over.</summary>
    public DateTime? Started { get; private set; }

    /// <inheritdoc cref="Started"/>
    public DateTime? Ended { get; private set; }

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
