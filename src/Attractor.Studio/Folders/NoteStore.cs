using System.Text.Json;
using Attractor.Storage;

namespace Attractor.Studio.Folders;

/// <summary>Tags and notes of runs, kept in the folder beside the runs: a run itself is never written to.</summary>
internal static class NoteStore
{
    private const string Part = "notes";

    /// <summary>What is said of a run; nothing where its file cannot be read.</summary>
    public static RunNote Read(StudioFolder folder, string id)
    {
        if (folder.FindOwnFile(Part, id) is not { } file)
            return RunNote.None;
        try
        {
            JsonElement kept = JsonFile.ReadObject(file.FullName);
            bool isArchived = kept.TryGetProperty("archived", out JsonElement archived) && archived.ValueKind == JsonValueKind.True;
            return (RunNote.None with { IsArchived = isArchived })
                .WithTags(Word(kept, "tags"))
                .WithText(Word(kept, "note"));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return RunNote.None;
        }
    }

    /// <summary>Keeps what is said of a run; of nothing nothing is kept.</summary>
    public static void Write(StudioFolder folder, string id, RunNote note)
    {
        if (note.IsEmpty)
            File.Delete(folder.OwnFile(Part, id));
        else
            folder.WriteOwn(
                Part,
                id,
                new() { ["run"] = id, ["tags"] = note.TagLine, ["note"] = note.Text, ["archived"] = note.IsArchived });
    }

    /// <summary>Another stamp is another note.</summary>
    public static string Stamp(StudioFolder folder, string id) => RunList.Stamp(folder.FindOwnFile(Part, id));

    private static string Word(JsonElement json, string key)
        => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
