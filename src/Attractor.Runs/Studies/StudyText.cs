using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Parts of a study as words.</summary>
internal static class StudyText
{
    /// <summary>The values of what varies: <c>hidden=50 lr=0.001</c>.</summary>
    public static string Parameters(StudyTrial trial) => string.Join(' ', trial.Parameters.Select(p => $"{p.Key}={Value(p.Value)}"));

    /// <summary>The settings of a trial as a config: what was given, and what was chosen.</summary>
    public static JsonObject Settings(Study study, StudyTrial trial)
    {
        SettingsForm form = ModelKinds.Find(study.Plan.Model).Settings;
        JsonObject json = [];
        foreach (Setting setting in form.All)
            if (trial.Parameters.TryGetPropertyValue(setting.Key, out JsonNode? chosen))
                json[setting.Key] = chosen?.DeepClone();
            else if (!Equals(setting.Get(study.Plan.Settings!), setting.Default))
                json[setting.Key] = setting.Write(setting.Get(study.Plan.Settings!));
        return json;
    }

    /// <summary>A value to read: numbers to four digits.</summary>
    public static string Value(JsonNode? value) => value is null ? ""
        : value.GetValueKind() == JsonValueKind.Number
            && double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out double number)
            ? number == Math.Floor(number) && Math.Abs(number) < 1e9
                ? number.ToString("F0", CultureInfo.InvariantCulture)
                : number.ToString("G4", CultureInfo.InvariantCulture)
            : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
