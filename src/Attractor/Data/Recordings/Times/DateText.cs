using System.Globalization;

namespace Attractor.Data;

/// <summary>Dates and times as files write them, as ticks of 100 ns.</summary>
/// <remarks>
/// Year first (ISO 8601, with a T or a blank, with a zone or none), or day and month before the year with points or slashes: which of the
/// two comes first is a matter of the column, so both readings are given. English names of months tell. A month alone is its first day, a
/// time alone one since midnight, and so is a number of days with a time, as pandas writes spans. Years of two digits, after points or
/// slashes, are those from 1970 to 2069; between slashes they may also come first.
/// </remarks>
internal readonly record struct DateText(long? DayFirst, long? MonthFirst, bool HasZone)
{
    private const int Longest = 40, FirstShortYear = 70;

    /// <summary>The reading of a date of three short numbers between slashes with the year first; null of any other.</summary>
    public long? ShortYearFirst { get; private init; }

    /// <summary>Whether its year has two digits.</summary>
    public bool IsShort { get; private init; }

    /// <summary>The date in a cell; null of anything else.</summary>
    public static DateText? Parse(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is < 5 or > Longest || !char.IsAsciiDigit((char)cell[0]))
            return null;
        Span<char> text = stackalloc char[Longest];
        for (int i = 0; i < cell.Length; i++)
            text[i] = (char)cell[i];
        text = text[..cell.Length];
        if (Span(text) is { } span)
            return new(span, span, false);
        int split = text.IndexOfAny(' ', 'T');
        ReadOnlySpan<char> date = split < 0 ? text : text[..split], time = split < 0 ? "" : text[(split + 1)..];
        if (split < 0 && text.Contains(':'))
            return Clock(text) is { Zone: null } alone ? new(alone.Ticks, alone.Ticks, false) : null;
        if (date.Length > 6 && Month(date) is { } first)
            return time.IsEmpty ? new(first, first, false) : null;
        if (Numbers(date, out bool isNamed) is not ({ } a, { } b, { } c))
            return null;
        (long Ticks, long? Zone)? clock = time.IsEmpty ? (0, null) : Clock(time);
        if (clock is not { } found)
            return null;
        long ticks = found.Ticks - (found.Zone ?? 0);
        bool zoned = found.Zone is not null;
        if (a > 31)
            return Day(a, b, c) is { } day ? new(day + ticks, day + ticks, zoned) : null;
        bool hasPoints = date.Contains('.'), isShort = date.Length > 4 && date[^3] is '.' or '/';
        int year = isShort && c < 100 ? Century(c) : c;
        (long? dayFirst, long? monthFirst) = (Day(year, b, a), isNamed ? Day(year, b, a) : hasPoints ? null : Day(year, a, b));
        return dayFirst is null && monthFirst is null ? null : new(dayFirst + ticks, monthFirst + ticks, zoned)
        {
            IsShort = isShort,
            ShortYearFirst = isShort && !hasPoints && !isNamed ? Day(Century(a), b, c) + ticks : null,
        };
    }

    private static int Century(int year) => year + (year < FirstShortYear ? 2000 : 1900);

    // 2024-01: no day.
    private static long? Month(ReadOnlySpan<char> date)
        => date.Length == 7 && date[4] is ('-' or '/') && Whole(date[..4]) is { } year && Whole(date[5..]) is { } month
            ? Day(year, month, 1)
            : null;

    // 2 days 03:04:05.678
    private static long? Span(ReadOnlySpan<char> text)
    {
        int word = text.IndexOf(" day", StringComparison.Ordinal);
        if (word < 1 || Whole(text[..word]) is not { } days)
            return null;
        ReadOnlySpan<char> rest = text[(word + 4)..].TrimStart('s').Trim();
        return rest.IsEmpty ? days * TimeSpan.TicksPerDay
            : Clock(rest) is { Zone: null } clock ? (days * TimeSpan.TicksPerDay) + clock.Ticks : null;
    }

    private static (int?, int?, int?) Numbers(ReadOnlySpan<char> date, out bool isNamed)
    {
        isNamed = false;
        int first = date.IndexOfAny('-', '/', '.');
        if (first < 1)
            return default;
        int second = date[(first + 1)..].IndexOf(date[first]);
        if (second < 1)
            return default;
        second += first + 1;
        int? month = MonthOf(date[(first + 1)..second]);
        isNamed = month is not null;
        return (Whole(date[..first]), month ?? Whole(date[(first + 1)..second]), Whole(date[(second + 1)..]));
    }

    private static int? MonthOf(ReadOnlySpan<char> name)
    {
        if (name.Length < 3)
            return null;
        string[] months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
        for (int i = 0; i < 12; i++)
            if (months[i].AsSpan().Equals(name, StringComparison.OrdinalIgnoreCase)
                || months[i].AsSpan(0, 3).Equals(name, StringComparison.OrdinalIgnoreCase))
                return i + 1;
        return null;
    }

    private static int? Whole(ReadOnlySpan<char> text)
        => text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static long? Day(int year, int month, int day)
        => year is >= 1000 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks
            : null;

    // 12:30, 12:30:15, 12:30:15.123456789 (or with a comma), AM or PM; then Z, +01, +0100, +01:00 or UTC.
    private static (long Ticks, long? Zone)? Clock(ReadOnlySpan<char> text)
    {
        long? zone = null;
        int sign = text.IndexOfAny('+', '-');
        if (sign >= 0)
        {
            if (Offset(text[(sign + 1)..]) is not { } offset)
                return null;
            zone = text[sign] == '-' ? -offset : offset;
            text = text[..sign];
        }
        else if (text.EndsWith("Z") || text.EndsWith("UTC") || text.EndsWith("GMT"))
        {
            zone = 0;
            text = text[..^(text[^1] == 'Z' ? 1 : 3)];
        }
        text = text.TrimEnd();
        bool afternoon = text.EndsWith("PM", StringComparison.OrdinalIgnoreCase);
        bool morning = text.EndsWith("AM", StringComparison.OrdinalIgnoreCase);
        if (afternoon || morning)
            text = text[..^2].TrimEnd();
        int point = text.IndexOfAny('.', ',');
        long fraction = 0;
        if (point >= 0)
        {
            ReadOnlySpan<char> digits = text[(point + 1)..];
            if (digits.Length is 0 or > 9 || digits.ContainsAnyExceptInRange('0', '9'))
                return null;
            for (int i = 0; i < 7; i++)
                fraction = (10 * fraction) + (i < digits.Length ? digits[i] - '0' : 0);
            text = text[..point];
        }
        int first = text.IndexOf(':'), second = text.LastIndexOf(':');
        if (first < 1 || (second == first && point >= 0))
            return null;
        int? hours = Whole(text[..first]), minutes = Whole(second > first ? text[(first + 1)..second] : text[(first + 1)..]),
            seconds = second > first ? Whole(text[(second + 1)..]) : 0;
        if (afternoon || morning)
            hours = hours is >= 1 and <= 12 ? (hours % 12) + (afternoon ? 12 : 0) : null;
        return hours is >= 0 and <= 24 && minutes is >= 0 and < 60 && seconds is >= 0 and <= 60
            ? ((((hours.Value * 60L) + minutes.Value) * 60 + seconds.Value) * TimeSpan.TicksPerSecond + fraction, zone)
            : null;
    }

    private static long? Offset(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[4];
        int count = 0;
        foreach (char c in text)
        {
            if (c == ':' && count == 2)
                continue;
            if (!char.IsAsciiDigit(c) || count == 4)
                return null;
            digits[count++] = c;
        }
        if (count is not (2 or 4))
            return null;
        int hours = ((digits[0] - '0') * 10) + digits[1] - '0', minutes = count == 4 ? ((digits[2] - '0') * 10) + digits[3] - '0' : 0;
        return hours <= 14 && minutes < 60 ? ((hours * 60) + minutes) * TimeSpan.TicksPerMinute : null;
    }
}
