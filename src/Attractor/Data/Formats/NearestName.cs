namespace Attractor.Data;

/// <summary>What somebody who mistyped a name may have meant.</summary>
internal static class NearestName
{
    private const int LargestDistance = 4;

    /// <summary>
    /// The known name with the fewest edits to the wanted one, whatever their case; null if none comes nearer than half its length.
    /// </summary>
    public static string? Among(IEnumerable<string> known, string wanted)
    {
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

    // Levenshtein 1966, one row at a time.
    private static int EditDistance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
