using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>How good a trained model is, as its kind measures it.</summary>
/// <param name="Json">The scores by their keys, a score's floor under its key with <c>_floor</c> behind.</param>
/// <param name="Text">Lines to read.</param>
/// <param name="Succeeded">False where the model could not be scored, such as where its orbit diverges.</param>
public sealed record Scores(JsonObject Json, string Text, bool Succeeded = true) : Answer(Json, Text, Succeeded)
{
    /// <summary>The number under a key; NaN where it is not finite.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that key.</exception>
    public double this[string key] => Json.TryGetPropertyValue(key, out JsonNode? value)
        ? value?.GetValue<double>() ?? double.NaN
        : throw new KeyNotFoundException($"There is no score '{key}'; there are {string.Join(", ", Json.Select(e => e.Key))}.");
}
