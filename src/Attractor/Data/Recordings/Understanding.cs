using System.Globalization;

namespace Attractor.Data;

/// <summary>Makes series of what a file holds.</summary>
internal sealed partial class Understanding(RawData raw, DataSelection selection)
{
    private const int Shown = 12;

    private readonly int _columns = raw.Names.Count;
    private readonly ColumnRole[] _roles = new ColumnRole[raw.Names.Count];
    private readonly List<FormattableString> _notes = [];
    private readonly int[] _inputs = [.. (selection.Inputs ?? []).Select(raw.Find)];
    private IReadOnlyList<double[]> _trials = raw.Trials;
    private bool _areDates;
    private IReadOnlyList<string> _names = raw.TrialNames;

    /// <summary>Judges, chooses, and takes apart.</summary>
    /// <exception cref="InvalidDataException">Nothing is left, or what is asked for is not there.</exception>
    public DataReading Reading()
    {
        if (raw.Note is { } note)
            _notes.Add(note);
        int? time = raw.FindIf(selection.Time, selection.MayLack);
        (int Column, string? Name)? trial = raw.IsChosen ? null : TrialChoice.In(raw, selection);
        int[]? asked = selection.Columns is { } columns ? [.. columns.Select(raw.Find)] : null;
        if (asked is not null && asked.Distinct().Count() < asked.Length)
            throw new InvalidDataException($"a column is asked for twice in {string.Join(", ", selection.Columns!)}; name each once");
        if (_inputs.Distinct().Count() < _inputs.Length)
            throw new InvalidDataException($"an input is named twice in {string.Join(", ", selection.Inputs!)}; name each once");
        if (asked is not null && asked.Intersect(_inputs).ToArray() is [var both, ..])
            throw new InvalidDataException($"the column '{Name(both)}' is asked for as a variable and as an input; it is one of them");
        ColumnCounts[] counts = ColumnRules.Count(raw.Trials, _columns);
        int? group = raw.IsChosen ? null : raw.FindIf(selection.Group, selection.MayLack);
        double[]? dates = time is { } t ? raw.Text[t] is { AreDates: true } cells ? Dates(cells, t) : CompactDatesIn(t) : null;
        bool isTold = time is not null;
        time ??= FindTime(asked, trial is not null || group is not null, out dates);
        _areDates = dates is not null;
        IReadOnlyList<double[]>? times = time is not { } column ? null : dates is not null ? [dates] : Numbers(column);
        if (trial is var (apart, one))
            times = TakeApart([.. new[] { group, apart }.OfType<int>().Distinct()], one, times);
        else if (group is { } whole)
            times = TakeApart([whole], null, times);
        else if (!isTold && time is { } found && times is [var all])
            times = InOrder(found, all);
        Judge(time, counts);
        int[] chosen = Choose(asked, counts);
        return Series(chosen, time, times, counts);
    }

    private double[] Rows(double[] values, int[] members)
    {
        double[] own = new double[members.Length * _columns];
        for (int t = 0; t < members.Length; t++)
            values.AsSpan(members[t] * _columns, _columns).CopyTo(own.AsSpan(t * _columns));
        return own;
    }

    private IReadOnlyList<double[]> Numbers(int column)
    {
        if (raw.Faults[column] is { } fault)
            throw fault;
        if (raw.Text[column] is { } cells && Array.TrueForAll(Values(column)[0], double.IsNaN))
            throw new InvalidDataException(
                $"the column '{Name(column)}' holds neither dates nor numbers in all rows; write times such as 2024-12-31T12:30:00Z, "
                + "or seconds");
        return Values(column);
    }

    private IReadOnlyList<double[]> Values(int column) => [.. raw.Trials.Select(values =>
    {
        double[] one = new double[values.Length / _columns];
        for (int t = 0; t < one.Length; t++)
            one[t] = values[(t * _columns) + column];
        return one;
    })];

    // Rows of the same trial, in their order, wherever they stand; trials in the order in which they begin.
    private IReadOnlyList<double[]>? TakeApart(int[] columns, string? one, IReadOnlyList<double[]>? times)
    {
        double[] values = raw.Trials[0];
        int rows = values.Length / _columns;
        TrialLevels levels = TrialLevels.Of(values, _columns, columns, i => raw.Text[i], Name);
        int[][] members = levels.Members;
        if (members.Length > rows / 2)
            throw new InvalidDataException(
                $"the column '{Name(columns[^1])}' has {members.Length} values in {rows} rows, and names no trials");
        foreach (int column in columns)
            _roles[column] = ColumnRole.Trial;
        if (levels.Nameless > 0)
            _notes.Add($"{Counted(levels.Nameless)} without a value in {Listed([.. columns.Select(Name)])} left out");
        _names = levels.Names;
        if (one is not null)
        {
            // Of several groups each may have one of that name.
            int[] places = [.. Enumerable.Range(0, _names.Count).Where(i => levels.Last[i] == one)];
            places = places.Length > 0 ? places : [TrialChoice.Place(_names, one)];
            (members, _names) = ([.. places.Select(place => members[place])], [.. places.Select(place => _names[place])]);
        }
        _trials = [.. members.Select(member => Rows(values, member))];
        return times is null ? null : [.. members.Select(member => member.Select(t => times[0][t]).ToArray())];
    }

