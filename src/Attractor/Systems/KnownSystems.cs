namespace Attractor.Systems;

/// <summary>The catalogue of systems that go by a name, with their customary parameters.</summary>
public static class KnownSystems
{
    private static readonly Dictionary<string, OrdinaryDifferentialEquation> s_systems = new(StringComparer.OrdinalIgnoreCase)
    {
        [Lorenz63.Default.Name] = Lorenz63.Default,
        [Lorenz96.Default.Name] = Lorenz96.Default,
        [Roessler.Default.Name] = Roessler.Default,
    };

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lorenz"] = "lorenz63",
        ["rossler"] = "roessler",
        ["r\u00F6ssler"] = "roessler",
    };

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_systems.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The system of a name (or of an alias such as <c>rossler</c>), whatever its case.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names and the nearest.</exception>
    public static OrdinaryDifferentialEquation Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (s_systems.TryGetValue(s_aliases.GetValueOrDefault(name, name), out OrdinaryDifferentialEquation? system))
            return system;
        string nearest = Names.MinBy(known => EditDistance(name.ToLowerInvariant(), known))!;
        string hint = EditDistance(name.ToLowerInvariant(), nearest) <= 4 ? $" Did you mean '{nearest}'?" : "";
        throw new ArgumentException($"There is no system '{name}'; the known ones are {string.Join(", ", Names)}.{hint}", nameof(name));
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
