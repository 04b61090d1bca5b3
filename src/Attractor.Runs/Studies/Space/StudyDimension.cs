using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>One setting that varies: a list of values, or a range that is drawn from evenly or evenly in the logarithm.</summary>
/// <remarks>
/// A coordinate is a number: the value where the dimension is a range or all of its values are numbers, else the place in the list.
/// </remarks>
public sealed class StudyDimension
{
    private readonly double[] _numbers;

    internal StudyDimension(Setting setting, IReadOnlyList<string> values, bool isNumeric, double[] numbers)
        => (Setting, Values, IsNumeric, _numbers) = (setting, values, isNumeric, numbers);

    internal StudyDimension(Setting setting, double low, double high, bool isLogarithmic)
    {
        (Setting, Values, IsNumeric, _numbers) = (setting, [], true, [low, high]);
        (IsRange, IsLogarithmic) = (true, isLogarithmic);
    }

    /// <summary>Which.</summary>
    public Setting Setting { get; }

    /// <summary>The values of a list, as command lines write them; none of a range.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether values are drawn between two ends.</summary>
    public bool IsRange { get; }

    /// <summary>Whether a range is drawn from evenly in the logarithm.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether coordinates are the values themselves.</summary>
    public bool IsNumeric { get; }

    /// <summary>Whether the values of a range are whole numbers.</summary>
    public bool IsWhole => Setting.Kind is SettingKind.Whole;

    /// <summary>The lower end of a range.</summary>
    public double Low => _numbers[0];

    /// <summary>The upper end of a range, which belongs to it.</summary>
    public double High => _numbers[1];

    /// <summary>When the dimension is there; null if always.</summary>
    public StudyCondition? Condition { get; init; }

    /// <summary>Whether there is more than one value.</summary>
    public bool Varies => IsRange || Values.Count > 1;

    /// <summary>Both ends of a range, or all values: what a setting must take for the space to be one.</summary>
    internal IReadOnlyList<double> Ends => _numbers;

    /// <summary>Whether its orders of magnitude are what matters.</summary>
    internal bool IsOfScale => Setting.IsScale && IsNumeric && _numbers.All(v => v > 0);

    /// <summary>How many values a list has; none of a range.</summary>
    internal int Count => Values.Count;

    /// <summary>The coordinate of a value of the list.</summary>
    internal double At(int index) => IsNumeric ? _numbers[index] : index;

    /// <summary>The place in the list of a coordinate; -1 if it has none.</summary>
    internal int IndexOf(double coordinate) => IsNumeric
        ? Array.IndexOf(_numbers, coordinate)
        : coordinate >= 0 && coordinate < Count ? (int)coordinate : -1;

    /// <summary>A coordinate for a number that is uniform on [0, 1).</summary>
    internal double Draw(double uniform)
    {
        if (!IsRange)
            return At(Math.Min((int)(uniform * Count), Count - 1));
        if (IsWhole && !IsLogarithmic)
            return Math.Min(Low + Math.Floor(uniform * (High - Low + 1)), High);
        double value = IsLogarithmic
            ? Math.Exp(Math.Log(Low) + (uniform * (Math.Log(High) - Math.Log(Low))))
            : Low + (uniform * (High - Low));
        return Math.Clamp(IsWhole ? Math.Round(value) : value, Low, High);
    }

    /// <summary>A coordinate from a stream.</summary>
    internal double Draw(RandomStream random)
    {
        if (!IsRange)
            return At((int)random.NextInt64(Count));
        double value = IsLogarithmic
            ? Math.Exp(random.NextUniform(Math.Log(Low), Math.Log(High)))
            : random.NextUniform(Low, High);
        return Math.Clamp(IsWhole ? Math.Round(value) : value, Low, High);
    }

    /// <summary>The value of a coordinate as the settings hold it.</summary>
    /// <exception cref="ArgumentException">The setting does not take it.</exception>
    internal object? ToSetting(double coordinate) => Setting.Parse(ToText(coordinate));

    /// <summary>The value of a coordinate as a command line writes it.</summary>
    internal string ToText(double coordinate) => IsRange
        ? coordinate.ToString("R", CultureInfo.InvariantCulture) is var text && IsWhole
            ? coordinate.ToString("F0", CultureInfo.InvariantCulture)
            : text
        : Values[IndexOf(coordinate)];

    /// <summary>The coordinate of a value as a command line writes it; null if it is none.</summary>
    internal double? FromText(string text)
    {
        double? number = NumberText.Number(text);
        if (!IsNumeric)
            return Values.ToList().IndexOf(text) is >= 0 and var index ? index : null;
        return number is { } value && (IsRange ? value >= Low && value <= High && (!IsWhole || value == Math.Floor(value))
            : _numbers.Contains(value)) ? value : null;
    }

    /// <summary>As a command line writes it: <c>lr=0.0001..0.01:log if optimizer=adam</c>.</summary>
    public override string ToString() => $"{Setting.Key}={DimensionText.Of(this)}{(Condition is { } when ? $" if {when}" : "")}";
}
