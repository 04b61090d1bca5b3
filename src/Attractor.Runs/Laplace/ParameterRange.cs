using System.Globalization;

namespace Attractor.Runs;

/// <summary>Values of one parameter, <c>n=1,5,10</c> or <c>n=1..1e6</c>: from one end to the other in steps of 1, 2, 5, 10.</summary>
internal static class ParameterRange
{
    private const int Most = 100;

    private static readonly int[] s_steps = [1, 2, 5];

    /// <exception cref="FormatException">The text is no such thing; the message says what is.</exception>
    public static (string Name, double[] Values) Parse(string text)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || parts[0].Length == 0)
            throw Wrong(text);
        string[] ends = parts[1].Split("..");
        double[] values;
        if (ends.Length == 2)
        {
            if (NumberText.Number(ends[0]) is not { } low || NumberText.Number(ends[1]) is not { } high || !(low > 0) || !(high > low))
                throw Wrong(text);
            values = [.. Between(low, high)];
        }
        else
        {
            values = [.. parts[1].Split(',').Select(v => NumberText.Number(v) ?? throw Wrong(text))];
        }
        return values.Length <= Most
            ? (parts[0], values)
            : throw new FormatException($"{parts[0]} takes {values.Length} values, at most {Most} are done in one go");
    }

    private static IEnumerable<double> Between(double low, double high)
    {
        yield return low;
        for (int e = (int)Math.Floor(Math.Log10(low)); e <= Math.Log10(high); e++)
            foreach (int step in s_steps)
                // The nearest number to what is written, which a power of ten times a step is not.
                if (double.Parse(string.Create(CultureInfo.InvariantCulture, $"{step}e{e}"), CultureInfo.InvariantCulture) is var value
                    && value > low && value < high)
                    yield return value;
        yield return high;
    }

    private static FormatException Wrong(string text)
        => new($"takes a parameter and its values, such as n=1..1e6 (both above 0) or n=1,5,10, not '{text}'");
}
