using System.Globalization;

namespace Attractor.Runs;

/// <summary>
/// The values of a dimension as a command line writes them: <c>0.5</c>, <c>0.2,0.5,0.8</c>, <c>0.1..1</c>, <c>1e-4..1e-2:log</c>,
/// <c>0..1:5</c> for five values, <c>400,400|200</c> where a value itself has commas.
/// </summary>
internal static class DimensionText
{
    private const int MostValues = 10_000;

    private const string Logarithmic = "log", Linear = "linear", If = " if ";

    /// <summary>One setting with its values, and when it is there: <c>alpha=0.01..1:log if forcing=gtf</c>.</summary>
    /// <exception cref="ArgumentException">The setting is not known, or the values do not do.</exception>
    public static StudyDimension ParseEntry(ModelKind kind, string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int place = entry.IndexOf(If, StringComparison.Ordinal);
        (string key, string values) = Pair(place < 0 ? entry : entry[..place], entry);
        Setting setting = SettingOf(kind, key);
        StudyDimension dimension = Parse(setting, values, setting.Key);
        if (place < 0)
            return dimension;
        (string other, string words) = Pair(entry[(place + If.Length)..].Trim(), entry);
        return Conditional(dimension, new(SettingOf(kind, other).Key, words.Split(words.Contains('|') ? '|' : ',')));
    }

    /// <summary>The values of a setting; a range of a scale above 0 is one of orders of magnitude unless it says otherwise.</summary>
    /// <param name="setting">Which.</param>
    /// <param name="text">Its values.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">They do not do.</exception>
    public static StudyDimension Parse(Setting setting, string text, string name)
    {
        bool isNumber = setting.Kind is SettingKind.Whole or SettingKind.Number;
        string[] ends = text.Split("..");
        return isNumber && ends.Length > 1 ? Range(setting, ends, text, name) : List(setting, text, name, isNumber);
    }

    /// <summary>The values as they are read again.</summary>
    public static string Of(StudyDimension dimension) => dimension.IsRange
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{dimension.Low:R}..{dimension.High:R}:{(dimension.IsLogarithmic ? Logarithmic : Linear)}")
        : string.Join(dimension.Values.Any(v => v.Contains(',')) ? '|' : ',', dimension.Values);

    private static StudyDimension Range(Setting setting, string[] ends, string text, string name)
    {
        string[] rest = ends[^1].Split(':');
        if (ends.Length != 2)
            throw NotOne(name, text);
        double low = Number(setting, ends[0], text, name), high = Number(setting, rest[0], text, name);
        if (!(low < high))
            throw new ArgumentException($"{name} takes a range from less to more, not {text}");
        bool isLogarithmic = setting.IsScale && low > 0;
        int? count = null;
        foreach (string word in rest[1..])
            if (word == Logarithmic)
                isLogarithmic = low > 0 ? true : throw new ArgumentException(
                    $"{name} takes no logarithmic range that begins at {ends[0]}: begin it above 0");
            else if (word == Linear)
                isLogarithmic = false;
            else if (NumberText.Whole(word) is >= 2 and <= MostValues and var n)
                count = (int)n;
            else
                throw new ArgumentException(
                    $"{name}: after a range comes log, linear or a number of values from 2 to {MostValues}, not '{word}'");
        if (count is null)
            return new(setting, low, high, isLogarithmic);
        double[] values = [.. Enumerable.Range(0, count.Value)
            .Select(i => Between(low, high, isLogarithmic, (double)i / (count.Value - 1), setting.Kind is SettingKind.Whole))
            .Distinct()];
        return new(setting, [.. values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))], true, values);
    }

    private static double Between(double low, double high, bool isLogarithmic, double part, bool isWhole)
    {
        double value = part switch
        {
            0 => low,
            1 => high,
            _ when isLogarithmic => Math.Exp(Math.Log(low) + (part * (Math.Log(high) - Math.Log(low)))),
            _ => low + (part * (high - low)),
        };
        return isWhole ? Math.Round(value) : value;
    }

    private static StudyDimension List(Setting setting, string text, string name, bool isNumber)
    {
        string[] words = text.Split(text.Contains('|', StringComparison.Ordinal) ? '|' : ',');
        if (words.Length > MostValues)
            throw isNumber ? NotOne(name, text) : new ArgumentException($"{name} takes at most {MostValues} values, not {words.Length}");
        double[] numbers = isNumber ? [.. words.Select(w => Number(setting, w, text, name))] : [.. words.Select((_, i) => (double)i)];
        string[] written = isNumber ? [.. numbers.Select(v => v.ToString("R", CultureInfo.InvariantCulture))] : words;
        if (written.Distinct(StringComparer.Ordinal).Count() < written.Length)
            throw new ArgumentException($"{name} takes each value once, not {text}");
        return new(setting, written, isNumber, numbers);
    }

    private static StudyDimension Conditional(StudyDimension dimension, StudyCondition condition) => dimension.IsRange
        ? new(dimension.Setting, dimension.Low, dimension.High, dimension.IsLogarithmic) { Condition = condition }
        : new(dimension.Setting, dimension.Values, dimension.IsNumeric, [.. dimension.Ends]) { Condition = condition };

    private static (string Key, string Value) Pair(string text, string entry)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new ArgumentException($"what varies is written as setting=values, such as lr=1e-4..1e-2:log, not '{entry}'");
    }

    private static Setting SettingOf(ModelKind kind, string key) => kind.Settings.Find(key.Replace('-', '_')) is { } setting
        ? setting
        : throw new ArgumentException(
            $"a {kind.Name} has no setting '{key}'"
            + (Data.NearestName.Among(kind.Settings.All.Select(s => s.Key), key) is { } near ? $"; did you mean {near}?" : ""));

    private static ArgumentException NotOne(string name, string text)
        => new($"{name} takes a value, a list such as 1,2,4, or a range such as 0.1..1, not {Shown(text)}");

    private static string Shown(string text) => text.Length > 100 ? text[..100] + "..." : text;

    private static double Number(Setting setting, string word, string text, string name)
        => NumberText.Number(word) is { } value
            && (setting.Kind is not SettingKind.Whole || (value == Math.Floor(value) && Math.Abs(value) < (1L << 53)))
            ? value
            : throw new ArgumentException(
                $"{name} takes {(setting.Kind is SettingKind.Whole ? "whole numbers" : "numbers")}: a value, a list such as "
                + $"1,2,4, or a range such as 0.1..1, not {Shown(text)}{NumberText.Advice(word, setting.Kind is SettingKind.Whole)}");
}
