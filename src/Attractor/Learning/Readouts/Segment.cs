namespace Attractor.Learning;

/// <summary>A stretch of one series that one lane runs through.</summary>
/// <param name="Series">Which series.</param>
/// <param name="First">Its first row, from the state 0.</param>
/// <param name="Counted">The first row whose sample belongs to it; the ones before are for forgetting the state 0.</param>
/// <param name="End">The row after its last.</param>
internal readonly record struct Segment(int Series, int First, int Counted, int End)
{
    public int Rows => End - First;

    /// <summary>
    /// Cuts each series into segments, so many that their warm-up is at most a quarter of the work. It depends on the lengths alone, never
    /// on the number of threads.
    /// </summary>
    /// <param name="lengths">Rows of each series.</param>
    /// <param name="forgetting">Rows a segment needs beforehand; null: every series is one segment.</param>
    public static List<Segment> Cut(IReadOnlyList<int> lengths, int? forgetting)
    {
        const int Lanes = RidgeStatistics.Lanes, MostPanels = 8, Least = 4;
        List<Segment> segments = [];
        for (int s = 0; s < lengths.Count; s++)
        {
            int length = lengths[s], count = 1;
            if (forgetting is { } rows)
            {
                count = (int)Math.Min(length / ((long)Least * Math.Max(rows, 8)), Lanes * MostPanels);
                // Whole panels: idle lanes cost as much as busy ones.
                count = count >= Lanes ? count / Lanes * Lanes : count >= 2 && lengths.Count == 1 ? count : 1;
            }
            for (int i = 0; i < count; i++)
            {
                int begin = (int)((long)length * i / count), end = (int)((long)length * (i + 1) / count);
                segments.Add(new(s, Math.Max(0, begin - (forgetting ?? 0)), begin, end));
            }
        }
        return segments;
    }
}
