using System.Globalization;

namespace Attractor.Reports;

/// <summary>A point in few words.</summary>
public static class PointText
{
    /// <summary>Its first coordinates, and dots for the others.</summary>
    /// <param name="point">D values.</param>
    /// <param name="format">Of a number.</param>
    /// <param name="most">Coordinates that are shown.</param>
    public static string Of(IReadOnlyList<double> point, string format = "G3", int most = 3)
    {
        ArgumentNullException.ThrowIfNull(point);
        return string.Join(", ", point.Take(most).Select(x => x.ToString(format, CultureInfo.InvariantCulture)))
            + (point.Count > most ? ", ..." : "");
    }
}
