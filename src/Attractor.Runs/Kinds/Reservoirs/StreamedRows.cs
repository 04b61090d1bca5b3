using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The rows of one recording, on disk.</summary>
/// <param name="Rows">As they are in the file.</param>
internal sealed record StreamedRows(RowStore Rows) : TrainingData
{
    public override IReadOnlyList<string> Variables => Rows.Names;

    /// <summary>What the settings name.</summary>
    /// <exception cref="SettingException">They ask for what takes all rows at once.</exception>
    public static StreamedRows Read(
        VectorAutoregressionSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        string? other = settings.Time is not null ? nameof(settings.Time)
            : settings.Trial is not null ? nameof(settings.Trial)
            : settings.Array is not null ? nameof(settings.Array)
            : settings.Resample is not null ? nameof(settings.Resample)
            : settings.Smooth is not SmoothingRule.No ? nameof(settings.Smooth)
            : null;
        if (other is not null)
            throw new SettingException(
                $"{nameof(settings.Stream):setting} takes rows as they stand in the file: leave {other:setting} out");
        return new(settings.Columns is { } columns
            ? RowStore.Create(
                settings.Data, [.. columns.Select(name => new ColumnRequest(name, ColumnKind.Real))], progress, cancellationToken)
            : RowStore.Create(settings.Data, progress, cancellationToken));
    }

    /// <summary>The rows in standardised variables and with noise, as a model learns them; null where they are as in the file.</summary>
    public RowStore? Prepared(Standardization? units, double noise, ulong seed, CancellationToken token)
    {
        RowStore? standard = units is null ? null : Rows.Standardize(units, token);
        if (noise == 0)
            return standard;
        using (standard)
            return (standard ?? Rows).WithNoise(noise, seed, token);
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
