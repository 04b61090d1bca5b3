using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>An experiment behind the project: a document's, repeated with the document's values beside those found.</summary>
/// <param name="name">By which it is asked for.</param>
/// <param name="description">What it shows, in a line.</param>
/// <param name="form">Its settings.</param>
/// <param name="run">Does it.</param>
internal class Experiment(
    string name,
    string description,
    SettingsForm form,
    Func<ExperimentSettings, ExperimentSession, CancellationToken, ExperimentResult> run)
{
    public string Name => name;

    public string Description => description;

    public SettingsForm Form => form;

    /// <summary>Its settings for a look at the page: a small part of its size.</summary>
    public Func<ExperimentSettings, ExperimentSettings> Quick { get; init; } = settings => settings;

    /// <summary>Its settings on the data of a folder that holds the data of all documents.</summary>
    public Func<ExperimentSettings, string, ExperimentSettings> OnData { get; init; } = (settings, _) => settings;

    /// <summary>Whether it is one of a document, which a reproduction of all of them has.</summary>
    public virtual bool IsOfDocument => true;

    /// <summary>The end of the name of its report.</summary>
    public virtual string Extension => ".html";

    /// <summary>Does it, writes the report, prints for a person, and returns the result for a program.</summary>
    public virtual JsonObject Run(ExperimentSettings settings, ExperimentSession session, CancellationToken token)
    {
        ExperimentResult result = run(settings, session, token);
        new Report(result.Title, result.Subtitle,
        [
            result.Findings.ToSection(),
            .. result.Sections,
            .. result.Derivation is { } derivation ? (Section[])[new("Why it is so", [derivation])] : [],
            new("Settings", [new KeyValueTable(Values(settings))]),
            new("How to go on", [new CommandList([("the same again", Command(settings)), .. result.Commands])]),
        ]).Save(session.Output);
        session.Say(result.Findings.ToText());
        session.Say(session.Output);
        JsonObject json = result.Json;
        json["experiment"] = Name;
        result.Findings.AddTo(json);
        json["settings"] = Entries(settings);
        json["report"] = session.Output;
        return json;
    }

    /// <summary>The command that does the same: what is not as by default is said.</summary>
    public string Command(ExperimentSettings settings)
    {
        IEnumerable<string> given = Form.All
            .Where(s => settings.WhyUnused(s.Property) is null && Text(s, settings) is { } value && value != Text(s, Form.Defaults))
            .Select(s => s.Kind is SettingKind.Flag ? s.Option : $"{s.Option} {RunCommands.Quote(Text(s, settings)!)}");
        return string.Join(' ', ["attractor reproduce", Name, .. given]);
    }

    /// <summary>The settings as a JSON object.</summary>
    public JsonObject Entries(ExperimentSettings settings)
        => new(Form.All.Select(s => KeyValuePair.Create(s.Key, s.Write(s.Get(settings)))));

    private (string Key, string Value)[] Values(ExperimentSettings settings)
        =>
        [
            .. Form.All.Where(s => settings.WhyUnused(s.Property) is null)
                .Select(s => (s.Key.Replace('_', ' '), Words(Text(s, settings)) ?? "the experiment's own")),
        ];

    // A list breaks between its numbers, not within them.
    private static string? Words(string? value) => value is not null && value.All(c => char.IsAsciiDigit(c) || ",.-+eE".Contains(c))
        ? value.Replace(",", ", ", StringComparison.Ordinal)
        : value;

    private static string? Text(Setting setting, SettingsRecord settings) => setting.Write(setting.Get(settings)) is JsonValue value
        ? value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : null;
}
