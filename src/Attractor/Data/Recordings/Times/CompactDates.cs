namespace Attractor.Data;

/// <summary>Dates written as one number: 20241231, or 20241231235959 with the time of day.</summary>
internal static class CompactDates
{
    private const double FirstDay = 1000_01_01, LastDay = 9999_12_31, Clock = 1e6;

    /// <summary>Seconds since the first row; null unless every number is such a date.</summary>
    public static double[]? Seconds(ReadOnlySpan<double> numbers)
    {
        double[] seconds = new double[numbers.Length];
        long first = 0;
        for (int i = 0; i < seconds.Length; i++)
        {
            if (Ticks(numbers[i]) is not { } ticks)
                return null;
            first = i == 0 ? ticks : first;
            seconds[i] = (ticks - first) / (double)TimeSpan.TicksPerSecond;
        }
        return seconds.Length > 0 ? seconds : null;
    }

    private static long? Ticks(double number)
    {
        if (number != Math.Floor(number))
            return null;
        bool hasClock = number > LastDay;
        double day = hasClock ? Math.Floor(number / Clock) : number;
        if (day is not (>= FirstDay and <= LastDay))
            return null;
        (int date, int clock) = ((int)day, hasClock ? (int)(number - (day * Clock)) : 0);
        (int year, int month, int dayOfMonth) = (date / 10_000, date / 100 % 100, date % 100);
        (int hours, int minutes, int seconds) = (clock / 10_000, clock / 100 % 100, clock % 100);
        return month is >= 1 and <= 12 && dayOfMonth >= 1 && dayOfMonth <= DateTime.DaysInMonth(year, month)
            && hours < 24 && minutes < 60 && seconds < 60
            ? new DateTime(year, month, dayOfMonth, hours, minutes, seconds, DateTimeKind.Utc).Ticks
            : null;
    }
}
