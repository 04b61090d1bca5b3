namespace Attractor.Data;

/// <summary>
/// Reads files of data as people have them: an index, times, words and identifiers beside the variables, several trials, gaps.
/// </summary>
/// <remarks>
/// <see cref="SeriesFile"/> takes a file as it stands; this judges it and says what it made of it. A column that counts the rows, times,
/// words, and columns without any value are left out unless they are asked for; the time step is that of the times; at gaps in them a
/// recording is taken apart. Failures are those of <see cref="SeriesFile"/>.
/// </remarks>
public static class DataFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// A file of any <see cref="SeriesFormat"/>; or several, each a trial: a folder of them, a pattern such as <c>runs/s*.csv</c>, or paths
    /// with commas between them. Their names are those of the trials.
    /// </param>
    /// <param name="selection">What is wanted of it; what it holds if null.</param>
    /// <exception cref="ArgumentException">The step to interpolate to is not positive.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, lacks a column, or holds nothing to take for series.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static DataReading Read(string path, DataSelection? selection = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DataSelection wanted = selection ?? new();
        if (wanted.Resample is { } step && !(step > 0 && double.IsFinite(step)))
            throw new ArgumentException($"The step to interpolate to is {step}, expected a positive number.", nameof(selection));
        return TrialFiles.Of(path) is { } files ? TrialFiles.Read(path, files, wanted) : One(path, wanted);
    }

    internal static DataReading One(string path, DataSelection wanted)
        => FileErrors.Named(path, () => new Understanding(TrialChoice.Of(Raw(path, wanted), wanted), wanted).Reading());

    /// <summary>The files that a path names: itself, or those of a folder, of a pattern such as <c>run*.csv</c>, or of a list.</summary>
    /// <param name="path">A file, a folder, a pattern, or paths with commas between them.</param>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TrialFiles.Of(path) ?? [path];
    }

    /// <summary>Whether a path names a file of data: its extension says so, or its first bytes.</summary>
    public static bool IsData(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TrialFiles.Of(path) is { } files ? files.Count > 0 : FileErrors.Named(path, () => DataStream.IsData(path));
    }

    // What is nothing but numbers needs no look at every cell.
    private static RawData? Numbers(TableFormat format, Stream file)
    {
        using TableReader table = format.OpenTable(file);
        int columns = table.RequireColumns();
        return (table is TextTable text ? text.TryValues() : (table as BatchTable)?.TryValues()) is { } values
            ? new(table.Names, table.HasHeader, [values])
            {
                Unnamed = Enumerable.Range(0, columns).Where(table.IsUnnamed).ToHashSet(),
                TimeStep = table.TimeStep,
                Note = table.Note,
            }
            : null;
    }

    private static RawData Raw(string path, DataSelection selection)
    {
        string known = SeriesFormat.Listed();
        using DataStream opened = DataStream.Open(path, known);
        (FileStream file, SeriesFormat format) = (opened.Stream, opened.Format);
        if (format is ArchiveFormat archive)
            return ArchiveChoice.Read(archive, file, selection.Array);
        if (format is TableFormat tables)
        {
            if (selection is { Time: null, Trial: null, Group: null, Array: null }
                && tables is TextFormat or ParquetFormat or ArrowFormat && Numbers(tables, file) is { } numbers)
                return numbers;
            file.Position = 0;
            using TableReader table = tables.OpenTable(file, selection.Array);
            return TableScan.Read(table, raw =>
            [
                .. new[] { raw.FindIf(selection.Time, selection.MayLack), raw.FindIf(selection.Group, selection.MayLack),
                TrialChoice.In(raw, selection)?.Column }.OfType<int>()
            ]);
        }
        return selection.Array is { } array ? throw SeriesFormat.OneTable(array) : format.ReadRaw(file);
    }
}
