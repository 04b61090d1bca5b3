using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The rows of a file, on disk.</summary>
/// <param name="Rows">As they are in the file.</param>
internal sealed record StreamedRows(RowStore Rows) : TrainingData
{
    internal const string Help =
        "whether the rows stay on disk and are read in blocks, for more data than memory: yes or no; columns are taken as they stand";

    /// <summary>Where each of several trials begins, and how many rows it has; null of a single recording.</summary>
    public IReadOnlyList<(long First, long Count)>? Trials { get; private init; }

    public override IReadOnlyList<string> Variables => Rows.Names;

    /// <summary>What the settings name.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="takesTrials">Whether the model learns from several recordings.</param>
    /// <param name="progress">Told what is read.</param>
    /// <param name="cancellationToken">Ends it before its time.</param>
    /// <exception cref="SettingException">They ask for what takes all rows at once.</exception>
    /// <exception cref="InvalidDataException">The rows of a trial lie apart, or it is damaged.</exception>
    public static StreamedRows Read(
        SeriesSettings settings, bool takesTrials, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        string? other = settings.Time is not null ? nameof(settings.Time)
            : settings.Trial is not null && !takesTrials ? nameof(settings.Trial)
            : settings.Group is not null ? nameof(settings.Group)
            : settings.Array is not null ? nameof(settings.Array)
            : settings.Resample is not null ? nameof(settings.Resample)
            : settings is SmoothedSettings { Smooth: not SmoothingRule.No } ? nameof(SmoothedSettings.Smooth)
            : null;
        if (other is not null)
            throw new SettingException(
                $"{nameof(VectorAutoregressionSettings.Stream):setting} takes rows as they stand in the file: leave {other:setting} out");
        if (settings.Trial is not { } trial)
            return new(Store(settings.Columns));
        IReadOnlyList<(long First, long Count)> trials = TrialsBy(settings.Data, trial, cancellationToken);
        IReadOnlyList<string> names = TableFile.Names(settings.Data);
        int? place = TableFile.Find(names, trial);
        return new(Store(settings.Columns ?? [.. names.Where((_, i) => i != place)]))
        {
            Trials = trials,
        };

        RowStore Store(IReadOnlyList<string>? columns) => columns is null
            ? RowStore.Create(settings.Data, progress, cancellationToken)
            : RowStore.Create(
                settings.Data, [.. columns.Select(name => new ColumnRequest(name, ColumnKind.Real))], progress, cancellationToken);
    }

    /// <summary>The recordings of some rows: these, or as they are prepared.</summary>
    public IReadOnlyList<IRowSource> Recordings(IRowSource rows)
        => Trials is null ? [rows] : [.. Trials.Select(trial => new RowRange(rows, trial.First, trial.Count))];

    /// <summary>The rows in standardised variables and with noise, as a model learns them; null where they are as in the file.</summary>
    public RowStore? Prepared(Standardization? units, double noise, ulong seed, CancellationToken token)
    {
        RowStore? standard = units is null ? null : Rows.Standardize(units, token);
        if (noise == 0)
            return standard;
        using (standard)
            return (standard ?? Rows).WithNoise(noise, seed, Trials ?? [(0, Rows.Count)], token);
    }

    // Runs of the same value in a column of its own: a trial is never put together from parts of the file.
    private static List<(long First, long Count)> TrialsBy(string file, string column, CancellationToken cancellationToken)
    {
        const int BlockRows = 1 << 16;
        using RowStore values = RowStore.Create(file, [new(column, ColumnKind.Category)], null, cancellationToken);
        List<(long First, long Count)> trials = [];
        HashSet<double> seen = [];
        double[] block = new double[BlockRows];
        double last = double.NaN;
        for (long first = 0; first < values.Count; first += BlockRows)
        {
            Span<double> read = block.AsSpan(0, (int)Math.Min(BlockRows, values.Count - first));
            values.Read(first, read);
            for (int i = 0; i < read.Length; i++)
            {
                if (double.IsNaN(read[i]))
                    throw new InvalidDataException($"{Path.GetFileName(file)}: row {first + i} (counting from 0) is of no trial");
                if (read[i] != last && !seen.Add(last = read[i]))
                    throw new InvalidDataException(
                        $"{Path.GetFileName(file)}: rows of the trial '{values.Columns[0].Levels![(int)last]}' lie apart, again from row "
                        + $"{first + i} (counting from 0); sort the rows by '{values.Names[0]}', or read them into memory");
                if (trials.Count < seen.Count)
                    trials.Add((first + i, 0));
                trials[^1] = trials[^1] with { Count = trials[^1].Count + 1 };
            }
        }
        return trials;
    }

    protected override bool AddTo(ValueHash hash)
    {
        hash.Add(Rows);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Rows.Dispose();
        base.Dispose(disposing);
    }
}
