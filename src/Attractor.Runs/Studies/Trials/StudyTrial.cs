using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>One trial of a study: a run at one point of its space.</summary>
public sealed record StudyTrial
{
    /// <summary>Its number, from 0.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>How many times a worker took it.</summary>
    public long Attempt { get; init; }

    /// <summary>The values of what varies, by the keys of the settings; empty as long as they are not chosen.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The objectives in the order of the plan; of a pruned trial its last intermediate value; none of one that failed.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Every number that the training and the evaluation gave, by its key.</summary>
    public JsonObject Scores { get; init; } = [];

    /// <summary>Why it failed, or the step at which it was pruned, in a sentence.</summary>
    public string? Failure { get; init; }

    /// <summary>What its last worker took for it.</summary>
    public double? Seconds { get; init; }

    /// <summary>The step at which it was pruned.</summary>
    public long? PrunedAt => State is TrialState.Pruned && Scores["pruned_at"] is { } step ? step.GetValue<long>() : null;

    /// <summary>Whether nobody will work on it any more.</summary>
    public bool HasEnded => State is not (TrialState.Waiting or TrialState.Running);

    internal long? EndedAt { get; init; }

    internal string? Worker { get; init; }
}
