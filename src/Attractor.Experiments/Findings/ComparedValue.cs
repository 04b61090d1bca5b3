using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>A value to compare: a number, a range of numbers, several numbers, or words.</summary>
internal sealed class ComparedValue
{
    // Up to here a number is written out.
    private const double LargestWhole = 1e9;

    private readonly double[] _numbers;
    private readonly string? _words;
    private readonly string _format;
    private readonly bool _isRange;

    private ComparedValue(double[] numbers, string format, bool isRange = false, string? words = null)
        => (_numbers, _format, _isRange, _words) = (numbers, format, isRange, words);

    /// <summary>What the document says nothing about.</summary>
    public static ComparedValue None { get; } = Words("");

    public static ComparedValue Number(double value, string format = "G6") => new([value], format);

    public static ComparedValue Range(double low, double high, string format = "G6") => new([low, high], format, isRange: true);

    public static ComparedValue List(IReadOnlyList<double> values, string format = "G6") => new([.. values], format);

    public static ComparedValue Words(string words) => new([], "", words: words);

    /// <summary>
    /// This less another: of numbers, and of as many numbers; to a range how far it is outside. Null where there is none.
    /// </summary>
    public ComparedValue? Less(ComparedValue other)
    {
        if (_numbers.Length == 0 || other._numbers.Length == 0 || _isRange)
            return null;
        if (other._isRange)
            return _numbers is not [var value] ? null
                : Number(value < other._numbers[0] ? value - other._numbers[0] : Math.Max(0, value - other._numbers[1]), "G3");
        return _numbers.Length == other._numbers.Length ? List([.. _numbers.Zip(other._numbers, (a, b) => a - b)], "G3") : null;
    }

    public override string ToString() => _words ?? string.Join(_isRange ? " to " : ", ", _numbers.Select(Text));

    public JsonNode? ToJson() => _words is not null ? _words.Length > 0 ? JsonValue.Create(_words) : null
        : _numbers is [var only] ? Json.Number(only)
        : new JsonArray([.. _numbers.Select(Json.Number)]);

    // A difference of rounding alone is none.
    private string Text(double value)
    {
        if (Math.Abs(value) < 1e-13)
            return "0";
        string text = value.ToString(_format, CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text
            : Math.Abs(value) is >= 1 and < LargestWhole ? value.ToString("F0", CultureInfo.InvariantCulture)
            : $"{text[..exponent]}e{int.Parse(text[(exponent + 1)..], CultureInfo.InvariantCulture)}";
    }
}
