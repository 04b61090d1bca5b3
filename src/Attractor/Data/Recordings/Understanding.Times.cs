namespace Attractor.Data;

/// <content>Which column says the times, and what their order makes of the rows.</content>
internal sealed partial class Understanding
{
    // The only column of dates, or a column of rising numbers that is called a time.
    private int? FindTime(int[]? asked, bool hasTrials, out double[]? dates)
    {
        dates = null;
        if (!hasTrials && DayAndClock(asked) is var (day, clock, together))
        {
            _notes.Add($"the times are those of '{Name(day)}' and '{Name(clock)}' together");
            dates = together;
            return day;
        }
        for (int i = 0; i < _columns; i++)
            if (raw.Text[i] is { AreDates: true } cells && asked?.Contains(i) != true)
            {
                double[] seconds = Dates(cells, i);
                if (TimeAxis.FirstFall([seconds]) is { } fall && !hasTrials && !HasOrder(seconds, even: false))
                {
                    _notes.Add(
                        $"the times in '{Name(i)}' do not rise between rows {fall.Row} and {fall.Row + 1}, and say no time step");
                    continue;
                }
                dates = seconds;
                return i;
            }
        for (int i = 0; i < _columns; i++)
            if (asked?.Contains(i) != true && raw.Text[i] is null && raw.Faults[i] is null && _columns > 1 && TimeUnit.IsTime(raw.Names[i])
                && (HasUnit(i) || !ColumnRules.IsIndex(raw.Trials, _columns, i, unnamed: false))
                && raw.Trials[0].Length / _columns > 2)
            {
                IReadOnlyList<double[]> values = Values(i);
                if (CompactDatesIn(i) is { } days && (hasTrials || HasOrder(days, even: false)))
                {
                    dates = days;
                    return i;
                }
                if (hasTrials || TimeAxis.FirstFall(values) is null || (values is [var one] && HasOrder(one, even: true)))
                    return i;
            }
        // A file without names has its times first.
        return asked is null && !raw.HasNames && _columns > 1 && !ColumnRules.IsIndex(raw.Trials, _columns, 0, unnamed: false)
            && ColumnRules.IsRamp(raw.Trials, _columns, 0) ? 0 : null;
    }

    // Seconds since 1970 and times with a unit may rise by one from row to row, as a numbering does.
    private bool HasUnit(int column) => TimeUnit.Of(raw.Names[column], raw.Trials[0][column]).Name is not null;

    // A day in one column and the time of day in another: neither rises alone.
    private (int Day, int Clock, double[] Seconds)? DayAndClock(int[]? asked)
    {
        int[] columns = [.. Enumerable.Range(0, _columns).Where(i => raw.Text[i] is { AreDates: true } && asked?.Contains(i) != true)];
        if (columns.Length != 2)
            return null;
        double[] first = Dates(raw.Text[columns[0]]!, columns[0]), second = Dates(raw.Text[columns[1]]!, columns[1]);
        bool isDay = IsDays(first);
        if (isDay == IsDays(second) || TimeAxis.FirstFall([first]) is null || TimeAxis.FirstFall([second]) is null)
            return null;
        double[] sum = [.. first.Zip(second, (a, b) => a + b)];
        return TimeAxis.FirstFall([sum]) is null ? (columns[isDay ? 0 : 1], columns[isDay ? 1 : 0], sum) : null;

        static bool IsDays(double[] seconds) => Array.TrueForAll(seconds, s => s % 86_400 == 0);
    }

    private static bool HasOrder(double[] times, bool even)
        => TimeAxis.FirstFall([times]) is null || TimeAxis.Falls(times) || TimeAxis.Restarts(times, even) is not null;

    private double[]? CompactDatesIn(int column)
        => raw.Trials is [_] && raw.Text[column] is not { AreDates: true } && raw.Faults[column] is null
            && TimeUnit.IsTime(raw.Names[column])
            ? CompactDates.Seconds(Values(column)[0])
            : null;

    // Newest rows first are turned round; where times begin anew another recording does.
    private IReadOnlyList<double[]> InOrder(int column, double[] times)
    {
        int rows = times.Length;
        if (TimeAxis.Falls(times))
        {
            _notes.Add($"the times in '{Name(column)}' fall: the rows are taken from the last to the first");
            _trials = [Rows(raw.Trials[0], [.. Enumerable.Range(1, rows).Select(t => rows - t)])];
            return [[.. times.Reverse()]];
        }
        if (TimeAxis.FirstFall([times]) is null || TimeAxis.Restarts(times, even: false) is not { } restarts)
            return [times];
        int[] ends = [.. restarts, rows];
        (int From, int To)[] parts = [.. ends.Select((end, i) => (i == 0 ? 0 : ends[i - 1], end))];
        _notes.Add(ColumnNotes.Restart(Name(column), restarts, times));
        _trials = [.. parts.Select(part => raw.Trials[0].AsSpan(part.From * _columns, (part.To - part.From) * _columns).ToArray())];
        _names = TrialChoice.Numbered(parts.Length);
        return [.. parts.Select(part => times[part.From..part.To])];
    }

    private double[] Dates(TextCells cells, int column)
    {
        try
        {
            return cells.Seconds();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"the times in '{Name(column)}': {e.Message}", e);
        }
    }
}
