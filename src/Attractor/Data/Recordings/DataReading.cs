using System.Globalization;

namespace Attractor.Data;

/// <summary>What was understood of a file of data: the series, and what its columns are.</summary>
public sealed class DataReading
{
    private const int FewestOfWide = 10;

    internal DataReading(IReadOnlyList<TimeSeries> trials, IReadOnlyList<ColumnUse> columns)
        => (Trials, Columns, TrialNames) = (trials, columns, TrialChoice.Numbered(trials.Count));

    /// <summary>The recordings, at least one; all have the same variables and time step.</summary>
    public IReadOnlyList<TimeSeries> Trials { get; }

    /// <summary>
    /// What each recording is called: the name of its array, the value of the column of trials, or its number from 1; with the number of a
    /// part where gaps take one apart.
    /// </summary>
    public IReadOnlyList<string> TrialNames { get; internal init; }

    /// <summary>The columns of the file in its order.</summary>
    public IReadOnlyList<ColumnUse> Columns { get; }

    /// <summary>Time between two rows; null if nothing says it.</summary>
    public double? Dt { get; internal init; }

    /// <summary>What that is measured in, such as "s"; null if it is not known.</summary>
    public string? TimeUnit { get; internal init; }

    /// <summary>The times of the rows, where a column says them; null where none does.</summary>
    public RecordingTimes? Times { get; internal init; }

    /// <summary>Whether the rows are not those of the file, but interpolated between them.</summary>
    public bool IsResampled { get; internal init; }

    /// <summary>Gaps in the times, at which recordings were taken apart.</summary>
    public int Gaps { get; internal init; }

    /// <summary>
    /// Sentences on what else was noticed. Names of properties of <see cref="DataSelection"/> in them carry the format <c>setting</c>.
    /// </summary>
    public IReadOnlyList<FormattableString> Notes { get; internal init; } = [];

    /// <summary>
    /// Whether every recording has more variables than rows, and ten at least, as where rows and columns are taken for each other.
    /// </summary>
    public bool IsWide => Trials.All(trial => trial.Dimension >= FewestOfWide && trial.Length < trial.Dimension);

    /// <summary>The names of the variables.</summary>
    public IReadOnlyList<string> Variables => Trials[0].Names;

    /// <summary>The same; null where the file has no names for them.</summary>
    public IReadOnlyList<string>? NamedVariables => ColumnSelection.IsNumbered(Variables) ? null : Variables;

    /// <summary>All rows.</summary>
    public long Rows => Trials.Sum(trial => (long)trial.Length);

    /// <summary>The longest recording, for what takes one.</summary>
    public TimeSeries Longest => Trials.MaxBy(trial => trial.Length)!;

    /// <summary>What was understood, in a line: <c>3 columns of 4 (index 'n' left out), 100,000 rows, dt 0.01 s, 2 gaps</c>.</summary>
    public string Summary
    {
        get
        {
            int used = Variables.Count;
            ColumnUse[] unused = [.. Columns.Where(c => c.Role is not (ColumnRole.Variable or ColumnRole.Input))];
            string[] left = [.. unused.Take(4).Select(Named)];
            int more = unused.Length - left.Length;
            string inputs = Trials[0].Inputs is not { } drive ? "" : $", driven by {string.Join(", ", drive.Names.Select(n => $"'{n}'"))}";
            string columns = (used == Columns.Count ? Count(used, "column") : $"{Count(used, "column")} of {Columns.Count}")
                + (left.Length == 0 ? "" : $" ({string.Join(", ", left)}{(more > 0 ? $" and {more} more" : "")} left out)") + inputs;
            int least = Trials.Min(t => t.Length), most = Trials.Max(t => t.Length);
            string rows = Trials.Count == 1 ? Count(Rows, "row")
                : $"{Count(Trials.Count, Gaps > 0 ? "part" : "trial")} of "
                    + $"{(least == most ? "" : Number(least) + " to ")}{Number(most)} rows";
            string unit = TimeUnit is { } measure ? " " + measure : "";
            string how = IsResampled ? " by linear interpolation" : "";
            string dt = Dt is { } step ? string.Create(CultureInfo.InvariantCulture, $", dt {step:G6}{unit}{how}") : "";
            return columns + ", " + rows + dt + (Gaps > 0 ? ", " + Count(Gaps, "gap") : "");
        }
    }

    /// <summary>The recordings of several files that have the same variables.</summary>
    internal static DataReading Joined(IReadOnlyList<DataReading> files, IReadOnlyList<string> names)
    {
        DataReading first = files[0];
        double? dt = files.Select(file => file.Dt).FirstOrDefault(step => step is not null);
        return new(
            [.. files.SelectMany(file => file.Trials).Select(trial => dt is { } step && trial.Dt != step ? Timed(trial, step) : trial)],
            first.Columns)
        {
            TrialNames = names,
            Dt = dt,
            TimeUnit = first.TimeUnit,
            IsResampled = first.IsResampled,
            Gaps = files.Sum(file => file.Gaps),
            Notes = [.. files.SelectMany(file => file.Notes).DistinctBy(note => note.ToString(CultureInfo.InvariantCulture))],
            Times = files.All(file => file.Times is not null)
                ? first.Times! with { Last = [.. files.SelectMany(file => file.Times!.Last)] } : null,
        };
    }

    private static TimeSeries Timed(TimeSeries trial, double dt)
    {
        TimeSeries timed = new(trial.Values.ToArray(), trial.Dimension, dt, trial.Names);
        return trial.Inputs is { } inputs ? timed.WithInputs(Timed(inputs, dt)) : timed;
    }

    /// <summary>The same under other names; of a single recording the name is null.</summary>
    internal DataReading WithTrialNames(Func<string?, string> called) => new(Trials, Columns)
    {
        TrialNames = [.. TrialNames.Select(name => called(Trials.Count == 1 ? null : name))],
        Dt = Dt,
        TimeUnit = TimeUnit,
        Times = Times,
        IsResampled = IsResampled,
        Gaps = Gaps,
        Notes = Notes,
    };

    private static string Named(ColumnUse column) => column.Role switch
    {
        ColumnRole.Index => $"index {Shown(column)}",
        ColumnRole.Time => $"time {Shown(column)}",
        ColumnRole.Ramp => $"ramp {Shown(column)}",
        ColumnRole.Trial => $"trial {Shown(column)}",
        ColumnRole.Identifier => $"identifier {Shown(column)}",
        ColumnRole.Text => $"text {Shown(column)}",
        ColumnRole.Empty => $"empty {Shown(column)}",
        _ => Shown(column).Replace("in column", "column", StringComparison.Ordinal),
    };

    private static string Shown(ColumnUse column) => column.Name == FormattableString.Invariant($"x{column.Position}")
        ? FormattableString.Invariant($"in column {column.Position}")
        : $"'{Excerpt.Of(column.Name.AsSpan())}'";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";
}
