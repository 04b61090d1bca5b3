using System.Text.Json.Nodes;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What an experiment hands over: findings, figures, and numbers for a program.</summary>
internal sealed record ExperimentResult
{
    /// <summary>The title of its page.</summary>
    public required string Title { get; init; }

    /// <summary>What was done, in a sentence or two.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The document beside what was found.</summary>
    public required ExperimentFindings Findings { get; init; }

    /// <summary>Figures and tables.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>The numbers, with stable keys.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>What it rests on, with formulas; none if null.</summary>
    public Derivation? Derivation { get; init; }

    /// <summary>What to type to do the same on one's own data, or with what was learnt.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];
}
