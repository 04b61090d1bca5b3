using System.Text.Json.Nodes;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What an experiment comes to: the document beside what was found, a verdict, and answers to what the document asks.</summary>
/// <remarks>The one source of the table at the top of a report, of the last lines that a person reads, and of what a program
/// gets.</remarks>
internal sealed record ExperimentFindings
{
    /// <summary>Whether the document holds up, in a sentence or two.</summary>
    public required string Verdict { get; init; }

    /// <summary>The document's values beside those found; the first is the headline.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>What the document asks, each with an answer in words.</summary>
    public IReadOnlyList<(string Question, string Answer)> Answers { get; init; } = [];

    public Comparison Headline => Comparisons[0];

    public Section ToSection() => new("The document, and what is found here",
    [
        new Conclusion(Verdict),
        new ComparisonTable([.. Comparisons.Select(c => c.ToRow())]),
        .. Answers.Select(a => new Question(a.Question, a.Answer)),
    ]);

    public string ToText() => string.Join('\n', [
        "",
        .. Comparisons.Where(c => c.Document != ComparedValue.None).Select(c => $"{c.Quantity}: document {c.Document}, here {c.Here}"),
        Verdict
    ]);

    public void AddTo(JsonObject json)
    {
        json["verdict"] = Verdict;
        json["comparison"] = new JsonArray([.. Comparisons.Select(c => c.ToJson())]);
        json["answers"] = new JsonArray([.. Answers.Select(a => new JsonObject { ["question"] = a.Question, ["answer"] = a.Answer })]);
    }
}
