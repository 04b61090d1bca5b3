using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>A run's <c>config.json</c>: everything that is needed to repeat it, fully resolved.</summary>
internal static class RunConfig
{
    // What it holds besides settings.
    private static readonly string[] s_information =
    [
        "format", "attractor", "processor", "model", "data", "reading", "variables", "observed", "parameters"
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
        ModelKind kind = ModelKinds.Find(Word("model"));
        string data = Word("data");
        ModelSettings settings = (ModelSettings)kind.Settings.With(
            kind.Settings.Defaults, Read(kind, config, Path.Combine(folder, RunLayout.Config)));
        return settings with { Model = kind.Name, Data = data };

        string Word(string key) => config.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"{folder}: its config.json lacks \"{key}\"");
    }

    /// <summary>The settings of a kind in a config.</summary>
    /// <exception cref="ArgumentException">A key is not known, or a value does not fit.</exception>
    public static IReadOnlyList<(Setting Setting, object? Value)> Read(ModelKind kind, JsonElement config, string file)
        => kind.Settings.Read(config, file, s_information);

    /// <summary>A config as text, for a report.</summary>
    public static IEnumerable<(string Key, string Value)> Entries(JsonElement config)
        => config.EnumerateObject().Select(
            p => (p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()));
}
