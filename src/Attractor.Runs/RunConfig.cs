using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>A run's <c>config.json</c>: everything that is needed to repeat it, fully resolved.</summary>
internal static class RunConfig
{
    private const string Fingerprint = "data_fingerprint";

    // What it holds besides settings.
    private static readonly string[] s_information =
    [
        Fingerprint, "format", "attractor", "processor", "model", "data", "reading", "variables", "observed", "parameters"
    ];

    /// <summary>What a training writes.</summary>
    /// <param name="training">The training.</param>
    /// <param name="data">What it learns from.</param>
    public static JsonObject Of(ModelTraining training, TrainingData? data)
    {
        JsonObject json = new()
        {
            ["format"] = RunFolder.FormatVersion,
            ["attractor"] = typeof(ILearntModel).Assembly.GetName().Version?.ToString(3),
            ["processor"] = Processor.Name(),
            ["model"] = training.Settings.Model,
            ["data"] = training.Settings.DataEntry,
        };
        if (data?.Fingerprint is { } fingerprint)
            json[Fingerprint] = fingerprint;
        if (data?.Understood is { } reading)
            json["reading"] = reading.Summary;
        if (data?.Variables is { } variables)
            json["variables"] = new JsonArray([.. variables.Select(name => (JsonNode?)name)]);
        json["observed"] = training.Observed;
        json["parameters"] = training.ParameterCount;
        ModelKinds.Find(training.Settings.Model).Settings.Write(training.Settings, json);
        return json;
    }

    /// <summary>The settings of a run.</summary>
    public static ModelSettings Settings(string folder)
    {
        JsonElement config = RunFolder.ReadConfig(folder);
        ModelKind kind = Kind(folder, Word("model"));
        string data = Word("data");
        IEnumerable<(Setting, object?)> older = kind.Settings.All
            .Where(s => s.Before is not null && !config.TryGetProperty(s.Key, out _))
            .Select(s => (s, s.Before));
        ModelSettings settings = (ModelSettings)kind.Settings.With(
            kind.Settings.Defaults, older.Concat(Read(kind, config, Path.Combine(folder, RunLayout.Config))));
        return settings with { Model = kind.Name, Data = data };

        string Word(string key) => config.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"{folder}: its config.json lacks \"{key}\"");
    }

    private static ModelKind Kind(string folder, string name)
    {
        try
        {
            return ModelKinds.Find(name);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{Path.Combine(folder, RunLayout.Config)}: {e.Message}", e);
        }
    }

    /// <summary>Refuses to go on with a run on other data than it began with; a run that does not say which they were goes on.</summary>
    /// <exception cref="InvalidDataException">The data have changed.</exception>
    public static void RequireSameData(string folder, ModelSettings settings, TrainingData data)
    {
        if (Word(folder, Fingerprint) is { } begun && data.Fingerprint is { } now && begun != now)
            throw new InvalidDataException(
                $"{settings.Data} has changed since {folder} began on it: {Values(begun)} then, {Values(now)} now. Bring the data back, "
                + $"or begin a new run");
    }

    /// <summary>What another processor means for a run that goes on; null where it means nothing.</summary>
    public static string? NoteOnProcessor(string folder)
        => Word(folder, "processor") is { } begun && Processor.VectorBits(begun) is { } bits && bits != Processor.VectorBits()
            ? FormattableString.Invariant(
                $"{folder} began with {bits}-bit vectors and goes on with {Processor.VectorBits()}-bit ones: sums are taken in another ")
                + "order, and the last bits of the model will differ"
            : null;

    private static string Values(string fingerprint)
        => fingerprint.Split(':') is [var count, var hash] ? $"{count} values with the hash {hash}" : fingerprint;

    private static string? Word(string folder, string key)
        => RunFolder.ReadConfig(folder).TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The settings of a kind in a config.</summary>
    /// <exception cref="ArgumentException">A key is not known, or a value does not fit.</exception>
    public static IReadOnlyList<(Setting Setting, object? Value)> Read(ModelKind kind, JsonElement config, string file)
        => kind.Settings.Read(config, file, s_information);

    /// <summary>A config as text, for a report; what was not asked for, or means nothing, is left out.</summary>
    public static IEnumerable<(string Key, string Value)> Entries(JsonElement config)
        => config.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(
            p => (p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()));
}
