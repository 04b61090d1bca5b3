using System.Globalization;

namespace Attractor.Fuzz;

/// <summary>How many cases there were, by what became of them.</summary>
internal readonly record struct Tally(long Cases, long Succeeded, long Failed, long Refused)
{
    private const string Word = "case";

    public static Tally operator +(Tally a, Tally b)
        => new(a.Cases + b.Cases, a.Succeeded + b.Succeeded, a.Failed + b.Failed, a.Refused + b.Refused);

    public Tally With(int code) => this + new Tally(1, code == 0 ? 1 : 0, code == 1 ? 1 : 0, code == 2 ? 1 : 0);

    /// <summary>A line that a worker says when a case is over.</summary>
    public static string Line(long number, int code) => string.Create(CultureInfo.InvariantCulture, $"{Word} {number} {code}");

    public static bool TryParse(string line, out long number, out int code)
    {
        (number, code) = (0, 0);
        string[] words = line.Split(' ');
        return words.Length == 3 && words[0] == Word
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && int.TryParse(words[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out code);
    }
}
