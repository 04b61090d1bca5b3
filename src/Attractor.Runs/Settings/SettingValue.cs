using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The values of one type of property, as text and as JSON.</summary>
/// <param name="kind">What they are on a command line and in a file.</param>
/// <param name="expected">What a message says of them.</param>
/// <param name="words">The words they are among, which may become more; none if any will do.</param>
/// <param name="fromText">Null of a text that is none.</param>
/// <param name="toText">The text of a value.</param>
/// <param name="part">The part of a text that makes it none; null where it is the whole.</param>
internal sealed class SettingValue(
    SettingKind kind,
    string expected,
    Func<IReadOnlyList<string>> words,
    Func<string, object?> fromText,
    Func<object, string> toText,
    Func<string, string>? part = null)
{
    private SettingValue(
        SettingKind kind,
        string expected,
        IReadOnlyList<string> words,
        Func<string, object?> fromText,
        Func<object, string> toText,
        Func<string, string>? part = null)
        : this(kind, expected, () => words, fromText, toText, part)
    {
    }

    public SettingKind Kind => kind;

    public string Expected => Words is { Count: > 0 } known ? "one of " + string.Join(", ", known) : expected;

    public IReadOnlyList<string> Words => words();

    /// <summary>Whether the words are those of a registry, which help cannot know beforehand.</summary>
    public bool IsOpen { get; private init; }

    public object? FromText(string text)
        => Words is var known && (known.Count == 0 || known.Contains(text, StringComparer.Ordinal)) ? fromText(text) : null;

    public string ToText(object value) => toText(value);

    /// <summary>What a file's entry must be, whatever more is asked of its value.</summary>
    public string ExpectedOfFile => Words.Count > 0 || kind is not SettingKind.Word ? Expected : "a word";

    /// <summary>The text of a file's entry; null if it is of another type.</summary>
    public string? TextOf(JsonElement entry) => (kind, entry.ValueKind) switch
    {
        (SettingKind.Whole or SettingKind.Number, JsonValueKind.Number) => entry.GetRawText(),
        (SettingKind.Word, JsonValueKind.String) => entry.GetString(),
        (SettingKind.Flag, JsonValueKind.True) => "true",
        (SettingKind.Flag, JsonValueKind.False) => "false",
        _ => null,
    };

    /// <summary>What is wrong with a text that is no value: of several numbers the one that is none.</summary>
    public string Unfit(string text) => part is null ? text : $"'{part(text)}'";

    /// <summary>How to write a number that is spelled in another way; nothing if it is none, as the end of a sentence.</summary>
    public string Spelling(string text)
        => kind is SettingKind.Number or SettingKind.Whole ? NumberText.Advice(text, kind is SettingKind.Whole) : "";

    public JsonNode ToJson(object value) => value switch
    {
        int whole => JsonValue.Create(whole),
        long whole => JsonValue.Create(whole),
        double number => JsonValue.Create(number),
        bool flag when kind is SettingKind.Flag => JsonValue.Create(flag),
        _ => JsonValue.Create(toText(value)),
    };

    public static SettingValue Of(Type property, SettingAttribute declared)
    {
        Type type = Nullable.GetUnderlyingType(property) ?? property;
        if (type == typeof(bool))
            return declared.IsFlag ? Flag : YesOrNo;
        if (type.IsEnum)
            return Choice(type, declared.Words);
        if (type == typeof(OptimizerKind))
            return Named(() => OptimizerKind.All, kind => kind.Name);
        if (type == typeof(ObservationModel))
            return Named(() => ObservationModel.All, model => model.Name);
        return type == typeof(int) ? Whole(
            text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) ? v
                    : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long more) ? new TooLarge(more)
                    : null)
            : type == typeof(long) ? Whole(
                text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long v) ? v : null)
            : type == typeof(double) ? s_number
            : type == typeof(TimeSpan) ? s_duration
            : type == typeof(string) ? new(SettingKind.Word, "a word", declared.Words, text => text, value => (string)value)
            : type == typeof(IReadOnlyList<string>) ? s_names
            : type == typeof(IReadOnlyList<int>) ? Sizes(declared.Expected)
            : type == typeof(IReadOnlyList<double>) ? s_numbers
            : type == typeof(IReadOnlyList<long>) ? s_seeds
            : throw new NotSupportedException($"A setting cannot be a {type.Name}.");
    }

    private static readonly SettingValue s_number = new(
        SettingKind.Number, "a number", [], text => (object?)NumberText.Number(text), value => Text((double)value));

    private static readonly SettingValue s_names = new(
        SettingKind.Word, "names of columns, with commas between them", [],
        text => text.Split(',', StringSplitOptions.TrimEntries) is var names && !names.Contains("") ? names : null,
        value => string.Join(',', (IReadOnlyList<string>)value),
        text => text);

    // None of them has a word of its own: an empty one is easily overlooked.
    private static SettingValue Sizes(string? expected) => new(
        SettingKind.Word, expected ?? "positive whole numbers between commas, such as 400,400, or none", [],
        text => text == "none" ? Array.Empty<int>() : Several(
            text, word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int v) && v > 0 ? v : (int?)null),
        value => ((IReadOnlyList<int>)value).Count == 0 ? "none" : string.Join(',', (IReadOnlyList<int>)value));

    private static readonly SettingValue s_numbers = new(
        SettingKind.Word, "numbers, with commas between them", [],
        text => Several(text, NumberText.Number),
        value => string.Join(',', ((IReadOnlyList<double>)value).Select(Text)),
        text => text.Split(',').First(word => NumberText.Number(word) is null));

    private static readonly SettingValue s_seeds = new(
        SettingKind.Word, "a range such as 1..8", [], SeedRange.TryParse, value => SeedRange.Text((IReadOnlyList<long>)value));

    private static readonly SettingValue s_duration = new(
        SettingKind.Word, "a time such as 90s, 5m or 1h", [], text => Duration(text), value => Text(((TimeSpan)value).TotalSeconds) + "s");

    private static SettingValue Flag { get; } = new(
        SettingKind.Flag, "true or false", [], text => bool.TryParse(text, out bool v) ? v : null, value => (bool)value ? "true" : "false");

    private static SettingValue YesOrNo { get; } = new(
        SettingKind.Word, "yes or no", ["yes", "no"], text => text == "yes", value => (bool)value ? "yes" : "no");

    private static SettingValue Whole(Func<string, object?> parse)
        => new(SettingKind.Whole, "a whole number", [], parse, value => Convert.ToString(value, CultureInfo.InvariantCulture)!);

    private static SettingValue Choice(Type type, string[] words)
    {
        // GetValuesAsUnderlyingType does without the code that an array of an unknown enum takes.
        object[] values = [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v))];
        Dictionary<string, object> byWord = values.ToDictionary(v => KebabCase.Of(v.ToString()!), StringComparer.Ordinal);
        return new(
            SettingKind.Word,
            "a word",
            words.Length > 0 ? words : [.. byWord.Keys],
            text => byWord.GetValueOrDefault(text),
            value => KebabCase.Of(value.ToString()!));
    }

    private static SettingValue Named<T>(Func<IReadOnlyList<T>> all, Func<T, string> name)
        where T : class
        => new(
            SettingKind.Word,
            "a word",
            () => [.. all().Select(name)],
            text => all().FirstOrDefault(entry => name(entry) == text),
            value => name((T)value))
        {
            IsOpen = true
        };

    private static T[]? Several<T>(string text, Func<string, T?> parse)
        where T : struct
    {
        T?[] values = [.. text.Split(',').Select(parse)];
        return values.All(v => v.HasValue) ? [.. values.Select(v => v!.Value)] : null;
    }

    private static TimeSpan? Duration(string text)
    {
        (int letters, double unit) = text switch
        {
            [.., 's'] => (1, 1),
            [.., 'm'] => (1, 60),
            [.., 'h'] => (1, 3600),
            _ => (0, 1.0),
        };
        return NumberText.Number(text[..^letters]) is { } count && count >= 0 && count * unit < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(count * unit)
            : null;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
