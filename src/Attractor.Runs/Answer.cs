using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>What a trained model answered, for a program and for a person.</summary>
/// <param name="Json">One object with stable keys.</param>
/// <param name="Text">Lines to read.</param>
/// <param name="Succeeded">Whether the answer is one: false of, say, an orbit that diverges.</param>
public record Answer(JsonObject Json, string Text, bool Succeeded = true);
