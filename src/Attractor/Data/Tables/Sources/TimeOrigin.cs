using System.Globalization;

namespace Attractor.Data;

/// <summary>Makes seconds of the instants of a column, counted from the first of them, which keeps their last digits.</summary>
/// <param name="perSecond">Units of the instants in a second.</param>
internal sealed class TimeOrigin(long perSecond)
{
    private long? _first;

    /// <summary>Seconds since the first instant.</summary>
    /// <param name="value">An instant, in units since 1970.</param>
    public double Seconds(long value)
    {
        long first = _first ??= value;
        long difference = unchecked(value - first);
        bool overflows = (value < 0) != (first < 0) && (difference < 0) != (value < 0);
        return (overflows ? (double)value - first : difference) / perSecond;
    }

    /// <summary>An instant in words.</summary>
    /// <param name="seconds">Seconds since the first.</param>
    public string Text(double seconds)
    {
        double ticks = DateTime.UnixEpoch.Ticks + ((((_first ?? 0) / (double)perSecond) + seconds) * TimeSpan.TicksPerSecond);
        return ticks >= 0 && ticks < DateTime.MaxValue.Ticks ? Text((long)ticks) : "a time out of range";
    }

    /// <summary>Ticks of the calendar as ISO 8601 writes them.</summary>
    public static string Text(long ticks) => new DateTime(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
