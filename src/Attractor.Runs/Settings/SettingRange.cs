using System.Globalization;

namespace Attractor.Runs;

/// <summary>The range of a setting's numbers, as a check and in words.</summary>
internal static class SettingRange
{
    public static bool Fits(SettingAttribute declared, object value) => value switch
    {
        int whole => Fits(declared, whole),
        long whole => Fits(declared, whole),
        double number => double.IsFinite(number) && Fits(declared, number),
        IReadOnlyList<int> several => several.All(v => Fits(declared, v)),
        IReadOnlyList<double> several => several.All(v => double.IsFinite(v) && Fits(declared, v)),
        _ => true,
    };

    /// <summary>Of several numbers the first that does not fit.</summary>
    public static object Offending(SettingAttribute declared, object value) => value switch
    {
        IReadOnlyList<int> several => (int[])[several.First(v => !Fits(declared, v))],
        IReadOnlyList<double> several => (double[])[several.First(v => !double.IsFinite(v) || !Fits(declared, v))],
        _ => value,
    };

    /// <summary>Such as "above 0 and at most 1"; null if there is no limit.</summary>
    public static string? Describe(SettingAttribute declared)
    {
        string?[] limits =
        [
            declared.Above > double.NegativeInfinity ? Number("above", declared.Above) : null,
            declared.Least > double.NegativeInfinity ? Number("at least", declared.Least) : null,
            declared.Most < double.PositiveInfinity ? Number("at most", declared.Most) : null,
        ];
        string[] given = [.. limits.OfType<string>()];
        return given.Length == 0 ? null : string.Join(" and ", given);
    }

    /// <summary>What a message asks for.</summary>
    public static string Demand(SettingAttribute declared, object value) => declared.Demand ?? (Describe(declared), value) switch
    {
        ("above 0", not IReadOnlyList<double>) => "be positive",
        ("at least 0", double) => "not be negative",
        (null, _) => "be a finite number",
        ({ } limits, _) => "be " + limits,
    };

    private static bool Fits(SettingAttribute declared, double value)
        => value >= declared.Least && value <= declared.Most && value > declared.Above;

    private static string Number(string words, double value) => string.Create(CultureInfo.InvariantCulture, $"{words} {value}");
}
