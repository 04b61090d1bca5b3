using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>What a race has decided so far, as it stands in its folder.</summary>
internal sealed class RaceRecord
{
    /// <summary>The folder of a race in that of its run, and its record there.</summary>
    public const string Folder = "race", FileName = "race.json";

    /// <summary>Seconds of an update here by those on the machine whose figures the results give; null until measured.</summary>
    public double? Slowness { get; set; }

    /// <summary>Seconds of the rounds that were planned.</summary>
    public List<double> RoundSeconds { get; } = [];

    /// <summary>How far the candidates came, as they did.</summary>
    public List<RaceResult> Results { get; } = [];

    /// <summary>In the order of the rounds and of the scores.</summary>
    public IReadOnlyList<RaceResult> Ranked => [.. Results.OrderBy(r => r.Round).ThenBy(r => r.Score)];

    /// <summary>The lowest score of any round; of two alike the later.</summary>
    public RaceResult Best => Results.OrderBy(r => r.Score).ThenByDescending(r => r.Round).First();

    /// <summary>The file of the record of a run.</summary>
    public static string PathIn(string run) => Path.Combine(run, Folder, FileName);

    /// <summary>Reads the record of a run; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static RaceRecord? Read(string run)
    {
        string path = PathIn(run);
        if (!File.Exists(path))
            return null;
        JsonObject json = JsonNode.Parse(JsonFile.ReadObject(path).GetRawText())!.AsObject();
        try
        {
            RaceRecord record = new() { Slowness = json["slowness"]?.GetValue<double>() };
            record.RoundSeconds.AddRange(json["round_seconds"]!.AsArray().Select(seconds => seconds!.GetValue<double>()));
            record.Results.AddRange(json["results"]!.AsArray().Select(RaceResult.Of));
            return record;
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is damaged: start the race anew.", e);
        }
    }

    /// <summary>Writes it to the folder of a run.</summary>
    public void Write(string run)
    {
        Directory.CreateDirectory(Path.Combine(run, Folder));
        JsonObject json = new()
        {
            ["slowness"] = Slowness,
            ["round_seconds"] = new JsonArray([.. RoundSeconds.Select(seconds => JsonValue.Create(seconds))]),
            ["results"] = new JsonArray([.. Results.Select(r => r.ToJson())]),
        };
        AtomicFile.Write(PathIn(run), stream =>
        {
            using Utf8JsonWriter writer = new(stream, new() { Indented = true });
            json.WriteTo(writer);
        });
    }
}