    private void Judge(int? time, ColumnCounts[] counts)
    {
        for (int i = 0; i < _columns; i++)
        {
            if (_roles[i] == ColumnRole.Trial)
                continue;
            _roles[i] = i == time ? ColumnRole.Time
                : raw.Text[i] is not null && raw.Faults[i] is null ? ColumnRole.Text
                : counts[i].Present == 0 && raw.Faults[i] is null ? ColumnRole.Empty
                : _columns == 1 ? ColumnRole.Variable
                : ColumnRules.IsIndex(_trials, _columns, i, raw.Unnamed.Contains(i)) || IsNumbering(i) ? ColumnRole.Index
                : ColumnRules.IsRamp(_trials, _columns, i) ? ColumnRole.Ramp
                : ColumnRules.NamesIdentifier(raw.Names[i]) && ColumnRules.IsInStretches(_trials, _columns, i) ? ColumnRole.Identifier
                : ColumnRole.Variable;
        }
        // What counts the rows of each block anew is the second part of an index.
        if (Array.IndexOf(_roles, ColumnRole.Identifier) is >= 0 and var identifier)
            for (int i = 0; i < _columns; i++)
                if (_roles[i] == ColumnRole.Variable && ColumnRules.CountsWithin(_trials, _columns, i, identifier))
                    _roles[i] = ColumnRole.Index;
        // Something must be left.
        if (!Array.Exists(_roles, role => role == ColumnRole.Variable))
            for (int i = 0; i < _columns; i++)
                if (_roles[i] is ColumnRole.Index or ColumnRole.Ramp or ColumnRole.Identifier)
                    _roles[i] = ColumnRole.Variable;
    }

    private bool IsNumbering(int column)
    {
        if (!ColumnRules.IsNumbering(_trials, _columns, column, raw.Unnamed.Contains(column), out int? gaps))
            return false;
        if (gaps is null)
            _notes.Add($"the index in column {column + 1} does not rise from row to row: are the rows in their order?");
        else if (gaps > 0 && selection.Time is null)
            _notes.Add(ColumnNotes.IndexGaps(column, gaps.Value));
        return true;
    }

    private int[] Choose(int[]? asked, ColumnCounts[] counts)
    {
        foreach (int i in _inputs)
            _roles[i] = ColumnRole.Input;
        int[] chosen = asked ?? Known() ?? [.. Enumerable.Range(0, _columns).Where(i => _roles[i] == ColumnRole.Variable)];
        foreach (int i in chosen.Concat(_inputs))
        {
            if (raw.Faults[i] is { } fault)
                throw fault;
            if (raw.Text[i] is not null)
                throw new InvalidDataException($"the column '{Name(i)}' holds words, expected numbers; name other columns");
        }
        if (chosen.Length == 0)
            throw new InvalidDataException(
                $"holds no column of numbers; its columns are {string.Join(", ", Enumerable.Range(0, _columns).Take(Shown).Select(Name))}");
        bool judged = asked is null && selection.Variables is null;
        for (int i = 0; i < _columns; i++)
        {
            if (Array.IndexOf(chosen, i) >= 0)
                _roles[i] = ColumnRole.Variable;
            else if (_roles[i] is ColumnRole.Variable
                || (!judged && _roles[i] is not (ColumnRole.Time or ColumnRole.Trial or ColumnRole.Input)))
                _roles[i] = ColumnRole.Other;
        }
        if (judged)
            Note(chosen, counts);
        _notes.AddRange(ColumnNotes.Of(_trials, _columns, chosen, counts, Name));
        return chosen;
    }

