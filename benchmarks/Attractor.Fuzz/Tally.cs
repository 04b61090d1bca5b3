using System.Globalization;

namespace Attractor.Fuzz;

/// <summary>How many cases there were, by what became of them.</summary>
internal readonly record struct Tally(long Cases, long Succeeded, long Failed, long Refused)
{
    private const string Word = "case";

    public static Tally operator +(Tally a, Tally b)
        => new(a.Cases + b.Cases, a.Succeeded + b.Succeeded, a.Failed + b.Failed, a.Refused + b.Refused);

    public Tally With(int code) => this + new Tally(1, code == 0 ? 1 : 0, code == 1 ? 1 : 0, code == 2 ? 1 : 0);

    /// <summary>A line that a worker says when cases are over.</summary>
    /// <param name="number">The last of them.</param>
    /// <param name="part">What became of them.</param>
    public static string Line(long number, Tally part) => string.Create(
        CultureInfo.InvariantCulture, $"{Word} {number} {part.Cases} {part.Succeeded} {part.Failed} {part.Refused}");

    public static bool TryParse(string line, out long number, out Tally part)
    {
        (number, part) = (0, default);
        string[] words = line.Split(' ');
        if (words.Length != 6 || words[0] != Word)
            return false;
        long[] values = new long[5];
        for (int i = 0; i < values.Length; i++)
            if (!long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
                return false;
        (number, part) = (values[0], new(values[1], values[2], values[3], values[4]));
        return true;
    }
}
