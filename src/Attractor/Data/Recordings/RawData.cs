namespace Attractor.Data;

/// <summary>What a file of data holds, before anything is judged.</summary>
/// <param name="Names">The names of the N columns.</param>
/// <param name="HasNames">Whether they are the file's.</param>
/// <param name="Trials">Of each trial T x N values, row-major; NaN where a cell is missing or text.</param>
internal sealed record RawData(IReadOnlyList<string> Names, bool HasNames, IReadOnlyList<double[]> Trials)
{
    /// <summary>The names of the trials.</summary>
    public IReadOnlyList<string> TrialNames { get; init; } = TrialChoice.Numbered(Trials.Count);

    /// <summary>Whether the trial that is meant has been chosen already.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Columns that the header leaves without a name.</summary>
    public IReadOnlySet<int> Unnamed { get; init; } = new HashSet<int>();

    /// <summary>The cells of columns of text, of a single trial; null of numbers.</summary>
    public IReadOnlyList<TextCells?> Text { get; init; } = new TextCells?[Names.Count];

    /// <summary>Why columns that mix numbers and text cannot be read; null of others.</summary>
    public IReadOnlyList<InvalidDataException?> Faults { get; init; } = new InvalidDataException?[Names.Count];

    /// <summary>Time between two rows, if the file says so.</summary>
    public double? TimeStep { get; init; }

    /// <summary>What that is measured in, if the format says so.</summary>
    public string? TimeUnit { get; init; }

    /// <summary>What else is to be said of what was taken.</summary>
    public FormattableString? Note { get; init; }

    /// <summary>The series of a format without columns of text.</summary>
    public static RawData Of(IReadOnlyList<TimeSeries> series, double? timeStep) => new(
        series[0].Names, !ColumnSelection.IsNumbered(series[0].Names), [.. series.Select(trial => trial.Array)])
    {
        TimeStep = timeStep,
    };

    /// <summary>The position of a column of times or trials; null if none is named, or the file may do without it.</summary>
    public int? FindIf(string? column, bool mayLack)
        => column is null || (mayLack && !Names.Contains(column)) ? null : Find(column);

    /// <summary>The position of a column that somebody names, by name or by number from 1.</summary>
    /// <exception cref="InvalidDataException">There is none, or there are two.</exception>
    public int Find(string column)
    {
        int[] found = [.. Enumerable.Range(0, Names.Count).Where(i => Names[i] == column)];
        if (found.Length > 1)
            throw new InvalidDataException(
                $"the column '{Excerpt.Of(column.AsSpan())}' occurs twice, as columns {found[0] + 1} and {found[1] + 1}; "
                + "name it by its number");
        return TableFile.Find(Names, column)
            ?? throw new InvalidDataException(ColumnSelection.Unknown(column, Names, HasNames ? "" : ", or numbers from 1"));
    }
}