    private void Note(int[] chosen, ColumnCounts[] counts)
    {
        string[] constant = [.. chosen.Where(i => counts[i].IsConstant).Select(Name)];
        if (constant.Length > 0 && constant.Length < chosen.Length)
        {
            string others = string.Join(',', chosen.Where(i => !counts[i].IsConstant).Take(Shown).Select(i => raw.Names[i]));
            (string are, string them) = constant.Length == 1 ? ("is", "it") : ("are", "them");
            _notes.Add($"{Listed(constant)} {are} constant: {nameof(selection.Columns):setting} {others} leaves {them} out");
        }
        for (int i = 0; i < _columns; i++)
            if (_roles[i] == ColumnRole.Text && raw.Text[i]?.First is { } first && first.AsSpan().ContainsAny("., %$")
                && CsvAdvice.WithUnit().IsMatch(first))
                _notes.Add(
                    $"'{Name(i)}' holds words such as '{Excerpt.Of(first.AsSpan())}', and is left out: write the unit into the header");
        if (Array.Exists(_roles, role => role is ColumnRole.Index or ColumnRole.Ramp or ColumnRole.Identifier))
            _notes.Add($"{nameof(selection.Columns):setting} names what to keep");
        int block = Array.FindIndex(_roles, role => role == ColumnRole.Identifier);
        block = block >= 0 ? block : Array.Find(chosen, i => _columns > 1 && ColumnRules.IsInBlocks(_trials, _columns, i)) is var found
            && _columns > 1 && ColumnRules.IsInBlocks(_trials, _columns, found) ? found : -1;
        if (block >= 0)
        {
            string name = Name(block);
            _notes.Add($"'{name}' stays the same over blocks of rows: {nameof(selection.Trial):setting} {name} reads each as a trial");
        }
    }

    // What somebody knows already is found by name, in his order; a file without names must have as many columns.
    private int[]? Known()
    {
        if (selection.Variables is not { } variables)
            return null;
        int[] plausible = [.. Enumerable.Range(0, _columns).Where(i => _roles[i] == ColumnRole.Variable)];
        bool isNumbered = ColumnSelection.IsNumbered(variables);
        if (isNumbered || (!raw.HasNames && !variables.All(raw.Names.Contains)))
        {
            int[] all = [.. Enumerable.Range(0, _columns).Where(i => raw.Text[i] is null && _roles[i] != ColumnRole.Input)];
            return plausible.Length == variables.Count ? plausible : all.Length == variables.Count ? all
                : throw new InvalidDataException(
                    $"has {plausible.Length} columns, the model observes {variables.Count} variables; name those that are meant");
        }
        string[] lacking = [.. variables.Where(name => !raw.Names.Contains(name))];
        if (lacking.Length > 0)
            throw new InvalidDataException(
                $"{ColumnSelection.Unknown(lacking[0], raw.Names, "")}; the model was trained on "
                + $"{string.Join(", ", variables.Take(Shown))}: rename, or name those that are meant in this order");
        return [.. variables.Select(raw.Find)];
    }

