using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Cli.Settings;

/// <summary>One setting of a training: an option of the command line and a key of config.json.</summary>
/// <param name="Key">The key, in snake_case; the option is its kebab-case.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Default">The value where nothing is said; null where it depends on other things.</param>
/// <param name="Help">What it is, in a few words.</param>
/// <param name="Choices">The words it takes.</param>
internal sealed record Setting(string Key, SettingKind Kind, object? Default, string Help, params string[] Choices)
{
    public string Option => "--" + Key.Replace('_', '-');

    /// <summary>The value of a word of the command line.</summary>
    public object Parse(string text) => Checked(Kind switch
    {
        SettingKind.Whole when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        SettingKind.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        SettingKind.Word => text,
        _ => null,
    }, text, Option);

    /// <summary>The value of an entry of a config.</summary>
    public object Read(JsonElement value, string file) => Checked(Kind switch
    {
        SettingKind.Whole when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole) => whole,
        SettingKind.Number when value.ValueKind == JsonValueKind.Number => value.GetDouble(),
        SettingKind.Word when value.ValueKind == JsonValueKind.String => value.GetString(),
        _ => null,
    }, value.GetRawText(), $"{file}: \"{Key}\"");

    public static JsonNode? Write(object? value) => value switch
    {
        long whole => JsonValue.Create(whole),
        double number => JsonValue.Create(number),
        string word => JsonValue.Create(word),
        _ => null,
    };

    private object Checked(object? value, string text, string where)
    {
        bool fits = value switch
        {
            null => false,
            double number => double.IsFinite(number),
            string word => Choices.Length == 0 || Choices.Contains(word, StringComparer.Ordinal),
            _ => true,
        };
        if (fits)
            return value!;
        string nearest = Choices.Length > 0 && NearestMatch.Find(text.Trim('"'), Choices) is { } match ? $"; did you mean {match}?" : "";
        string expected = Kind switch
        {
            SettingKind.Whole => "a whole number",
            SettingKind.Number => "a number",
            _ => Choices.Length > 0 ? "one of " + string.Join(", ", Choices) : "a word",
        };
        throw new ArgumentException($"{where} takes {expected}, not {text}{nearest}");
    }
}
