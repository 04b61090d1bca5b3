using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>The values of one hyperparameter that a search tries: <c>0.5</c>, <c>0.2,0.5,0.8</c> or <c>0.1..1</c>.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Values">The values, or the two ends of a range.</param>
/// <param name="IsRange">Whether values are drawn between the two ends.</param>
internal sealed record SearchDimension(Setting Setting, IReadOnlyList<double> Values, bool IsRange)
{
    private const int MostValues = 10_000;

    /// <summary>Scales, whose orders of magnitude matter, are drawn evenly in the logarithm.</summary>
    public bool IsLogarithmic => Setting.IsScale && Values.All(v => v > 0);

    public bool Varies => IsRange || Values.Count > 1;

    public static SearchDimension Parse(Setting setting, string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length == 2)
        {
            double low = Number(setting, ends[0], text), high = Number(setting, ends[1], text);
            return low < high
                ? new(setting, [low, high], true)
                : throw new ArgumentException($"{setting.Option} takes a range from less to more, not {text}");
        }
        string[] words = text.Split(',');
        return ends.Length == 1 && words.Length <= MostValues
            ? new(setting, [.. words.Select(w => Number(setting, w, text))], false)
            : throw new ArgumentException($"{setting.Option} takes a value, a list such as 1,2,4, or a range such as 0.1..1, not {text}");
    }

    public double Draw(RandomStream random)
    {
        if (!IsRange)
            return Values[(int)random.NextInt64(Values.Count)];
        double value = IsLogarithmic
            ? Math.Exp(random.NextUniform(Math.Log(Values[0]), Math.Log(Values[1])))
            : random.NextUniform(Values[0], Values[1]);
        return Setting.Kind is SettingKind.Whole ? Math.Round(value) : value;
    }

    /// <summary>The value as the settings hold it.</summary>
    public object ToSetting(double value) => Setting.Kind is SettingKind.Whole ? (object)checked((int)value) : value;

    private static double Number(Setting setting, string word, string text)
    {
        bool parsed = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        return parsed && (setting.Kind is not SettingKind.Whole || (value == Math.Floor(value) && Math.Abs(value) < long.MaxValue))
            ? value
            : throw new ArgumentException(
                $"{setting.Option} takes {(setting.Kind is SettingKind.Whole ? "whole numbers" : "numbers")}: a value, a list such as "
                + $"1,2,4, or a range such as 0.1..1, not {text}");
    }
}