    private DataReading Series(
        int[] chosen, int? time, IReadOnlyList<double[]>? times, ColumnCounts[] counts)
    {
        double? dt = selection.Dt ?? raw.TimeStep;
        string? unit = selection.Dt is null && raw.TimeStep is not null ? raw.TimeUnit : null;
        List<(int Trial, int From, int Length)> parts = [];
        int gaps = 0;
        double factor = 1, rowStep = 0;
        if (time is { } column && times is not null && TimeAxis.Of(times, raw.Names[column]) is { } axis)
        {
            TimeUnit measure = _areDates ? new("s", 1) : TimeUnit.Of(raw.Names[column], times[0][0]);
            (factor, rowStep) = (measure.Factor, Rounded(axis.Step));
            double step = Rounded(axis.Step * measure.Factor);
            if (selection.Dt is null || selection.Resample is not null)
                (dt, unit) = (step, measure.Name);
            else if (Math.Abs(selection.Dt.Value - step) > 0.01 * step)
                _notes.Add($"dt {selection.Dt} as given; '{Name(column)}' rises by {step:G6} from row to row");
            (double least, double most) = (axis.Least * measure.Factor, axis.Most * measure.Factor);
            if (!axis.IsEven && selection.Resample is null)
                _notes.Add($"{Irregular(column, least, most)}; {nameof(selection.Resample):setting} {step:G6} makes even ones");
            else if (selection.Resample > 1.5 * step)
                _notes.Add($"rows are {step:G6} apart: those between the points of the grid are passed over, not averaged");
            IReadOnlyList<IReadOnlyList<int>> ends = selection.Resample is null ? axis.Gaps : axis.Breaks;
            for (int i = 0; i < _trials.Count; i++)
            {
                int from = 0;
                foreach (int end in ends[i].Append((_trials[i].Length / _columns) - 1))
                {
                    parts.Add((i, from, end + 1 - from));
                    from = end + 1;
                }
                gaps += ends[i].Count;
            }
            if (gaps > 0 && parts.Exists(part => part.Length > 1) && parts.RemoveAll(part => part.Length == 1) is > 0 and var single)
                _notes.Add($"{Counted(single)} between two gaps left out");
        }
        else
        {
            times = null;
            parts.AddRange(_trials.Select((values, i) => (i, 0, values.Length / _columns)));
        }
        string[] names = raw.HasNames || chosen.Length < _columns && selection.Columns is not null
            ? [.. chosen.Select(i => raw.Names[i])]
            : ColumnSelection.Numbered(chosen.Length);
        if (selection.Variables is { } expected && expected.Count == chosen.Length && !ColumnSelection.IsNumbered(expected))
            names = [.. expected];
        // Inputs are resampled with the variables and taken from beside them at the end.
        int[] all = [.. chosen, .. _inputs];
        string[] allNames = [.. names, .. _inputs.Select(i => raw.Names[i])];
        TimeSeries[] trials = [.. parts.Select(part => Take(_trials[part.Trial], part.From, part.Length, all, dt ?? 1, allNames))];
        double? grid = times is null && raw.TimeStep is null && selection.MayLack ? null : selection.Resample;
        if (grid is { } even)
        {
            double step = times is not null ? 0 : raw.TimeStep ?? throw new InvalidDataException(
                "nothing says the times of the rows, which interpolation needs; name the column of times");
            trials = [.. trials.Select((trial, i) => new TimeSeries(
                Resampling.Linear(
                    Seconds(times?[parts[i].Trial], factor, step, parts[i].From, trial.Length), trial.Values, all.Length, even),
                all.Length, even, allNames))];
            dt = even;
        }
        RecordingTimes? known = times is null ? null : new(
            raw.Names[time!.Value],
            [.. parts.Select((part, i) => grid is { } between
                ? times[part.Trial][part.From] + ((trials[i].Length - 1) * between / factor)
                : times[part.Trial][part.From + part.Length - 1])],
            grid / factor ?? rowStep,
            _areDates);
        ColumnUse[] uses = [.. Enumerable.Range(0, _columns).Select(
            i => new ColumnUse(raw.Names[i], i + 1, _roles[i], counts[i].IsConstant, counts[i].Missing))];
        if (_inputs.Length > 0)
            trials = [.. trials.Select(trial => trial.Columns([.. Enumerable.Range(0, chosen.Length)])
                .WithInputs(trial.Columns([.. Enumerable.Range(chosen.Length, _inputs.Length)])))];
        return new(trials, uses)
        {
            TrialNames = [.. parts.Select(part => NameOf(part, parts))],
            Dt = dt,
            TimeUnit = unit,
            IsResampled = grid is not null,
            Gaps = gaps,
            Notes = _notes,
            Times = known,
        };
    }

    // What gaps have taken apart is numbered, after the name of the trial where there are several.
    private string NameOf((int Trial, int From, int Length) part, List<(int Trial, int From, int Length)> parts)
    {
        int number = parts.Count(other => other.Trial == part.Trial && other.From <= part.From);
        return parts.Count(other => other.Trial == part.Trial) == 1 ? _names[part.Trial]
            : _trials.Count == 1 ? number.ToString(CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"{_names[part.Trial]}/{number}");
    }

    // The times of the rows of a part; of a file that says only their step, multiples of that.
    private static double[] Seconds(double[]? times, double factor, double step, int from, int length)
        => [.. Enumerable.Range(from, length).Select(t => times is null ? (t - from) * step : times[t] * factor)];

    private TimeSeries Take(double[] values, int from, int length, int[] chosen, double dt, string[] names)
    {
        // All there is, as it stands: the values are nobody else's.
        if (length * _columns == values.Length && chosen.AsSpan().SequenceEqual(Enumerable.Range(0, _columns).ToArray()))
            return new(values, _columns, dt, names);
        double[] taken = new double[length * chosen.Length];
        for (int t = 0; t < length; t++)
            for (int n = 0; n < chosen.Length; n++)
                taken[(t * chosen.Length) + n] = values[((from + t) * _columns) + chosen[n]];
        return new(taken, chosen.Length, dt, names);
    }

    private string Irregular(int column, double least, double most)
        => string.Create(CultureInfo.InvariantCulture, $"irregular steps in '{Name(column)}', {least:G4} to {most:G4}, dt is their median");

    // The difference of two times with few digits has many.
    private static double Rounded(double step)
        => double.Parse(step.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private string Name(int column) => Excerpt.Of(raw.Names[column].AsSpan());

    private static string Counted(int rows) => rows == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{rows} rows");

    private static string Listed(string[] names)
        => string.Join(", ", names.Take(Shown).Select(name => $"'{name}'"))
            + (names.Length > Shown ? $" and {names.Length - Shown} more" : "");
}
