namespace Attractor.Evaluation;

/// <summary>Where an orbit ends up: at a point, on a cycle, at infinity, or none of these.</summary>
/// <param name="IsFinite">Whether all of its rows are finite, and within a million standard deviations of the data from 0.</param>
/// <param name="Period">1 at a fixed point, k on a cycle of order k; null where no row comes back.</param>
internal readonly record struct OrbitEnding(bool IsFinite, int? Period)
{
    private const double Tolerance = 1e-6, Infinity = 1e6;
    private const int MostRows = 1000;

    /// <param name="rows">The last rows of an orbit, T x N.</param>
    /// <param name="scale">N standard deviations of the data: rows are equal that differ by less than 1e-6 of these.</param>
    public static OrbitEnding Of(TimeSeries rows, IReadOnlyList<double> scale)
    {
        for (int i = 0; i < rows.Values.Length; i++)
            if (!(Math.Abs(rows.Values[i]) <= Infinity * scale[i % scale.Count]))
                return new(false, null);
        int first = Math.Max(0, rows.Length - MostRows), count = rows.Length - first;
        for (int period = 1; 2 * period <= count; period++)
            if (Returns(rows, first, period, scale))
                return new(true, period);
        return new(true, null);
    }

    private static bool Returns(TimeSeries rows, int first, int period, IReadOnlyList<double> scale)
    {
        for (int t = rows.Length - 1; t >= first + period; t--)
            for (int n = 0; n < scale.Count; n++)
                if (!(Math.Abs(rows[t, n] - rows[t - period, n]) <= Tolerance * scale[n]))
                    return false;
        return true;
    }
}
