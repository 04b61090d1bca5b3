using System.Text.Json.Nodes;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>How the training of a run ended.</summary>
/// <param name="Ending">How.</param>
/// <param name="Json">What happened, with stable keys.</param>
/// <param name="Text">What happened, in words.</param>
public sealed record Outcome(TrainingEnding Ending, JsonObject Json, string Text);
