using System.Text.Json.Nodes;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>How the training of a run ended.</summary>
/// <param name="Ending">How.</param>
/// <param name="Json">What happened, with stable keys.</param>
/// <param name="Sentence">What happened, in words; a setting that they name is formatted as <c>{nameof(Property):setting}</c>.</param>
public sealed record Outcome(TrainingEnding Ending, JsonObject Json, FormattableString Sentence)
{
    /// <summary>What happened, in words.</summary>
    public string Text => SettingSentence.Render(Sentence);
}
