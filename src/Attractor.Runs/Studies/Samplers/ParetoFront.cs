namespace Attractor.Runs;

/// <summary>Points of several objectives, each of which is the better the less it is.</summary>
internal static class ParetoFront
{
    /// <summary>Those that no other is at least as good as in every objective and better in one.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, Func<T, IReadOnlyList<double>> values)
        => [.. all.Where(a => !all.Any(b => Dominates(values(b), values(a))))];

    /// <summary>
    /// Front after front (K. Deb et al., IEEE Transactions on Evolutionary Computation 6, 2002), each with those first that are
    /// farthest from their neighbours.
    /// </summary>
    public static IEnumerable<T> Ranked<T>(IReadOnlyList<T> all, Func<T, IReadOnlyList<double>> values)
    {
        List<T> left = [.. all];
        while (left.Count > 0)
        {
            IReadOnlyList<T> front = Of(left, values);
            double[] distances = Distances(front, values);
            foreach (int i in Enumerable.Range(0, front.Count).OrderByDescending(i => distances[i]))
                yield return front[i];
            left.RemoveAll(front.Contains);
        }
    }

    private static bool Dominates(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        bool better = false;
        for (int i = 0; i < a.Count; i++)
            if (a[i] > b[i])
                return false;
            else
                better |= a[i] < b[i];
        return better;
    }

    private static double[] Distances<T>(IReadOnlyList<T> front, Func<T, IReadOnlyList<double>> values)
    {
        double[] distances = new double[front.Count];
        for (int o = 0; o < values(front[0]).Count; o++)
        {
            int[] order = [.. Enumerable.Range(0, front.Count).OrderBy(i => values(front[i])[o])];
            double range = values(front[order[^1]])[o] - values(front[order[0]])[o];
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (int i = 1; i < order.Length - 1 && range > 0; i++)
                distances[order[i]] += (values(front[order[i + 1]])[o] - values(front[order[i - 1]])[o]) / range;
        }
        return distances;
    }
}
