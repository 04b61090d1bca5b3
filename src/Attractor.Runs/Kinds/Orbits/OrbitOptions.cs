namespace Attractor.Runs;

/// <summary>How a model runs freely.</summary>
public sealed record OrbitOptions : SettingsRecord
{
    /// <summary>Rows to generate.</summary>
    [Setting("rows to generate", Alias = "-n", Above = 0, Unit = "rows")]
    public int Steps { get; init; } = 10_000;

    /// <summary>The series to start from; null for the run's training data.</summary>
    [Setting("the series to start from", Default = "the run's training data; for a bare file the origin")]
    public string? From { get; init; }

    /// <summary>The row of it to start from.</summary>
    [Setting("the row of it to start from", Unit = "rows")]
    public int Start { get; init; }

    /// <summary>Rows that drive the model beforehand.</summary>
    [Setting(
        "rows that drive the model beforehand, so that what is not observed finds its values",
        Default = "0; what a reservoir needs",
        Unit = "rows")]
    public int? WarmUp { get; init; }

    /// <summary>Inputs that are known to come, of a model that inputs drive.</summary>
    [Setting("of a model that inputs drive: a file of those that are known to come, row by row beside the rows to generate",
        Default = "those of the series to start from, as far as they go")]
    public string? InputsFrom { get; init; }

    /// <summary>Expected values in place of draws.</summary>
    [Setting("of counts and levels: their expected values (of categories the likeliest), not draws", IsFlag = true)]
    public bool Means { get; init; }

    /// <summary>Seed of the draws.</summary>
    [Setting("of counts and levels: seed of the draws", Least = 0)]
    public long Seed { get; init; }

    /// <summary>Where the states go.</summary>
    [Setting("of a recurrent network: a file for the states of the same rows, latent variable by latent variable", Default = "not written")]
    public string? States { get; init; }

    /// <summary>What the units that are not observed begin with.</summary>
    [Setting("units that are not observed begin with what the network has learnt for them, or at zero: learnt or zero")]
    public LatentStart Latent { get; init; }
}
