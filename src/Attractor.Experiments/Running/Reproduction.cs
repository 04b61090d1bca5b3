using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Several experiments in one folder, each with its report, and one page that leads to all of them.</summary>
/// <param name="folder">The folder.</param>
/// <param name="data">A folder with the data that documents name; null for what the experiments make themselves.</param>
/// <param name="experiments">Which.</param>
/// <param name="quick">Whether every experiment is to be a small part of its size.</param>
/// <param name="overwrite">Whether finished ones are done again.</param>
/// <param name="quiet">Whether to print nothing.</param>
/// <param name="name">From the name of a setting's property to what whoever asks calls it.</param>
internal sealed class Reproduction(
    string folder, string? data, IReadOnlyList<Experiment> experiments, bool quick, bool overwrite, bool quiet, Func<string, string> name)
{
    private const string Index = "index.html";

    private readonly Dictionary<string, JsonObject> _done = [];

    /// <summary>Does what is not done yet; interrupted, it goes on where it was when it is asked again.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder of data.</exception>
    public JsonObject Run(CancellationToken token)
    {
        if (data is not null && !Directory.Exists(data))
            throw new DirectoryNotFoundException($"there is no folder {data}");
        Directory.CreateDirectory(folder);
        foreach (Experiment experiment in experiments)
        {
            token.ThrowIfCancellationRequested();
            _done[experiment.Name] = Finished(experiment) ?? Do(experiment, token);
            WriteIndex();
        }
        return new()
        {
            ["folder"] = folder,
            ["index"] = Path.Combine(folder, Index),
            ["experiments"] = new JsonArray([.. experiments.Select(e => new JsonObject
            {
                ["name"] = e.Name,
                ["verdict"] = Text(_done[e.Name]["verdict"]),
                ["report"] = Text(_done[e.Name]["report"]),
                ["failed"] = Text(_done[e.Name]["failed"]),
                ["seconds"] = _done[e.Name]["seconds"]?.DeepClone(),
                ["processor_seconds"] = _done[e.Name]["processor_seconds"]?.DeepClone(),
            })]),
            ["failed"] = _done.Values.Count(r => r["failed"] is not null),
        };
    }

    private JsonObject Do(Experiment experiment, CancellationToken token)
    {
        string report = Path.Combine(folder, experiment.Name + experiment.Extension);
        ExperimentSession session = new(report, quiet, overwrite, name);
        session.Say($"\n{experiment.Name}: {experiment.Description}");
        JsonObject json;
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        try
        {
            json = experiment.Run(Settings(experiment), session, token);
        }
        catch (ArithmeticException e)
        {
            // The others have nothing to do with it.
            session.Say($"{experiment.Name} failed: {e.Message}");
            return new() { ["failed"] = e.Message };
        }
        double seconds = clock.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        json["seconds"] = Json.Number(Math.Round(seconds, 1));
        json["processor_seconds"] = Json.Number(Math.Round(processor, 1));
        session.Say(string.Create(
            CultureInfo.InvariantCulture, $"{experiment.Name}: {seconds:N0} s, of the processors {processor:N0} s"));
        byte[] bytes = Json.Bytes(json);
        AtomicFile.Write(RecordOf(experiment), file => file.Write(bytes));
        return json;
    }

    // Of other settings it is not the one that is asked for.
    private JsonObject? Finished(Experiment experiment)
    {
        if (overwrite || !File.Exists(RecordOf(experiment)) || !File.Exists(Path.Combine(folder, experiment.Name + experiment.Extension)))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(RecordOf(experiment))) is JsonObject json
                && JsonNode.DeepEquals(json["settings"], experiment.Entries(Settings(experiment)))
                ? json
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string RecordOf(Experiment experiment) => Path.Combine(folder, experiment.Name + ".json");

    private ExperimentSettings Settings(Experiment experiment)
    {
        ExperimentSettings settings = (ExperimentSettings)experiment.Form.Defaults;
        if (data is not null)
            settings = experiment.OnData(settings, data);
        return quick ? experiment.Quick(settings) : settings;
    }

    private void WriteIndex()
    {
        List<(string, IReadOnlyList<string>)> rows = [];
        foreach (Experiment experiment in experiments)
        {
            if (!_done.TryGetValue(experiment.Name, out JsonObject? json))
                rows.Add(("", [experiment.Name, "", "", "", "not done yet"]));
            else if (json["failed"] is { } failed)
                rows.Add(("", [experiment.Name, "", "", "", $"failed: {failed}"]));
            else
                rows.Add((experiment.Name + experiment.Extension,
                [
                    experiment.Name,
                    Headline(json, "quantity"),
                    Headline(json, "document"),
                    Headline(json, "here"),
                    Text(json["verdict"]) ?? "",
                ]));
        }
        new Report(
            "The documents, repeated",
            $"Every experiment beside its document{(quick ? ", at a small part of its size" : "")}: what the document says, what is found, "
            + "and why they differ. Each line leads to a page of its own.",
            [
                new("Experiments", [new LinkTable(["experiment", "of what", "document", "here", "verdict"], rows)]),
                new("How to go on", [new CommandList([("what is not done yet, or the same again", Command())])]),
            ]).Save(Path.Combine(folder, Index));
    }

    private string Command() => CommandText.Of(
        "reproduce all",
        [
            .. data is null ? ((string, object?)[])[] : [("data", data)],
            .. quick ? ((string, object?)[])[("quick", null)] : [],
            .. experiments.SequenceEqual(AllExperiments.List.Where(e => e.IsOfDocument))
                ? ((string, object?)[])[]
                : [("only", string.Join(',', experiments.Select(e => e.Name)))],
        ],
        folder);

    private static string Headline(JsonObject json, string key)
        => json["comparison"] is JsonArray { Count: > 0 } rows && rows[0] is JsonObject row && row[key] is { } value
            ? Short(value)
            : "";

    private static string Short(JsonNode value) => value switch
    {
        JsonValue v when v.TryGetValue(out double number) => number.ToString("G6", CultureInfo.InvariantCulture),
        JsonArray numbers => string.Join(", ", numbers.Select(n => n is null ? "" : Short(n))),
        _ => value.ToString(),
    };

    private static string? Text(JsonNode? node) => node?.ToString();
}
