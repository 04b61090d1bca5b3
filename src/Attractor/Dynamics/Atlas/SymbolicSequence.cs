namespace Attractor.Dynamics;

/// <summary>Counts on a sequence of symbols.</summary>
internal static class SymbolicSequence
{
    private const int MostRounds = 10_000;
    private const double Converged = 1e-12;

    /// <summary>Each symbol once however often it is repeated, with how often that is.</summary>
    public static IEnumerable<(int Symbol, int Steps)> Itinerary(IReadOnlyList<int> symbols)
    {
        int start = 0;
        for (int t = 1; t <= symbols.Count; t++)
        {
            if (t < symbols.Count && symbols[t] == symbols[start])
                continue;
            yield return (symbols[start], t - start);
            start = t;
        }
    }

    /// <summary>The number of different words of length 1 .. <paramref name="longest"/>.</summary>
    public static int[] Words(IReadOnlyList<int> symbols, int longest)
    {
        // A word is known by the number of its beginning and its last symbol, so that no two are taken for one.
        int[] word = [.. symbols], counts = new int[longest];
        Dictionary<(int, int), int> known = [];
        for (int length = 1; length <= longest; length++)
        {
            known.Clear();
            int last = symbols.Count - length;
            for (int t = 0; t <= last; t++)
            {
                (int, int) key = length == 1 ? (0, symbols[t]) : (word[t], symbols[t + length - 1]);
                if (!known.TryGetValue(key, out int number))
                    known[key] = number = known.Count;
                word[t] = number;
            }
            counts[length - 1] = known.Count;
        }
        return counts;
    }

    /// <summary>The transitions by From, then To.</summary>
    public static RegionTransition[] Transitions(IReadOnlyList<int> symbols)
    {
        Dictionary<(int From, int To), int> counts = [];
        Dictionary<int, int> from = [];
        for (int t = 1; t < symbols.Count; t++)
        {
            (int, int) edge = (symbols[t - 1], symbols[t]);
            counts[edge] = counts.GetValueOrDefault(edge) + 1;
            from[edge.Item1] = from.GetValueOrDefault(edge.Item1) + 1;
        }
        return [.. counts
            .OrderBy(c => c.Key)
            .Select(c => new RegionTransition(c.Key.From, c.Key.To, c.Value, (double)c.Value / from[c.Key.From]))];
    }

    /// <summary>ln of the largest eigenvalue of the graph's adjacency matrix.</summary>
    public static double TopologicalEntropy(IReadOnlyList<RegionTransition> transitions, int symbols)
    {
        if (transitions.Count == 0)
            return 0;
        // Of I + the matrix, so that the iteration also settles on a graph whose paths return at multiples of a period only.
        double[] x = new double[symbols], next = new double[symbols];
        Array.Fill(x, 1.0 / symbols);
        double growth = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            x.CopyTo(next, 0);
            foreach (RegionTransition edge in transitions)
                next[edge.From] += x[edge.To];
            double sum = next.Sum();
            for (int i = 0; i < symbols; i++)
                next[i] /= sum;
            (x, next) = (next, x);
            if (Math.Abs(sum - growth) < Converged * sum)
                return Math.Log(Math.Max(1, sum - 1));
            growth = sum;
        }
        return Math.Log(Math.Max(1, growth - 1));
    }

    /// <summary>-sum p_i P_ij ln P_ij, p_i by the counts.</summary>
    public static double MarkovEntropy(IReadOnlyList<RegionTransition> transitions)
    {
        double steps = transitions.Sum(t => (double)t.Count);
        return steps == 0 ? 0 : -transitions.Sum(t => t.Count / steps * Math.Log(t.Probability));
    }
}
