using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>
/// What a study knows of a trial, as a file beside its run folder: the store can be lost and made anew.
/// </summary>
internal static class TrialRecord
{
    public const int FormatVersion = 1;

    /// <summary>Writes a trial down.</summary>
    /// <param name="file">The file, replaced as a whole.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="reports">Its intermediate values.</param>
    public static void Write(string file, StudyTrial trial, IReadOnlyList<(long Step, double Value)> reports)
    {
        JsonObject json = new()
        {
            ["format"] = FormatVersion,
            ["number"] = trial.Number,
            ["state"] = trial.State.ToString().ToLowerInvariant(),
            ["attempt"] = trial.Attempt,
            ["parameters"] = trial.Parameters.DeepClone(),
            ["values"] = new JsonArray([.. trial.Values.Select(Json.Number)]),
            ["scores"] = trial.Scores.DeepClone(),
            ["failure"] = trial.Failure,
            ["seconds"] = trial.Seconds is { } seconds ? Json.Number(seconds) : null,
            ["reports"] = new JsonArray([.. reports.Select(r => (JsonNode)new JsonArray(r.Step, Json.Number(r.Value)))]),
        };
        byte[] bytes = Json.Bytes(json);
        AtomicFile.Write(file, stream => stream.Write(bytes));
    }

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static (StudyTrial Trial, IReadOnlyList<(long Step, double Value)> Reports) Read(string file)
    {
        JsonElement json = JsonFile.ReadObject(file);
        if (!json.TryGetProperty("format", out JsonElement format) || format.GetRawText() != "1")
            throw new InvalidDataException(
                $"{file} is the record of a trial of another version ({format.ValueKind}); this program reads version {FormatVersion}");
        try
        {
            JsonObject root = TrialText.Object(json.GetRawText());
            StudyTrial trial = new()
            {
                Number = root["number"]!.GetValue<long>(),
                State = Enum.GetValues<TrialState>()
                    .Single(s => s.ToString().Equals(root["state"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase)),
                Attempt = root["attempt"]!.GetValue<long>(),
                Parameters = (JsonObject)root["parameters"]!.DeepClone(),
                Values = [.. root["values"]!.AsArray().Select(v => TrialText.Number(v, file))],
                Scores = (JsonObject)root["scores"]!.DeepClone(),
                Failure = root["failure"]?.GetValue<string>(),
                Seconds = root["seconds"]?.GetValue<double>(),
            };
            (long, double)[] reports = [.. root["reports"]!.AsArray().Select(
                r => (r![0]!.GetValue<long>(), TrialText.Number(r[1], file)))];
            return trial.Number >= 0 && trial.Attempt >= 0 ? (trial, reports) : throw new FormatException();
        }
        catch (Exception e) when (e is NullReferenceException or FormatException or ArgumentException or InvalidOperationException
            or InvalidCastException or InvalidDataException)
        {
            throw new InvalidDataException($"{file} is damaged: it is not the record of a trial", e);
        }
    }
}
