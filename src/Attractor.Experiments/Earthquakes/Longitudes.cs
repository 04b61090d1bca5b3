namespace Attractor.Experiments;

/// <summary>
/// Longitudes as positions on a line: the circle is cut where there is most room, so that no fault is torn at 180 degrees.
/// </summary>
internal static class Longitudes
{
    private const double Turn = 360, Rounding = 1e-9;

    /// <summary>The longitudes counted on from the cut.</summary>
    /// <param name="degrees">Longitudes; what is missing stays so.</param>
    /// <returns>They, each moved by whole turns, and whether any was.</returns>
    public static (double[] Unwrapped, bool Moved) Unwrap(IReadOnlyList<double> degrees)
    {
        double[] sorted = [.. degrees.Where(double.IsFinite).Select(Wrapped).Order()];
        if (sorted.Length < 2)
            return ([.. degrees], false);
        double widest = sorted[0] + Turn - sorted[^1], first = sorted[0];
        for (int i = 1; i < sorted.Length; i++)
            if (sorted[i] - sorted[i - 1] > widest)
                (widest, first) = (sorted[i] - sorted[i - 1], sorted[i]);
        double[] unwrapped = [.. degrees.Select(d => Wrapped(d) < first ? Wrapped(d) + Turn : Wrapped(d))];
        // As near to the customary numbers as can be, and only where that brings together what was apart.
        double turns = first > Turn / 2 ? Turn : 0;
        for (int i = 0; i < unwrapped.Length; i++)
            unwrapped[i] -= turns;
        return Extent(unwrapped) < Extent(degrees) - Rounding ? (unwrapped, true) : ([.. degrees], false);
    }

    private static double Extent(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Max() - finite.Min();
    }

    private static double Wrapped(double degrees) => degrees - (Turn * Math.Floor(degrees / Turn));
}
