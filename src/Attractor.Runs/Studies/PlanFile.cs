using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>A plan as JSON: <c>study.json</c> in the study's folder, and the same in its store.</summary>
internal static class PlanFile
{
    public const int FormatVersion = 1;

    private static readonly string[] s_keys =
    [
        "format", "attractor", "name", "model", "data", "validation", "settings", "space", "objectives", "sampler", "pruner", "prune_on",
        "prune_from", "prune_factor", "seed", "trials", "lease_seconds", "store",
        "artifacts",
    ];

    /// <summary>The plan, resolved, and where its store is.</summary>
    public static JsonObject Write(StudyPlan plan, string? store)
    {
        SettingsForm form = ModelKinds.Find(plan.Model).Settings;
        JsonObject settings = [];
        foreach (Setting setting in form.All)
            if (setting.Write(setting.Get(plan.Settings!)) is { } value)
                settings[setting.Key] = value;
        return new()
        {
            ["format"] = FormatVersion,
            ["attractor"] = typeof(StudyPlan).Assembly.GetName().Version?.ToString(3),
            ["name"] = plan.Name,
            ["model"] = plan.Model,
            ["data"] = plan.Settings!.DataEntry,
            ["validation"] = plan.Validation,
            ["settings"] = settings,
            ["space"] = new JsonArray([.. plan.Space.Dimensions.Select(d => (JsonNode?)d.ToString())]),
            ["objectives"] = new JsonArray([.. plan.Objectives.Select(o => (JsonNode?)o.ToString())]),
            ["sampler"] = plan.Sampler,
            ["pruner"] = plan.Pruner,
            ["prune_on"] = plan.PruneOn?.ToString(),
            ["prune_from"] = plan.PruneFrom,
            ["prune_factor"] = plan.PruneFactor,
            ["seed"] = plan.Seed,
            ["trials"] = plan.Trials,
            ["lease_seconds"] = plan.Lease.TotalSeconds,
            ["store"] = store,
            ["artifacts"] = plan.Artifacts,
        };
    }

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static (StudyPlan Plan, string? Store) Read(JsonElement json, string file)
    {
        if (!json.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.Number
            || format.GetRawText() != FormatVersion.ToString(CultureInfo.InvariantCulture))
            throw new InvalidDataException(
                $"{file} is a study of another version ({(format.ValueKind is JsonValueKind.Undefined ? "none" : format.GetRawText())}); "
                + $"this program reads version {FormatVersion}");
        foreach (JsonProperty property in json.EnumerateObject())
            if (!s_keys.Contains(property.Name))
                throw new InvalidDataException($"{file}: unknown key \"{property.Name}\"");
        string asked = "settings";
        try
        {
            ModelKind kind = ModelKinds.Find(Said("model"));
            JsonElement written = Entry("settings");
            ModelSettings settings = (ModelSettings)kind.Settings.With(
                kind.Settings.Defaults, kind.Settings.Read(written, file, []));
            string data = Said("data");
            StudyPlan plan = new()
            {
                Name = Said("name"),
                Model = kind.Name,
                Data = data,
                Validation = Word("validation"),
                Settings = settings with { Model = kind.Name, Data = data },
                Space = StudySpace.Parse(kind.Name, Words("space")),
                Objectives = [.. Words("objectives").Select(StudyObjective.Parse)],
                Sampler = StudySampler.Find(Said("sampler")).Name,
                Pruner = StudyPruner.Find(Said("pruner")).Name,
                PruneOn = Word("prune_on") is { } on ? StudyObjective.Parse(on) : null,
                PruneFrom = Number("prune_from"),
                PruneFactor = (int)Number("prune_factor")!.Value,
                Seed = Number("seed")!.Value,
                Trials = Number("trials") is null or (>= 0 and <= PlanCheck.MostTrials) ? Number("trials") : throw new FormatException(),
                Lease = TimeSpan.FromSeconds(Entry("lease_seconds").GetDouble()),
                // Plans of before there were any do not say.
                Artifacts = json.TryGetProperty("artifacts", out _) && Entry("artifacts").GetBoolean(),
            };
            return (plan, Word("store"));
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or InvalidOperationException or NullReferenceException
            or FormatException or OverflowException)
        {
            string reason = e is ArgumentException and not ArgumentNullException ? e.Message.TrimEnd('.')
                : $"its \"{asked}\" is missing, or not what it should be";
            throw new InvalidDataException($"{file} is not a study: {reason}", e);
        }

        string Said(string key) => Word(key) ?? throw new FormatException();

        string? Word(string key) => Entry(key) is { ValueKind: not JsonValueKind.Null } word ? word.GetString() : null;

        long? Number(string key) => Entry(key) is { ValueKind: not JsonValueKind.Null } number ? number.GetInt64() : null;

        IEnumerable<string> Words(string key) => Entry(key).EnumerateArray().Select(w => w.GetString() ?? throw new FormatException());

        JsonElement Entry(string key) => json.GetProperty(asked = key);
    }
}
