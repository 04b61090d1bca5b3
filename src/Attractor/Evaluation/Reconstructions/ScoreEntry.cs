using System.Globalization;

namespace Attractor.Evaluation;

/// <summary>A score of an evaluation with what it takes to print it: one line of a table, one or two keys of a program's output.</summary>
/// <param name="Key">The key in JSON, in snake_case; that of the floor is followed by <c>_floor</c>.</param>
/// <param name="Name">What it is: "State-space divergence".</param>
/// <param name="Symbol">Its symbol: D_stsp; empty if it has none.</param>
/// <param name="Value">The model's; NaN or infinite of an orbit that is not finite.</param>
/// <param name="Floor">A perfect model's; NaN where none can be had, null of a score that has none by its nature.</param>
/// <param name="Explanation">What it says, in a sentence, with its unit.</param>
public sealed record ScoreEntry(string Key, string Name, string Symbol, double Value, double? Floor, string Explanation)
{
    /// <summary>What a line of text calls it.</summary>
    public string Label { get; init; } = $"{char.ToLowerInvariant(Name[0])}{Name[1..]} {Symbol}".TrimEnd();

    /// <summary>
    /// The lowest that an orbit without dynamics scores on the same data: a point at the mean, white noise, a phase-randomised surrogate;
    /// null where it is not known.
    /// </summary>
    public double? Ceiling { get; init; }

    /// <summary>What it counts for in the mean over several recordings; null for their rows.</summary>
    public double? Weight { get; init; }

    /// <summary>What to mind when reading it, in a sentence; null if nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>
    /// Whether it can tell a perfect model from one without dynamics, the floor below the ceiling; null where that is not known.
    /// </summary>
    public bool? IsDecidable => Ceiling is { } ceiling && Floor is { } floor && double.IsFinite(floor) && !double.IsNaN(ceiling)
        ? floor < ceiling
        : null;

    /// <summary>Why it decides nothing, in a sentence; null if it does, or if that is not known.</summary>
    public string? UndecidableReason => IsDecidable is false
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"On these data a perfect model scores {Floor:G3}, an orbit without dynamics {Ceiling:G3}: the score cannot tell them apart.")
        : null;

    /// <summary>
    /// Whether it is a rate, of which <see cref="Value"/> is that of a step: divided by dt it is one of time. Its key of a step is followed
    /// by <c>_per_step</c>.
    /// </summary>
    public bool IsRate { get; init; }
}
