using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>How far a candidate came in one round of a race.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Round">Of the race, from 1.</param>
/// <param name="Score">Of its free runs beside the data; infinite if it could not be trained.</param>
/// <param name="Updates">Gradient steps; null of a fit.</param>
/// <param name="Seconds">Of training and judging.</param>
/// <param name="Failure">Why it could not be trained.</param>
internal sealed record RaceResult(string Name, int Round, double Score, long? Updates, double Seconds, string? Failure)
{
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["round"] = Round,
        ["score"] = Json.Number(Score),
        ["updates"] = Updates,
        ["seconds"] = Json.Number(Seconds),
        ["failure"] = Failure,
    };

    /// <summary>Reads what <see cref="ToJson"/> writes; what is something else ends in one of the exceptions of JSON nodes.</summary>
    public static RaceResult Of(JsonNode? node)
    {
        JsonObject json = node!.AsObject();
        return new(
            json["name"]!.GetValue<string>(),
            json["round"]!.GetValue<int>(),
            json["score"]?.GetValue<double>() ?? double.PositiveInfinity,
            json["updates"]?.GetValue<long>(),
            json["seconds"]!.GetValue<double>(),
            json["failure"]?.GetValue<string>());
    }
}
