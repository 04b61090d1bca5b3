namespace Attractor.Data;

/// <summary>What somebody who mistyped a name may have meant.</summary>
public static class NearestName
{
    private const int LargestDistance = 4, LongestName = 64;

    /// <summary>
    /// The known name with the fewest edits to the wanted one, whatever their case: letters inserted, left out or replaced, and neighbours
    /// that changed places (optimal string alignment; Damerau 1964).
    /// </summary>
    /// <param name="known">The names that there are.</param>
    /// <param name="wanted">The name that is none of them.</param>
    /// <returns>Null if none comes nearer than half its length and 4 edits, or if it is longer than 64 letters.</returns>
    public static string? Among(IEnumerable<string> known, string wanted)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(wanted);
        if (wanted.Length > LongestName)
            return null;
        string lower = wanted.ToLowerInvariant();
        int farthest = Math.Min(LargestDistance, wanted.Length / 2);
        // Lengths that differ by more need more edits than that.
        (string? Name, int Distance) nearest = known
            .Where(name => Math.Abs(name.Length - wanted.Length) <= farthest)
            .Select(name => (Name: (string?)name, Distance: EditDistance(lower, name.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= farthest ? nearest.Name : null;
    }

    private static int EditDistance(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        return edits[a.Length, b.Length];
    }
}
