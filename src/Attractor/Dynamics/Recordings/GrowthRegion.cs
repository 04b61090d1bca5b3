namespace Attractor.Dynamics;

/// <summary>
/// The part of a divergence curve that grows exponentially: between two shares of the way from its start to its saturation.
/// </summary>
/// <param name="Start">Share of the rise at which it begins: until then distances turn into the unstable direction.</param>
/// <param name="End">Share of the rise at which it ends: from then on they feel the size of the attractor.</param>
internal readonly record struct GrowthRegion(double Start, double End)
{
    /// <summary>For single nearest neighbours, which begin well below the attractor's size.</summary>
    public static GrowthRegion OfNearest => new(0.05, 0.75);

    /// <summary>
    /// For neighbourhoods of a common radius, within which the smallest distances count for little: the turning takes longer.
    /// </summary>
    public static GrowthRegion OfNeighbourhoods => new(0.3, 0.8);

    /// <summary>First and last row of the region.</summary>
    /// <param name="curve">Mean logarithmic distance by row.</param>
    /// <param name="memory">Rows that a point of the embedding spans: for half as long the distance knows that it was small.</param>
    public (int From, int To) Of(double[] curve, int memory)
    {
        double saturation = curve[(3 * curve.Length / 4)..].Average(), rise = saturation - curve[0];
        int from = Math.Min(memory / 2, curve.Length / 4), to = curve.Length - 1;
        if (!(rise > 0))
            return (0, to);
        while (from < to && curve[from] < curve[0] + (Start * rise))
            from++;
        for (int step = from; step < curve.Length; step++)
        {
            if (curve[step] < curve[0] + (End * rise))
                continue;
            to = step;
            break;
        }
        return to - from >= 2 ? (from, to) : (0, Math.Max(2, to));
    }
}
