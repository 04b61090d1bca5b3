namespace Attractor.Runs;

/// <summary>What a study is of: a model, its data, what varies, what is looked for, and how.</summary>
public sealed record StudyPlan
{
    /// <summary>Its name, by which a database knows it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The kind of model, one of <see cref="ModelKinds.All"/>.</summary>
    public required string Model { get; init; }

    /// <summary>What it learns from: a file; null where the kind has data of its own.</summary>
    public string? Data { get; init; }

    /// <summary>What a trained model is scored on; null for what it learnt from.</summary>
    public string? Validation { get; init; }

    /// <summary>The settings that do not vary; the kind's defaults if null.</summary>
    public ModelSettings? Settings { get; init; }

    /// <summary>What varies.</summary>
    public required StudySpace Space { get; init; }

    /// <summary>What is looked for; of several, the Pareto front.</summary>
    public IReadOnlyList<StudyObjective> Objectives { get; init; } = [new("d_stsp")];

    /// <summary>How points are chosen, one of <see cref="StudySampler.All"/>.</summary>
    public string Sampler { get; init; } = StudySampler.All[0].Name;

    /// <summary>Which trials are ended early, one of <see cref="StudyPruner.All"/>.</summary>
    public string Pruner { get; init; } = StudyPruner.All[0].Name;

    /// <summary>The intermediate value that is pruned by; null for what the kind is best judged by.</summary>
    public StudyObjective? PruneOn { get; init; }

    /// <summary>The first step at which a trial may be pruned; null for a ninth of all.</summary>
    public long? PruneFrom { get; init; }

    /// <summary>By how much the steps grow from one decision of halving to the next.</summary>
    public int PruneFactor { get; init; } = 3;

    /// <summary>The seed of the sampler; that of a model is one of its settings, and may vary.</summary>
    public long Seed { get; init; }

    /// <summary>How many trials there are to be; null for those of the grid, else 30.</summary>
    public long? Trials { get; init; }

    /// <summary>Whether the store keeps checkpoints and models too, for workers that share no file system.</summary>
    public bool Artifacts { get; init; }

    /// <summary>How long a trial is a worker's that is not heard of.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);
}
